using AngleSharp.Html.Dom;
using Nop.Core.Domain.Payments;
using Nop.Core.Domain.ScheduleTasks;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Sandbox.Mion;
using Nop.Plugin.Payments.Mion.Tests.Hosting.Integration;
using Nop.Plugin.Payments.Mion.Tests.Support;
using Nop.Services.Configuration;

namespace Nop.Plugin.Payments.Mion.Tests.Setup.Integration;

/// <summary>
/// The three steps that lead the configuration page: each says whether it works, and what to do where it does not. What
/// is bad stands on System &gt; Warnings too.
/// </summary>
[TestFixture]
public sealed class HealthTests : ShopFixture
{
    private async Task PollForAsync(int hours)
    {
        for (var hour = 0; hour < hours; hour++)
        {
            Time.Advance(TimeSpan.FromHours(1));
            await RunPollAsync();
        }
    }

    private const string Page = "/Admin/Mion/Configure";
    private const string Form = "#mion-configuration";

    /// <inheritdoc />
    protected override bool Webhooks => true;

    [Test]
    public async Task A_fresh_store_knows_nothing_yet_and_calls_nothing_wrong()
    {
        Assert.That(States(await OpenAsync()), Is.EqualTo(new[] { "Unknown", "Unknown", "Unknown" }));
    }

    [Test]
    public async Task The_steps_come_before_everything_else_on_the_page()
    {
        var page = await OpenAsync();

        Assert.That(page.QuerySelector($"{Form} .card-body")?.QuerySelector("#mion-offer"), Is.Not.Null, "the first thing in the first card");
        Assert.That(page.QuerySelectorAll("#mion-health h2").Select(title => title.TextContent), Is.EqualTo(new[] { "1. API key", "2. Webhook", "3. Scheduled task" }));
    }

    [Test]
    public async Task Tests_and_a_run_of_the_task_make_all_three_good()
    {
        var admin = await AdminAsync();
        using var key = await admin.SubmitAsync(await admin.OpenAsync(Page), Form, ("test", "true"));
        using var hook = await admin.SubmitAsync(await admin.OpenAsync(Page), Form, ("testWebhook", "true"));
        Mion.Expire(Mion.Sessions.Single().PaymentSessionId);
        await Mion.CallbacksSettledAsync();
        await RunPollAsync();

        var page = await admin.OpenAsync(Page);

        Assert.That(States(page), Is.EqualTo(new[] { "Good", "Good", "Good" }));
        Assert.That(page.QuerySelector("#mion-offer")?.TextContent, Does.Contain("Bitcoin is offered at your checkout."));
        Assert.That(await WarningsAsync(), Does.Contain("nothing is wrong"));
        Assert.That(await Shop.GetLogAsync(), Is.Empty);
    }

    [Test]
    public async Task A_wrong_key_is_said_in_words()
    {
        var admin = await AdminAsync();
        using var tested = await admin.SubmitAsync(await admin.OpenAsync(Page), Form, ("ApiKey", "wrong"), ("test", "true"));

        var page = await admin.OpenAsync(Page);

        Assert.That(States(page)[0], Is.EqualTo("Bad"));
        Assert.That(page.QuerySelector("#mion-health")?.TextContent, Does.Contain("does not accept the API key"));
        Assert.That(await WarningsAsync(), Does.Contain("does not accept the API key"));
    }

    [Test]
    public async Task Another_key_makes_an_earlier_test_worth_nothing()
    {
        var admin = await AdminAsync();
        using var tested = await admin.SubmitAsync(await admin.OpenAsync(Page), Form, ("test", "true"));
        Assert.That(States(await admin.OpenAsync(Page))[0], Is.EqualTo("Good"));

        using var saved = await admin.SubmitAsync(await admin.OpenAsync(Page), Form, ("ApiKey", "another"));

        var page = await admin.OpenAsync(Page);
        Assert.That(States(page)[0], Is.EqualTo("Unknown"));
        Assert.That(page.QuerySelector("#mion-health")?.TextContent, Does.Contain("to see whether Mion accepts it"));
    }

