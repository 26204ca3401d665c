using AngleSharp.Dom;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Sandbox.Mion;
using Nop.Plugin.Payments.Mion.Tests.Support;
using Nop.Plugin.Payments.Mion.Till;
using MionPermissions = Nop.Plugin.Payments.Mion.Hosting.MionPermissions;

namespace Nop.Plugin.Payments.Mion.Tests.Till.Integration;

/// <summary>A till has a name, and every charge keeps it and who stood there.</summary>
[TestFixture]
public sealed class NamedTillTests : TillFixture
{
    private const string Start = "/Admin/Mion/Till";

    [Test]
    public async Task A_name_is_given_once_and_every_charge_keeps_it_and_who_charged()
    {
        var till = await EnterAsync(MionPermissions.Charge);
        await NameAsync(till, "  Theke „1“ 😀 ");
        await ChargeAsync(till, "12.50");
        var orderId = await PlaceOrderAsync();

        (await till.SubmitAsync(await till.OpenAsync(Start), "form[action$=ChargeOrderNumber]", ("OrderNumber", $"{orderId}"))).Dispose();

        var (amount, order) = (await SessionAsync(1), await NewestSessionAsync(orderId));
        using (Assert.EnterMultipleScope())
        {
            Assert.That((await till.OpenAsync(Start)).QuerySelector("#mion-till-name")?.TextContent, Is.EqualTo("Theke „1“ 😀"));
            Assert.That((amount.TillName, order.TillName), Is.EqualTo(("Theke „1“ 😀", "Theke „1“ 😀")));
            Assert.That(amount.AssistantId, Is.Not.Null.And.EqualTo(order.AssistantId));
        }
    }

    [Test]
    public async Task A_till_without_a_name_charges_and_is_asked_for_one_first_of_all()
    {
        var till = await EnterAsync(MionPermissions.Charge);
        await ChargeAsync(till, "5");

        var page = await till.OpenAsync(Start);

        Assert.That((await SessionAsync(1)).TillName, Is.Empty);
        Assert.That(page.QuerySelector("#mion-till > form:first-of-type #mion-name"), Is.Not.Null);
        Assert.That(page.QuerySelectorAll(".mion-till-latest li").Length, Is.EqualTo(1));
    }

    [Test]
    public async Task An_assistant_sees_the_latest_charges_of_the_till_and_whoever_may_see_payments_those_of_all_tills()
    {
        await ChargeAmountAsync(100, "at one", origin: At("One"));
        await ChargeAmountAsync(200, "at two", origin: At("Two"));
        var (assistant, owner) = (await EnterAsync(MionPermissions.Charge), await EnterAsync(MionPermissions.Charge, MionPermissions.View));
        await NameAsync(assistant, "Two");
        await NameAsync(owner, "Two");

        var (seen, all) = (await LatestAsync(assistant), await LatestAsync(owner));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(seen, Has.Count.EqualTo(1));
            Assert.That(seen[0], Does.Contain("at two").And.Not.Contain("Two"), "all are this till's");
            Assert.That(all, Has.Count.EqualTo(2));
            Assert.That(all[1], Does.Contain("at one").And.Contain("One"));
        }
    }

    [Test]
    public async Task A_charge_of_an_order_that_another_till_goes_on_with_stays_the_first_tills()
    {
        var orderId = await PlaceOrderAsync();
        await ChargeOrderAsync(orderId, At("One", 7));

        await ChargeOrderAsync(orderId, At("Two", 8));

        var session = await NewestSessionAsync(orderId);
        // the first was opened online
        Assert.That((session.Attempt, session.TillName, session.AssistantId), Is.EqualTo((2, "One", 7)));
    }

    [Test]
    public async Task A_charge_that_is_resumed_keeps_its_till()
    {
        Mion.Faults.Add(new FaultRule { Kind = FaultKind.Status, StatusCode = 503 });
        var lost = (await ChargeAmountAsync(origin: At("One", 7))).Session!;
        Mion.Faults.Clear();
        Time.Advance(TimeSpan.FromMinutes(2));

        await InScopeAsync<TillCharging, OpeningResult>(charging => charging.ResumeAmountAsync(lost));

        var session = await SessionAsync(lost.Id);
        Assert.That((session.State, session.TillName, session.AssistantId), Is.EqualTo((PaymentSessionState.Open, "One", 7)));
    }

    [Test]
    public async Task A_payments_page_says_which_till_charged_it_and_who()
    {
        var till = await EnterAsync(MionPermissions.Charge);
        await NameAsync(till, "Counter 1");
        await ChargeAsync(till, "5");
        await ChargeAmountAsync(origin: At("", 4711));
        var owner = NewBrowser();
        await owner.EnterAdminAsync();

        var panels = new List<string?>();
        foreach (var id in new[] { 1, 2 })
            panels.Add((await owner.OpenAsync($"/Admin/MionPayments/Payment/{id}")).QuerySelector("#mion-panel")?.TextContent);

        Assert.That(panels[0], Does.Contain("Counter 1").And.Contain("admin@demo.example"));
        Assert.That(panels[1], Does.Contain("#4711"), "an account that is gone");
    }

    private static TillOrigin At(string till, int? assistantId = null) => new(Screen, till, assistantId);

    private async Task<ShopBrowser> EnterAsync(params string[] permissions)
    {
        var browser = NewBrowser();
        await browser.EnterAdminAsClerkAsync(permissions);
        return browser;
    }

    private static async Task NameAsync(ShopBrowser till, string name) =>
        (await till.SubmitAsync(await till.OpenAsync(Start), "form[action$=Name]", ("name", name))).Dispose();

    private static async Task ChargeAsync(ShopBrowser till, string amount) =>
        (await till.SubmitAsync(await till.OpenAsync(Start), "form[action$=ChargeAmount]", ("Amount", amount))).Dispose();

    private static async Task<List<string>> LatestAsync(ShopBrowser till) =>
        [.. (await till.OpenAsync(Start)).QuerySelectorAll(".mion-till-latest li").Select(line => line.TextContent)];
}
