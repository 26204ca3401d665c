using Nop.Core.Domain.Directory;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Sandbox.Mion;
using Nop.Plugin.Payments.Mion.Tests.Support;
using Nop.Plugin.Payments.Mion.Till;
using MionPermissions = Nop.Plugin.Payments.Mion.Hosting.MionPermissions;

namespace Nop.Plugin.Payments.Mion.Tests.Till.Integration;

/// <summary>A till of a store that sells in dollars, 1 EUR being 1.0842 USD: what is typed is dollars, what Mion asks for is euro.</summary>
[TestFixture]
public sealed class StoreCurrencyTests : TillFixture
{
    private const string Rate = "(1 USD = 0.922339 EUR)";

    protected override string PrimaryCurrency => "USD";

    [Test]
    public async Task What_is_typed_is_in_the_stores_currency_and_the_rate_is_kept_and_shown_beside_the_euro()
    {
        var assistant = await EnterAsync();

        var id = await ChargeByPageAsync(assistant, "1,234.50");

        var session = await SessionAsync(id);
        var page = await assistant.OpenAsync(Charge(id));
        using (Assert.EnterMultipleScope())
        {
            Assert.That((await assistant.OpenAsync("/Admin/Mion/Till")).QuerySelector("#mion-currency")?.TextContent, Is.EqualTo("USD"));
            Assert.That((session.OrderTotal, session.CurrencyCode, session.ExchangeRate, session.AmountCents), Is.EqualTo((1234.50m, "USD", 0.922339051835m, 1138_63L)));
            Assert.That(session.ExchangeRateOnUtc, Is.Not.Null);
            Assert.That(Mion.Sessions.Single().Amount, Is.EqualTo(1138_63));
            Assert.That((page.QuerySelector(".mion-till-amount")?.TextContent, page.QuerySelector("#mion-euro")?.TextContent), Is.EqualTo(("1,234.50 USD", $"€1,138.63 {Rate}")));
            Assert.That(await ReadAsync(NewBrowser(), $"/mion/till/{session.ScreenToken}/status"), Does.Contain("\"Amount\":\"1,234.50 USD\"").And.Contain($"\"Euro\":\"€1,138.63 {Rate}\""));
            Assert.That((await assistant.OpenAsync("/Admin/Mion/Till")).QuerySelector(".mion-till-latest strong")?.TextContent, Is.EqualTo("1,234.50 USD"));
        }
    }