    [Test]
    public async Task A_key_that_is_revoked_is_said_when_a_shopper_meets_it()
    {
        Mion.RotateKey("another-key");
        await BuyAsync();

        Assert.That((await OpenAsync()).QuerySelector("#mion-health")?.TextContent, Does.Contain("does not accept the API key"));
    }

    [Test]
    public async Task Hours_without_an_answer_are_said_for_as_long_as_they_last()
    {
        await BuyWithSessionAsync();
        Assert.That(States(await OpenAsync())[0], Is.EqualTo("Good"));
        Mion.Faults.Add(new FaultRule { Kind = FaultKind.Status, StatusCode = 401, Operation = MionOperations.GetStatus });
        await PollForAsync(hours: 12);

        var page = await OpenAsync();

        Assert.That(States(page)[0], Is.EqualTo("Bad"));
        Assert.That(page.QuerySelector("#mion-health")?.TextContent, Does.Contain("has not answered about 1 payment(s) since").And.Contain("does not accept the API key"));
        Assert.That(page.QuerySelector("#mion-offer")?.TextContent, Does.Contain("the connection to Mion does not work as it should"));
        Assert.That(await WarningsAsync(), Does.Contain("has not answered about 1 payment(s) since"));

        Mion.Faults.Clear();
        await PollForAsync(hours: 2);
        Assert.That(States(await OpenAsync())[0], Is.EqualTo("Good"));
    }

    [TestCase("", "Bitcoin is not offered at your checkout yet")]
    [TestCase("protected:CfDJ8moved", "Bitcoin is not offered at your checkout yet")]
    public async Task That_the_method_is_hidden_is_said_first(string key, string words)
    {
        await Shop.SetSettingAsync("mionsettings.apikey", key);

        Assert.That((await OpenAsync()).QuerySelector("#mion-offer")?.TextContent, Does.Contain(words));
        Assert.That(await Shop.GetLogAsync(), Is.Empty);
    }

    [Test]
    public async Task That_the_method_is_switched_off_is_said_first()
    {
        await InScopeAsync<ISettingService, bool>(async settings =>
        {
            await settings.SaveSettingAsync(new PaymentSettings());
            return true;
        });

        Assert.That((await OpenAsync()).QuerySelector("#mion-offer")?.TextContent, Does.Contain("switch the method on under Configuration > Payment methods"));
    }

    [Test]
    public async Task A_task_that_does_not_run_is_said_in_words()
    {
        await RunPollAsync();
        Time.Advance(TimeSpan.FromMinutes(6));

        var page = await OpenAsync();

        Assert.That(States(page)[2], Is.EqualTo("Bad"));
        Assert.That(page.QuerySelector("#mion-health")?.TextContent, Does.Contain("The task does not run").And.Contain("/scheduletask/runtask"));
        Assert.That(await WarningsAsync(), Does.Contain("The task does not run"));
    }

    [Test]
    public async Task A_task_that_never_ran_is_said_in_words()
    {
        Time.Advance(TimeSpan.FromMinutes(6));

        Assert.That((await OpenAsync()).QuerySelector("#mion-health")?.TextContent, Does.Contain("The task does not run"));
    }

    [Test]
    public async Task A_task_that_is_switched_off_is_said_in_words()
    {
        await InScopeAsync<IRepository<ScheduleTask>, bool>(async tasks =>
        {
            var task = (await tasks.Table.ToListAsync()).Single(candidate => candidate.Type == MionDefaults.PollTaskType);
            task.Enabled = false;
            await tasks.UpdateAsync(task);
            return true;
        });

        Assert.That((await OpenAsync()).QuerySelector("#mion-health")?.TextContent, Does.Contain("The task is switched off"));
        Assert.That(await WarningsAsync(), Does.Contain("The task is switched off"));
    }

