using Newtonsoft.Json.Linq;
using Nop.Core.Domain.Customers;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Desk;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Data;
using Nop.Plugin.Payments.Mion.Tests.Support;
using Nop.Plugin.Payments.Mion.Till;

namespace Nop.Plugin.Payments.Mion.Tests.Desk.Integration;

/// <summary>The list of payments and its export, over HTTP.</summary>
[TestFixtureSource(typeof(Databases), nameof(Databases.FileAndServers))]
public sealed class PaymentListTests(DatabaseKind database) : ShopFixture(database)
{
    private const string List = "/Admin/MionPayments/List";

    [Test]
    public async Task The_menu_leads_to_the_list()
    {
        var admin = await AdminAsync();

        var page = await admin.OpenAsync("/Admin/Order/List");

        Assert.That(page.QuerySelector($"nav a[href=\"{List}\"]")?.TextContent, Is.EqualTo("Bitcoin payments"));
        Assert.That((await admin.OpenAsync(List)).QuerySelector("#mion-payments-grid"), Is.Not.Null);
        Assert.That(await Shop.GetLogAsync(), Is.Empty, "every text is there");
    }

    [Test]
    public async Task Each_filter_finds_its_payments()
    {
        var (paidPurchase, paid) = await BuyWithSessionAsync();
        Mion.PayByLightning(paid.PaymentSessionId);
        await PollWhenDueAsync();
        Time.Advance(TimeSpan.FromDays(3));
        var (openPurchase, open) = await BuyWithSessionAsync();
        var admin = await AdminAsync();
        var day = open.CreatedOnUtc.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await OrdersAsync(admin), Is.EqualTo(new[] { openPurchase.OrderId, paidPurchase.OrderId }), "the newest first");
            Assert.That(await OrdersAsync(admin, ("SearchStateId", $"{(int)PaymentSessionState.Paid}")), Is.EqualTo(new[] { paidPurchase.OrderId }));
            Assert.That(await OrdersAsync(admin, ("SearchPaymentId", $" {paid.PaymentSessionId} ")), Is.EqualTo(new[] { paidPurchase.OrderId }));
            Assert.That(await OrdersAsync(admin, ("SearchPaymentId", open.Reference)), Is.EqualTo(new[] { openPurchase.OrderId }));
            Assert.That(await OrdersAsync(admin, ("SearchOrder", $"{openPurchase.OrderId}")), Is.EqualTo(new[] { openPurchase.OrderId }));
            Assert.That(await OrdersAsync(admin, ("SearchFrom", day)), Is.EqualTo(new[] { openPurchase.OrderId }));
            Assert.That(await OrdersAsync(admin, ("SearchTo", day)), Has.Count.EqualTo(2), "the last day counts");
            Assert.That(await OrdersAsync(admin, ("SearchStoreId", "99")), Is.Empty);
            Assert.That(await OrdersAsync(admin, ("Start", "1"), ("Length", "1")), Is.EqualTo(new[] { paidPurchase.OrderId }));
        }
    }

    [Test]
    public async Task Charges_at_the_till_are_found_by_till_and_assistant_and_name_both()
    {
        var anna = new Customer { Email = "anna@shop.example", FirstName = "Anna", LastName = "Berg", CustomerGuid = Guid.NewGuid(), Active = true, CreatedOnUtc = Time.GetUtcNow().UtcDateTime, LastActivityDateUtc = Time.GetUtcNow().UtcDateTime };
        await InScopeAsync<IRepository<Customer>, bool>(async customers =>
        {
            await customers.InsertAsync(anna);
            return true;
        });
        await BuyWithSessionAsync();
        await ChargeWithoutOrderAsync("Counter", anna.Id);
        await ChargeWithoutOrderAsync("=Bar", assistantId: null);
        var admin = await AdminAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await TillsAsync(admin), Is.EqualTo(new[] { "=Bar", "Counter · Anna Berg", "" }));
            Assert.That(await TillsAsync(admin, ("SearchTill", " count ")), Is.EqualTo(new[] { "Counter · Anna Berg" }));
            Assert.That(await TillsAsync(admin, ("SearchTill", "anna berg")), Is.EqualTo(new[] { "Counter · Anna Berg" }));
            Assert.That(await TillsAsync(admin, ("SearchTill", "ANNA@shop")), Is.EqualTo(new[] { "Counter · Anna Berg" }));
            Assert.That(await TillsAsync(admin, ("SearchTill", "bar")), Is.EqualTo(new[] { "=Bar" }));
            Assert.That(await TillsAsync(admin, ("SearchTill", "%")), Is.Empty, "a sign like any other");
            Assert.That(await LinesAsync(admin, ("SearchTill", "counter")), Has.Count.EqualTo(2).And.Some.EndsWith($",0,Counter,{anna.Id}"));
            Assert.That(await LinesAsync(admin, ("SearchTill", "bar")), Has.Some.EndsWith(",0,'=Bar,"));
            Assert.That(await LinesAsync(admin, ("SearchTill", "counter"), ("format", MionPaymentsController.ForSpreadsheets)), Has.Some.EndsWith(",Counter,Anna Berg"));
        }
    }

    [TestCase("SearchTo", "9999-12-31", 1)]
    [TestCase("SearchFrom", "9999-12-31", 0)]
    [TestCase("SearchFrom", "0001-01-01", 1)]
    public async Task The_ends_of_the_calendar_are_days_like_others(string filter, string day, int found)
    {
        await Shop.SetSettingAsync("datetimesettings.defaultstoretimezoneid", "Europe/Berlin");
        await BuyWithSessionAsync();

        Assert.That(await OrdersAsync(await AdminAsync(), (filter, day)), Has.Count.EqualTo(found));
    }

    [TestCase("abc")]
    [TestCase("0")]
    [TestCase("-0")]
    [TestCase("+1")]
    [TestCase("99999999999")]
    public async Task What_is_no_orders_number_finds_nothing_not_even_charges_without_an_order(string number)
    {
        await BuyWithSessionAsync();
        await ChargeWithoutOrderAsync();
        var admin = await AdminAsync();

        using var export = await admin.SendFormAsync("/Admin/MionPayments/Export", ("SearchOrder", number));
        var lines = (await export.Content.ReadAsStringAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.That(await OrdersAsync(admin), Is.EqualTo(new[] { 0, 1 }), "both are there");
        Assert.That(await OrdersAsync(admin, ("SearchOrder", number)), Is.Empty);
        Assert.That(lines, Has.Length.EqualTo(1), "nothing but the columns' names");
    }

    [Test]
    public async Task The_export_has_a_line_a_payment()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        Mion.PayByLightning(session.PaymentSessionId);
        await PollWhenDueAsync();
        var admin = await AdminAsync();

        using var answer = await admin.SendFormAsync("/Admin/MionPayments/Export", ("SearchStateId", "0"));
        var lines = (await answer.Content.ReadAsStringAsync()).TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo("text/csv"));
            Assert.That(lines[0].Split(','), Is.EqualTo(PaymentExport.Columns));
            Assert.That(lines, Has.Length.EqualTo(2));
            Assert.That(lines[1], Does.StartWith($"{session.PaymentSessionId},{session.Reference},{purchase.OrderId},").And.Contain(",Paid,,1290,EUR,12.90,EUR,1,,lightning,"));
        }
    }

    [Test]
    public async Task A_beginning_that_a_spreadsheet_takes_for_a_formula_is_defused()
    {
        var (_, session) = await BuyWithSessionAsync();
        await InScopeAsync<Nop.Data.IRepository<MionPaymentSession>, bool>(async sessions =>
        {
            session.PaymentMethod = "=cmd|\"x\"";
            await sessions.UpdateAsync(session);
            return true;
        });

        var text = await InScopeAsync<PaymentExport, string>(async export =>
        {
            using var output = new MemoryStream();
            await export.WriteAsync(new PaymentSearch(), output);
            return System.Text.Encoding.UTF8.GetString(output.ToArray());
        });

        Assert.That(text, Does.Contain(",\"'=cmd|\"\"x\"\"\","));
    }

    private static async Task<List<int>> OrdersAsync(ShopBrowser admin, params (string Name, string Value)[] filters) =>
        [.. (await RowsAsync(admin, filters)).Select(row => (int)row["OrderId"]!)];

    private static async Task<List<string>> TillsAsync(ShopBrowser admin, params (string Name, string Value)[] filters) =>
        [.. (await RowsAsync(admin, filters)).Select(row => (string)row["Till"]!)];

    private static async Task<List<string>> LinesAsync(ShopBrowser admin, params (string Name, string Value)[] filters)
    {
        using var export = await admin.SendFormAsync("/Admin/MionPayments/Export", filters);
        return [.. (await export.Content.ReadAsStringAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries)];
    }

    private static async Task<JToken> RowsAsync(ShopBrowser admin, params (string Name, string Value)[] filters)
    {
        var fields = new List<(string, string)> { ("Start", "0"), ("Length", "10"), ("Draw", "1") };
        fields.RemoveAll(field => filters.Any(filter => filter.Name == field.Item1));
        using var answer = await admin.SendFormAsync(List, [.. fields, .. filters]);
        return JObject.Parse(await answer.Content.ReadAsStringAsync())["Data"]!;
    }

    private Task<OpeningResult> ChargeWithoutOrderAsync(string till = "", int? assistantId = null) =>
        InScopeAsync<TillCharging, OpeningResult>(charging => charging.ChargeAmountAsync(1, 12.50m, "EUR", "Two coffees", SecretToken.Create(), new TillOrigin(SecretToken.Create(), till, assistantId)));
}
