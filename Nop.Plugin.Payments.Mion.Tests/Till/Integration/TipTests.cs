using System.Net;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Tests.Support;
using Nop.Plugin.Payments.Mion.Till;
using MionPermissions = Nop.Plugin.Payments.Mion.Hosting.MionPermissions;

namespace Nop.Plugin.Payments.Mion.Tests.Till.Integration;

/// <summary>A tip is chosen before the code appears, carried by the session at Mion, and no part of anything else.</summary>
[TestFixture]
public sealed class TipTests : TillFixture
{
    [SetUp]
    public async Task OfferAsync()
    {
        await Shop.SetSettingAsync("miontillsettings.tippercent1", "10");
        await Shop.SetSettingAsync("miontillsettings.allowfreetip", "true");
    }

    [Test]
    public async Task An_order_is_paid_by_its_own_amount_and_its_total_stays()
    {
        var orderId = await PlaceOrderAsync();
        var total = (await Shop.GetOrderAsync(orderId)).OrderTotal;
        var charge = (await ChargeOrderAsync(orderId)).Session!;
        Assert.That((await LookAsync(charge.Id)).State, Is.EqualTo(TillState.Tip));
        Assert.That(Mion.Sessions.Count(session => session.RetailPos), Is.Zero, "nothing is opened before the tip is chosen");

        var opened = (await ChooseAsync(charge.Id, 200)).Session!;
        Mion.PayByLightning(opened.PaymentSessionId);
        await Soon.Async("the charge is paid", async () => (await LookAsync(charge.Id)).State == TillState.Paid);

        var order = await Shop.GetOrderAsync(orderId);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((opened.Id, opened.AmountCents, opened.TipCents), Is.EqualTo((charge.Id, (long)(total * 100), 200L)));
            Assert.That(Mion.Sessions.Single(session => session.RetailPos).Amount, Is.EqualTo(opened.AmountCents + 200));
            Assert.That((order.PaymentStatus, order.OrderTotal), Is.EqualTo((PaymentStatus.Paid, total)));
            Assert.That(order.CustomValuesXml, Does.Contain("€12.90").And.Not.Contain("€14.90"));
            Assert.That(await MionNotesAsync(orderId), Has.One.Contains("a tip of €2.00 was paid with it, €14.90 in all").And.One.Contains("€12.90 received by Mion"));
        }
    }

    [Test]
    public async Task Of_two_who_choose_at_once_one_has_chosen_and_mion_is_asked_for_that()
    {
        var charge = (await ChargeAmountAsync(1000)).Session!;

        await Task.WhenAll(Enumerable.Range(0, 10).Select(number => ChooseAsync(charge.Id, number * 10)));

        var session = await SessionAsync(charge.Id);
        Assert.That(Mion.Sessions.Single().Amount, Is.EqualTo(1000 + session.TipCents));
        await ChooseAsync(charge.Id, 500);
        Assert.That((await SessionAsync(charge.Id)).TipCents, Is.EqualTo(session.TipCents), "what has been sent is not changed");
    }

    [Test]
    public async Task An_order_that_has_changed_meanwhile_asks_for_its_tip_anew()
    {
        var orderId = await PlaceOrderAsync();
        var charge = (await ChargeOrderAsync(orderId)).Session!;
        await ChangeOrderAsync(orderId, order => order.OrderTotal += 1);

        var next = (await ChooseAsync(charge.Id, 200)).Session!;

        Assert.That((next.Id != charge.Id, next.IsReserved, next.AmountCents - charge.AmountCents), Is.EqualTo((true, true, 100L)));
        Assert.That((await LookAsync(charge.Id)).State, Is.EqualTo(TillState.Cancelled), "what is not to be paid any more is not open");
    }

    [Test]
    public async Task A_charge_that_was_given_up_is_not_opened_by_a_tip()
    {
        var charge = (await ChargeAmountAsync(1000)).Session!;
        await CancelAsync(charge.Id);

        await ChooseAsync(charge.Id, 100);

        Assert.That((Mion.Sessions.Count, (await LookAsync(charge.Id)).State), Is.EqualTo((0, TillState.Cancelled)));
        Assert.That(await InScopeAsync<PaymentTexts, string>(async texts => await texts.StateAsync(await SessionAsync(charge.Id))), Is.EqualTo("Cancelled"));
    }

    [Test]
    public async Task Where_none_is_offered_the_code_is_there_at_once()
    {
        await Shop.SetSettingAsync("miontillsettings.tippercent1", "0");
        await Shop.SetSettingAsync("miontillsettings.allowfreetip", "false");

        var charge = (await ChargeAmountAsync(1000)).Session!;

        Assert.That(((await LookAsync(charge.Id)).State, charge.TipCents), Is.EqualTo((TillState.Waiting, 0L)));
    }

    [TestCase("-1")]
    [TestCase("10.01")]
    [TestCase("")]
    public async Task What_cannot_be_a_tip_is_refused_in_words(string typed)
    {
        var assistant = await EnterAsync();
        var id = await ChargeByPageAsync(assistant, "10");

        using var refused = await assistant.SubmitAsync(await assistant.OpenAsync(Charge(id)), "#mion-tip form:last-of-type", ("tip", typed));
        var page = await ShopBrowser.ReadAsync(refused);

        Assert.That(page.QuerySelector("#mion-tip-problem")?.TextContent, Is.EqualTo("Please enter a tip up to €10.00, such as 1.50."));
        Assert.That(Mion.Sessions, Is.Empty);
        using var taken = await assistant.SubmitAsync(page, "#mion-tip form:last-of-type", ("tip", "1.50"));
        Assert.That((taken.Headers.Location?.ToString(), Mion.Sessions.Single().Amount), Is.EqualTo((Charge(id), 1150)));
    }

    [Test]
    public async Task The_customers_screen_offers_what_the_assistant_sees_and_its_choice_opens_the_charge()
    {
        var assistant = await EnterAsync();
        var id = await ChargeByPageAsync(assistant, "10");
        var screen = $"/mion/till/{(await SessionAsync(id)).ScreenToken}";
        var customer = NewBrowser();

        var news = await ReadAsync(customer, $"{screen}/status");
        using var wrong = await customer.PostAsync($"{screen}/tip?percent=50", null);
        using var stranger = await customer.PostAsync($"/mion/till/{Screen}/tip?percent=10", null);
        Assert.That((news.Contains("\"State\":\"Tip\"", StringComparison.Ordinal), wrong.StatusCode, stranger.StatusCode, Mion.Sessions.Count), Is.EqualTo((true, HttpStatusCode.NotFound, HttpStatusCode.NotFound, 0)), news);
        using var chosen = await customer.PostAsync($"{screen}/tip?percent=10", null);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(chosen.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
            Assert.That(Mion.Sessions.Single().Amount, Is.EqualTo(1100));
            Assert.That(await ReadAsync(customer, $"{screen}/status"), Does.Contain("\"Amount\":\"€11.00\"").And.Contain("\"Split\":\"€10.00 + €1.00\"").And.Contain("\"State\":\"Waiting\""));
        }
    }

    [Test]
    public async Task Tips_stand_apart_on_the_receipt_in_the_list_and_in_the_close()
    {
        var assistant = await EnterAsync(MionPermissions.View);
        var id = await ChargeByPageAsync(assistant, "10");
        await ChooseAsync(id, 150);
        Mion.PayByLightning((await SessionAsync(id)).PaymentSessionId);
        Time.Advance(TimeSpan.FromSeconds(2));
        await LookAsync(id);

        var receipt = (await assistant.OpenAsync(Charge(id))).QuerySelector("#mion-receipt")!;
        var start = await assistant.OpenAsync("/Admin/Mion/Till");
        (await assistant.SubmitAsync(await assistant.OpenAsync("/Admin/Mion/TillDay"), "form[action$=Close]")).Dispose();
        var close = (await InScopeAsync<DayCloseStore, MionTillClose?>(store => store.GetLastAsync(1)))!;
        var report = await assistant.OpenAsync($"/Admin/Mion/TillDay/Report/{close.Id}");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(receipt.QuerySelectorAll("dd").Select(cell => cell.TextContent), Is.SupersetOf(new[] { "€10.00", "€1.50", "€11.50" }));
            Assert.That(start.QuerySelector(".mion-till-latest strong")?.TextContent, Is.EqualTo("€10.00 + €1.50"));
            Assert.That((report.QuerySelector("#mion-received")?.TextContent, report.QuerySelector("#mion-tips")?.TextContent, report.QuerySelector("#mion-with-tips")?.TextContent),
                Is.EqualTo(("€10.00", "€1.50", "€11.50")));
            Assert.That(close.ReceivedCents, Is.EqualTo(1000));
        }
    }

    private static string Charge(int id) => $"/Admin/Mion/Till/Charge/{id}";

    private async Task<ShopBrowser> EnterAsync(params string[] more)
    {
        var browser = NewBrowser();
        await browser.EnterAdminAsClerkAsync([MionPermissions.Charge, .. more]);
        return browser;
    }

    private static async Task<string> ReadAsync(ShopBrowser browser, string address)
    {
        using var response = await browser.GetAsync(address);
        return await response.Content.ReadAsStringAsync();
    }

    private static async Task<int> ChargeByPageAsync(ShopBrowser assistant, string amount)
    {
        using var charged = await assistant.SubmitAsync(await assistant.OpenAsync("/Admin/Mion/Till"), "form[action$=ChargeAmount]", ("Amount", amount));
        return int.Parse(charged.Headers.Location!.ToString().Split('/')[^1], System.Globalization.CultureInfo.InvariantCulture);
    }

    private Task<OpeningResult> ChooseAsync(int id, long cents) => Shop.InScopeAsync(async services =>
    {
        var session = await ((PaymentSessionStore)services.GetService(typeof(PaymentSessionStore))!).GetByIdAsync(id);
        return await ((TillCharging)services.GetService(typeof(TillCharging))!).ChooseTipAsync(session!, new(cents, EuroAmount.ToEuro(cents)));
    });
}