    [Test]
    public async Task A_tip_is_of_the_same_currency_and_all_of_it_is_on_the_receipt()
    {
        await Shop.SetSettingAsync("miontillsettings.tippercent1", "10");
        await Shop.SetSettingAsync("miontillsettings.allowfreetip", "true");
        var assistant = await EnterAsync();
        var id = await ChargeByPageAsync(assistant, "10");
        var asked = await assistant.OpenAsync(Charge(id));
        Assert.That(asked.QuerySelectorAll("#mion-tip button span").Select(amount => amount.TextContent), Is.EqualTo(new[] { "10.00 USD", "+ 1.00 USD" }));

        (await assistant.SubmitAsync(asked, "#mion-tip form:last-of-type", ("tip", "1.50"))).Dispose();
        var session = await SessionAsync(id);
        Mion.PayByLightning(session.PaymentSessionId);
        Time.Advance(TimeSpan.FromSeconds(2));
        await LookAsync(id);

        var receipt = (await assistant.OpenAsync(Charge(id))).QuerySelector("#mion-receipt")!;
        var digital = await NewBrowser().OpenAsync($"/mion/receipt/{session.Token}");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(digital.QuerySelectorAll("dd").Select(cell => cell.TextContent), Is.SupersetOf(new[] { "10.00 USD", "1.50 USD", "11.50 USD", $"€10.60 {Rate}" }));
            Assert.That((session.AmountCents, session.TipCents, session.TipTotal, Mion.Sessions.Single().Amount), Is.EqualTo((922L, 138L, 1.50m, 1060L)));
            Assert.That(receipt.QuerySelectorAll("dd").Select(cell => cell.TextContent), Is.SupersetOf(new[] { "10.00 USD", "1.50 USD", "11.50 USD", $"€10.60 {Rate}" }));
        }
    }

    [Test]
    public async Task The_day_adds_up_the_euro_that_mion_pays_and_names_what_that_was_in_the_stores_currency()
    {
        var assistant = await EnterAsync();
        foreach (var amount in new[] { "10", "20.55" })
            Mion.PayByLightning((await SessionAsync(await ChargeByPageAsync(assistant, amount))).PaymentSessionId);
        await ChargeByPageAsync(assistant, "99");
        Time.Advance(TimeSpan.FromMinutes(1));
        await PollWhenDueAsync();

        var report = await assistant.OpenAsync("/Admin/Mion/TillDay");

        Assert.That(report.QuerySelector("#mion-received")?.TextContent, Is.EqualTo("€28.17"));
        Assert.That(report.QuerySelectorAll(".mion-till-names tr").Select(row => string.Join('|', row.Children.Select(cell => cell.TextContent))), Does.Contain("USD|2|30.55"));
    }

    [Test]
    public async Task A_rate_that_moves_changes_no_charge_that_was_begun()
    {
        var key = NewKey();
        var first = (await ChargeAsync(10m, "USD", key)).Session!;
        await SetRateAsync("USD", 0.5m);

        var again = (await ChargeAsync(10m, "USD", key)).Session!;
        var next = (await ChargeAsync(10m, "USD", NewKey())).Session!;

        Assert.That((again.Id, again.AmountCents, next.AmountCents), Is.EqualTo((first.Id, 922L, 2000L)));
    }

    [Test]
    public async Task A_charge_from_when_the_store_sold_in_euro_stays_one_in_euro()
    {
        var old = (await ChargeAsync(10m, "EUR", NewKey())).Session!;
        await CancelAsync(old.Id);
        var assistant = await EnterAsync();

        (await assistant.SubmitAsync(await assistant.OpenAsync(Charge(old.Id)), "form[action*=Again]")).Dispose();

        Assert.That(Mion.Sessions.Select(session => session.Amount), Is.EqualTo(new[] { 1000L, 1000L }));
    }

    [Test]
    public async Task An_amount_that_was_typed_beside_a_currency_is_in_that_one_whatever_the_store_sells_in_meanwhile()
    {
        var assistant = await EnterAsync();
        var page = await assistant.OpenAsync("/Admin/Mion/Till");
        await SellInEuroAsync();

        (await assistant.SubmitAsync(page, "form[action$=ChargeAmount]", ("Amount", "10"))).Dispose();
        await ChargeByPageAsync(assistant, "10");

        Assert.That(Mion.Sessions.Select(session => session.Amount), Is.EqualTo(new[] { 922L, 1000L }));
    }

    [Test]
    public async Task A_charge_in_a_currency_that_the_store_does_not_sell_in_any_more_can_be_made_once_more()
    {
        var assistant = await EnterAsync();
        var id = await ChargeByPageAsync(assistant, "10");
        await CancelAsync(id);
        await SellInEuroAsync();
        await SetRateAsync("USD", 0.5m);

        (await assistant.SubmitAsync(await assistant.OpenAsync(Charge(id)), "form[action*=Again]")).Dispose();

        Assert.That(Mion.Sessions.Select(session => session.Amount), Is.EqualTo(new[] { 922L, 2000L }), "by the rate of its own time");
    }

    [Test]
    public async Task A_charge_that_waits_for_its_tip_goes_on_by_its_own_rate()
    {
        await Shop.SetSettingAsync("miontillsettings.tippercent1", "10");
        var assistant = await EnterAsync();
        var id = await ChargeByPageAsync(assistant, "10");
        await SellInEuroAsync();
        await SetRateAsync("USD", 0.5m);

        (await assistant.SubmitAsync(await assistant.OpenAsync(Charge(id)), "#mion-tip form", ("percent", "10"))).Dispose();

        Assert.That((Mion.Sessions.Single().Amount, (await SessionAsync(id)).State), Is.EqualTo((922L + 92L, PaymentSessionState.Open)));
    }

    [Test]
    public async Task Without_a_way_to_the_euro_nothing_is_charged_and_the_page_says_what_to_do()
    {
        await SetRateAsync("EUR", 0m);
        var assistant = await EnterAsync();

        using var refused = await assistant.SubmitAsync(await assistant.OpenAsync("/Admin/Mion/Till"), "form[action$=ChargeAmount]", ("Amount", "10"));

        Assert.That((await ShopBrowser.ReadAsync(refused)).QuerySelector("#mion-till-problem")?.TextContent, Does.Contain("must add the currency EUR with an exchange rate"));
        Assert.That(Mion.Sessions, Is.Empty);
    }

    [TestCase("108,419.99", ExpectedResult = OpeningProblem.None)]
    [TestCase("108,420.01", ExpectedResult = OpeningProblem.BadAmount)]
    public async Task<OpeningProblem> The_limit_is_the_same_in_every_currency(string amount) =>
        (await ChargeAsync(decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture), "USD", NewKey())).Problem;

    private static string Charge(int id) => $"/Admin/Mion/Till/Charge/{id}";

    private Task<OpeningResult> ChargeAsync(decimal amount, string currencyCode, string key) =>
        InScopeAsync<TillCharging, OpeningResult>(charging => charging.ChargeAmountAsync(1, amount, currencyCode, null, key, Origin));

    private async Task<ShopBrowser> EnterAsync()
    {
        var browser = NewBrowser();
        await browser.EnterAdminAsClerkAsync([MionPermissions.Charge]);
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

    private async Task SellInEuroAsync() => await Shop.SetSettingAsync("currencysettings.primarystorecurrencyid",
        (await InScopeAsync<IRepository<Currency>, int>(async currencies => (await currencies.Table.ToListAsync()).Single(currency => currency.CurrencyCode == "EUR").Id))
            .ToString(System.Globalization.CultureInfo.InvariantCulture));

    private Task<bool> SetRateAsync(string code, decimal rate) => InScopeAsync<IRepository<Currency>, bool>(async currencies =>
    {
        var currency = (await currencies.Table.ToListAsync()).Single(candidate => candidate.CurrencyCode == code);
        currency.Rate = rate;
        await currencies.UpdateAsync(currency);
        return true;
    });
}
