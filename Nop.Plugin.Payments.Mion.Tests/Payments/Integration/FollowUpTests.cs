using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Domain.Localization;
using Nop.Core.Domain.Messages;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Api;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Sandbox.Mion;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Data;
using Nop.Plugin.Payments.Mion.Tests.Support;
using Nop.Plugin.Payments.Mion.Webhook;

namespace Nop.Plugin.Payments.Mion.Tests.Payments.Integration;

/// <summary>What comes after a payment, or in place of it: said once, and taken back when its cause goes away.</summary>
[TestFixture]
public sealed class FollowUpTests : ShopFixture
{
    [Test]
    public async Task The_store_owner_gets_one_mail_however_often_the_payment_is_looked_at()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        await ChangeOrderAsync(purchase.OrderId, order => order.OrderTotal = 99m);
        Mion.PayByLightning(session.PaymentSessionId);

        for (var i = 0; i < 3; i++)
        {
            Time.Advance(TimeSpan.FromMinutes(31));
            await RunPollAsync();
            await CallAsync(session, $"{i}");
        }

        var mails = await InScopeAsync<IRepository<QueuedEmail>, List<QueuedEmail>>(queue => Task.FromResult(queue.Table.ToList()));
        Assert.That(mails, Has.One.Matches<QueuedEmail>(mail => mail.To == "owner@demo.example"
            && mail.Subject.Contains("needs you", StringComparison.Ordinal) && mail.Body.Contains(session.PaymentSessionId, StringComparison.Ordinal)));
    }

    [Test]
    public async Task A_mail_that_could_not_be_queued_is_tried_again_even_where_Mion_does_not_know_the_payment_any_more()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        await ChangeOrderAsync(purchase.OrderId, order => order.OrderTotal = 99m);
        Mion.PayByLightning(session.PaymentSessionId);
        await PollWhenDueAsync();
        await InScopeAsync<IRepository<QueuedEmail>, int>(queue => queue.DeleteAsync(mail => mail.Id > 0));
        await InScopeAsync<PaymentSessionStore, bool>(async store =>
        {
            await store.RecordPersonToldAsync(session.Id, string.Empty);
            return true;
        });
        Mion.Forget(session.PaymentSessionId);

        for (var i = 0; i < 3; i++)
        {
            Time.Advance(TimeSpan.FromMinutes(31));
            await RunPollAsync();
        }

        Assert.That(await InScopeAsync<IRepository<QueuedEmail>, List<QueuedEmail>>(queue => Task.FromResult(queue.Table.ToList())),
            Has.One.Matches<QueuedEmail>(mail => mail.Body.Contains(session.PaymentSessionId, StringComparison.Ordinal)));
        Assert.That((await NewestSessionAsync(purchase.OrderId)).ReviewReason, Is.EqualTo(ReviewReason.AmountChanged));
    }

    [Test]
    public async Task The_templates_come_and_go_with_the_plugin()
    {
        Assert.That(await CountTemplatesAsync(), Is.EqualTo(4));

        await Shop.UninstallPluginAsync();
        Assert.That(await CountTemplatesAsync(), Is.Zero);

        await Shop.InstallPluginAsync();
        Assert.That(await CountTemplatesAsync(), Is.EqualTo(4));
    }

    [Test]
    public async Task The_templates_are_in_the_language_in_which_the_store_writes_to_its_owner()
    {
        await Shop.UninstallPluginAsync();
        var german = await InScopeAsync<IRepository<Language>, int>(async languages =>
        {
            var language = new Language { Name = "Deutsch", LanguageCulture = "de-DE", UniqueSeoCode = "de", Published = true, DisplayOrder = 2 };
            await languages.InsertAsync(language);
            return language.Id;
        });
        await Shop.SetSettingAsync("localizationsettings.defaultadminlanguageid", $"{german}");

        await Shop.InstallPluginAsync();

        var subjects = await InScopeAsync<IRepository<MessageTemplate>, List<string>>(templates =>
            Task.FromResult(templates.Table.Where(template => template.Name.StartsWith("Mion.")).Select(template => template.Subject).ToList()));
        Assert.That(subjects, Has.Count.EqualTo(4).And.Exactly(2).EndsWith("braucht Sie"));
    }

    [Test]
    public async Task A_refund_at_Mion_is_noted_once()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        Mion.PayByLightning(session.PaymentSessionId);
        await PollWhenDueAsync();
        Mion.Refund(session.PaymentSessionId);

        await Task.WhenAll(CallAsync(session, "a"), CallAsync(session, "b"));
        await CallAsync(session, "c");

        Assert.That(await MionNotesAsync(purchase.OrderId), Has.One.Contains("reports a refund"));
        await AssertPaidOnceAsync(purchase.OrderId, session.PaymentSessionId);
    }

    [Test]
    public async Task A_callback_sent_ten_times_at_once_costs_two_reads_at_most()
    {
        var (_, session) = await BuyWithSessionAsync();
        Mion.PayByLightning(session.PaymentSessionId);
        // nobody is done before all have come, however slow the machine is
        var allHaveCome = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        BeforeStamp = () => allHaveCome.Task;

        var calls = Enumerable.Range(0, 10).Select(_ => ReceiveAsync(session)).ToList();
        allHaveCome.SetResult();

        Assert.That(await Task.WhenAll(calls), Is.All.EqualTo(200));
        Assert.That(Mion.Calls(MionOperations.GetStatus), Is.InRange(1, 2));
    }

    [Test]
    public async Task A_confirmation_costs_the_database_no_more_statements_than_it_must()
    {
        var (_, warmUp) = await BuyWithSessionAsync();
        var (_, session) = await BuyWithSessionAsync();
        Mion.PayByLightning(warmUp.PaymentSessionId);
        Mion.PayByLightning(session.PaymentSessionId);
        await CallAsync(warmUp, "first");
        await ProveEverythingAsync();
        var before = Statements;

        await CallAsync(session, "first");

        // 11 by the plugin (read, claimed, read, order claimed, order read, renewed, stamped, completed, noted, settled, told),
        // 7 by the shop, and SQLite asks for the id of each of the 6 new rows; a signed call is verified by the session's store
        var signed = CallSigner.Sign(Described, []) is null ? 0 : 1;
        Assert.That(Statements - before, Is.EqualTo(11 + 7 + 6 + signed));
    }

    [Test]
    public async Task A_callback_in_the_same_words_is_followed_while_the_session_is_not_paid()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        await CallAsync(session, "same");
        Mion.PayByLightning(session.PaymentSessionId);

        await CallAsync(session, "same");

        await AssertPaidOnceAsync(purchase.OrderId, session.PaymentSessionId);
    }

    [Test]
    public async Task A_session_that_Mion_forgot_is_handed_over_after_hours_and_comes_back_when_Mion_knows_it_again()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        Mion.Faults.Add(new FaultRule { Kind = FaultKind.Status, StatusCode = 404, Operation = MionOperations.GetStatus });
        for (var i = 0; i < OverdueSessions.MinFailures - 1; i++)
        {
            Time.Advance(TimeSpan.FromMinutes(61));
            await RunPollAsync();
        }

        Assert.That((await NewestSessionAsync(purchase.OrderId)).State, Is.EqualTo(PaymentSessionState.Open), "a fault at Mion looks the same");

        Time.Advance(TimeSpan.FromMinutes(61));
        await RunPollAsync();
        var forgotten = await NewestSessionAsync(purchase.OrderId);
        Assert.That((forgotten.State, forgotten.ReviewReason), Is.EqualTo((PaymentSessionState.NeedsPerson, ReviewReason.UnknownAtMion)));
        Assert.That(await MionNotesAsync(purchase.OrderId), Has.One.Contains("does not know session"));

        Mion.Faults.Clear();
        Mion.PayByLightning(session.PaymentSessionId);
        Time.Advance(TimeSpan.FromMinutes(61));
        await RunPollAsync();

        await AssertPaidOnceAsync(purchase.OrderId, session.PaymentSessionId);
    }

    [Test]
    public async Task Who_was_to_pay_a_session_that_Mion_forgot_can_pay_another()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        Mion.Forget(session.PaymentSessionId);
        for (var i = 0; i < OverdueSessions.MinFailures; i++)
        {
            Time.Advance(TimeSpan.FromMinutes(61));
            await RunPollAsync();
        }

        Assert.That((await NewestSessionAsync(purchase.OrderId)).ReviewReason, Is.EqualTo(ReviewReason.UnknownAtMion));

        using var retried = await purchase.Browser.PostAsync($"/mion/payment/{session.Token}/retry");

        var newest = await NewestSessionAsync(purchase.OrderId);
        Assert.That(newest.Attempt, Is.EqualTo(2));
        Assert.That(retried.Headers.Location?.ToString(), Does.EndWith(newest.PaymentSessionId));
    }

    [Test]
    public async Task A_session_that_has_paid_its_order_follows_it_even_when_Mion_does_not_know_it_any_more()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        Mion.PayByLightning(session.PaymentSessionId);
        Breakages.AfterMarkAsPaid = Breakages.Die;
        await PollWhenDueAsync();
        Assert.That((await NewestSessionAsync(purchase.OrderId)).State, Is.EqualTo(PaymentSessionState.Open), "whoever marked the order died");
        Breakages.AfterMarkAsPaid = null;

        Mion.Forget(session.PaymentSessionId);
        await PollWhenDueAsync();

        await AssertPaidOnceAsync(purchase.OrderId, session.PaymentSessionId);
        Assert.That((await NewestSessionAsync(purchase.OrderId)).PaidOnUtc, Is.Not.Null);
    }

    [Test]
    public async Task What_a_person_closed_while_Mion_did_not_know_it_is_applied_when_Mion_finds_it_paid()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        Mion.Forget(session.PaymentSessionId);
        for (var i = 0; i <= OverdueSessions.MinFailures; i++)
        {
            Time.Advance(TimeSpan.FromMinutes(61));
            await RunPollAsync();
        }

        await InScopeAsync<PaymentSessionStore, bool>(store => store.TryRecordHandledAsync(session.Id));
        Time.Advance(TimeSpan.FromMinutes(31));
        await RunPollAsync();
        Assert.That((await NewestSessionAsync(purchase.OrderId)).State, Is.EqualTo(PaymentSessionState.Handled));

        Mion.Forget(session.PaymentSessionId, forget: false);
        Mion.PayLate(session.PaymentSessionId);
        Time.Advance(TimeSpan.FromMinutes(61));
        await RunPollAsync();

        await AssertPaidOnceAsync(purchase.OrderId, session.PaymentSessionId);
    }

    private Task<int> CountTemplatesAsync() => InScopeAsync<IRepository<MessageTemplate>, int>(templates =>
        Task.FromResult(templates.Table.Count(template => template.Name.StartsWith("Mion."))));

    /// <summary>What is noted once, behind everybody's back, is noted now.</summary>
    private async Task ProveEverythingAsync()
    {
        await Shop.InScopeAsync(async services =>
        {
            var options = await services.GetRequiredService<StoreSettings>().LoadApiOptionsAsync(storeId: 1);
            services.GetRequiredService<IContractProof>().Note(options, [.. MionContract.Terms.Select(term => term.Key)]);
            return true;
        });
        await Soon.Async("all is noted", () => InScopeAsync<ContractStandings, bool>(async standings =>
            (await standings.GetAsync(storeId: 1)).All(row => row.Standing == ContractStanding.Proven)));
    }

    /// <summary>Calls the controller itself: when this returns, the call has joined the others.</summary>
    private Task<int?> ReceiveAsync(MionPaymentSession session) => Shop.InScopeAsync(async services =>
    {
        var http = new DefaultHttpContext { RequestServices = services, Request = { Method = "POST", Body = new MemoryStream("same"u8.ToArray()) } };
        if (CallSigner.Sign(Described, "same"u8) is var (header, signature))
            http.Request.Headers[header] = signature;
        var controller = ActivatorUtilities.CreateInstance<MionWebhookController>(services);
        controller.ControllerContext = new ControllerContext { HttpContext = http };
        return ((ObjectResult)await controller.Receive(session.WebhookToken)).StatusCode;
    });

    private async Task CallAsync(MionPaymentSession session, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "text/plain");
        using var response = await NewBrowser().PostAsync($"/mion/webhook/{session.WebhookToken}", content);
        Assert.That((int)response.StatusCode, Is.EqualTo(200));
    }
}