    [Test]
    public async Task A_task_that_is_missing_is_said_in_words()
    {
        await InScopeAsync<IRepository<ScheduleTask>, int>(tasks => tasks.DeleteAsync(task => task.Type == MionDefaults.PollTaskType));

        Assert.That((await OpenAsync()).QuerySelector("#mion-health")?.TextContent, Does.Contain("The task is missing"));
        Assert.That(await WarningsAsync(), Does.Contain("The task is missing"));
    }

    [Test]
    public async Task A_call_for_a_payment_makes_the_webhook_good_and_one_that_does_not_come_makes_it_bad()
    {
        var (_, first) = await BuyWithSessionAsync();
        await WaitForWebhookAsync(first.OrderId);
        Mion.PayByLightning(first.PaymentSessionId);
        await Mion.CallbacksSettledAsync();
        Assert.That(States(await OpenAsync())[1], Is.EqualTo("Good"));

        Time.Advance(TimeSpan.FromMinutes(30));
        var (_, second) = await BuyWithSessionAsync();
        await WaitForWebhookAsync(second.OrderId);
        Mion.Faults.Add(new FaultRule { Kind = FaultKind.CallbackDrop });
        Mion.PayByLightning(second.PaymentSessionId);
        await PollWhenDueAsync();
        Time.Advance(TimeSpan.FromMinutes(6));

        var page = await OpenAsync();
        Assert.That(States(page)[1], Is.EqualTo("Bad"));
        Assert.That(page.QuerySelector("#mion-health")?.TextContent, Does.Contain("Mion's call about it has not arrived"));
        Assert.That(await WarningsAsync(), Does.Contain("Mion's call about it has not arrived"));
    }

    [Test]
    public async Task A_payment_from_before_the_plugin_was_installed_again_says_nothing_about_calls()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        await WaitForWebhookAsync(purchase.OrderId);
        Mion.PayByLightning(session.PaymentSessionId);
        await Mion.CallbacksSettledAsync();
        Time.Advance(TimeSpan.FromHours(1));

        await Shop.UninstallPluginAsync();
        await Shop.InstallPluginAsync();

        Assert.That(States(await OpenAsync())[1], Is.EqualTo("Unknown"));
        Assert.That(await WarningsAsync(), Does.Not.Contain("has not arrived"));
    }

    [Test]
    public async Task A_payment_from_before_an_update_that_brought_these_steps_says_nothing_about_calls()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        await WaitForWebhookAsync(purchase.OrderId);
        Mion.PayByLightning(session.PaymentSessionId);
        await Mion.CallbacksSettledAsync();
        Time.Advance(TimeSpan.FromHours(1));

        await OlderVersion.RestoreAsync(Shop);
        await OlderVersion.UpdateAsync(Shop);

        Assert.That(States(await OpenAsync())[1], Is.EqualTo("Unknown"));
        Assert.That(await WarningsAsync(), Does.Not.Contain("has not arrived"));
    }

    [Test]
    public async Task The_last_error_is_told_in_words()
    {
        await BuyWithSessionAsync();
        Mion.RotateKey("another-key");
        await PollWhenDueAsync();

        var facts = (await OpenAsync()).QuerySelector("#mion-facts")!.TextContent;

        Assert.That(facts, Does.Contain("Get a payment session status").And.Not.Contain("another-key").And.Not.Contain("demo-key"));
    }

    private static IReadOnlyList<string?> States(IHtmlDocument page) => [.. page.QuerySelectorAll("#mion-health [data-health]").Select(step => step.GetAttribute("data-health"))];

    /// <summary>Until Mion has taken the webhook, and the clock a second further: Mion names milliseconds, and who pays within the very one seems to have paid before.</summary>
    private async Task WaitForWebhookAsync(int orderId)
    {
        await Soon.Async("Mion has the webhook", async () => (await NewestSessionAsync(orderId)).WebhookOnUtc is not null);
        Time.Advance(TimeSpan.FromSeconds(1));
    }

    private async Task<IHtmlDocument> OpenAsync() => await (await AdminAsync()).OpenAsync(Page);

    private async Task<string> WarningsAsync() => (await (await AdminAsync()).OpenAsync("/Admin/System/Warnings")).DocumentElement.TextContent;
}
