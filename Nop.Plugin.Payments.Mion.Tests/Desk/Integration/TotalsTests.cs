using System.Globalization;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Newtonsoft.Json.Linq;
using Nop.Plugin.Payments.Mion.Desk;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Data;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Desk.Integration;

/// <summary>A month of payments by the day on which they were paid, and what they come to.</summary>
[TestFixtureSource(typeof(Databases), nameof(Databases.All))]
public sealed class TotalsTests(DatabaseKind database) : ShopFixture(database)
{
    // 2026-11-01 begins an hour earlier in UTC
    private static readonly DateTime _novemberInBerlin = new(2026, 10, 31, 23, 0, 0, DateTimeKind.Utc);

    protected override bool SecondStore => true;

    [Test]
    public async Task The_filter_goes_by_the_day_of_payment_in_the_stores_time_where_that_is_chosen()
    {
        await Shop.SetSettingAsync("datetimesettings.defaultstoretimezoneid", "Europe/Berlin");
        var inOctober = await AddAsync(_novemberInBerlin.AddDays(-40), _novemberInBerlin.AddSeconds(-1));
        var inNovember = await AddAsync(_novemberInBerlin.AddDays(-1), _novemberInBerlin);
        var unpaid = await AddAsync(_novemberInBerlin.AddDays(1), paidOnUtc: null);
        var admin = await AdminAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await ListAsync(admin, "1", "2026-11-01", "2026-11-30"), Is.EqualTo(new[] { inNovember }));
            Assert.That(await ListAsync(admin, "1", "2026-10-01", "2026-10-31"), Is.EqualTo(new[] { inOctober }));
            Assert.That(await ListAsync(admin, "0", "2026-11-01", "2026-11-30"), Is.EqualTo(new[] { unpaid }));
            Assert.That(await ListAsync(admin, "7", "2026-11-01", "2026-11-30"), Is.EqualTo(new[] { unpaid }), "no such day: by creation, as ever");
            Assert.That(await ExportedAsync(admin, "1", "2026-11-01", "2026-11-30"), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task The_totals_are_those_of_what_the_filters_find_by_one_statement()
    {
        await AddAsync(_novemberInBerlin, _novemberInBerlin, cents: 100_00, method: "lightning");
        await AddAsync(_novemberInBerlin, _novemberInBerlin, cents: 23_45, method: "Lightning", storeId: 2);
        await AddAsync(_novemberInBerlin, _novemberInBerlin, cents: 1_00, method: "on-chain");
        await AddAsync(_novemberInBerlin, _novemberInBerlin, cents: 7, method: "", storeId: 2);
        await AddAsync(_novemberInBerlin, paidOnUtc: null, cents: 5_000_00);
        await AddAsync(_novemberInBerlin.AddDays(-90), _novemberInBerlin.AddDays(-90), cents: 77_77);
        var search = new PaymentSearch(FromUtc: _novemberInBerlin.AddDays(-1));
        var before = Statements;

        var totals = await InScopeAsync<PaymentSearchStore, IReadOnlyList<PaymentTotal>>(store => store.GetTotalsAsync(search));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Statements - before, Is.EqualTo(1));
            Assert.That((totals.Sum(total => total.Count), totals.Sum(total => total.Cents)), Is.EqualTo((5, 5_124_52L)));
            Assert.That((totals.Sum(total => total.PaidCount), totals.Sum(total => total.PaidCents)), Is.EqualTo((4, 124_52L)));
            Assert.That(await InScopeAsync<PaymentSearchStore, IReadOnlyList<PaymentTotal>>(store => store.GetTotalsAsync(new PaymentSearch(StoreId: 99))), Is.Empty);
        }
    }

    [Test]
    public async Task The_totals_are_shown_as_the_reader_writes_amounts_by_method_and_by_store()
    {
        await SpeakAsync("de-DE");
        await AddAsync(_novemberInBerlin, _novemberInBerlin, cents: 1_100_00, method: "lightning");
        await AddAsync(_novemberInBerlin, _novemberInBerlin, cents: 23_45, method: "Lightning", storeId: 2);
        await AddAsync(_novemberInBerlin, _novemberInBerlin, cents: 1_00, method: "on-chain");
        await AddAsync(_novemberInBerlin, paidOnUtc: null, cents: 9_00);
        var admin = await AdminAsync();

        var page = await TotalsAsync(admin);
        var ofOneStore = await TotalsAsync(admin, ("SearchStoreId", "2"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(page.QuerySelector("[data-total=count]")?.TextContent, Is.EqualTo("4"));
            Assert.That(page.QuerySelector("[data-total=amount]")?.TextContent, Is.EqualTo("1.133,45 €"));
            Assert.That(page.QuerySelector("[data-total=paid-count]")?.TextContent, Is.EqualTo("3"));
            Assert.That(page.QuerySelector("[data-total=paid-amount]")?.TextContent, Is.EqualTo("1.124,45 €"));
            Assert.That(Rows(page)[..2], Is.EqualTo(new[] { "Lightning|2|1.123,45 €", "On the blockchain|1|1,00 €" }), "the two spellings are one method");
            Assert.That(Rows(page)[2..].Select(row => row.Split('|')[2]), Is.EqualTo(new[] { "1.101,00 €", "23,45 €" }));
            Assert.That(ofOneStore.QuerySelector("[data-total=paid-amount]")?.TextContent, Is.EqualTo("23,45 €"));
            Assert.That(await Shop.GetLogAsync(), Is.Empty, "every text is there");
        }
    }

    [Test]
    public async Task The_months_to_choose_are_those_of_the_stores_clock()
    {
        await Shop.SetSettingAsync("datetimesettings.defaultstoretimezoneid", "Pacific/Kiritimati");
        var local = TimeZoneInfo.ConvertTimeFromUtc(Time.UtcNow, TimeZoneInfo.FindSystemTimeZoneById("Pacific/Kiritimati"));
        var first = new DateTime(local.Year, local.Month, 1);

        var page = await (await AdminAsync()).OpenAsync("/Admin/MionPayments/List");

        Assert.That(page.QuerySelectorAll("[data-mion-from]").Select(button => (button.GetAttribute("data-mion-day"), button.GetAttribute("data-mion-from"), button.GetAttribute("data-mion-to"))),
            Is.EqualTo(new[] { ("1", Day(first), Day(first.AddMonths(1).AddDays(-1))), ("1", Day(first.AddMonths(-1)), Day(first.AddDays(-1))) }));
    }

    private static string Day(DateTime day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string[] Rows(IParentNode page) =>
        [.. page.QuerySelectorAll("tbody tr").Select(row => string.Join('|', row.Children.Select(cell => cell.TextContent)))];

    private Task<int> AddAsync(DateTime createdOnUtc, DateTime? paidOnUtc, long cents = 12_90, string method = "lightning", int storeId = 1) =>
        InScopeAsync<Nop.Data.IRepository<MionPaymentSession>, int>(async sessions =>
        {
            var session = Charges.Make(createdOnUtc, paidOnUtc, cents, method, storeId);
            await sessions.InsertAsync(session, publishEvent: false);
            return session.Id;
        });

    private static async Task<List<int>> ListAsync(ShopBrowser admin, string day, string from, string to)
    {
        using var answer = await admin.SendFormAsync("/Admin/MionPayments/List", ("Start", "0"), ("Length", "10"), ("Draw", "1"), ("SearchDayId", day), ("SearchFrom", from), ("SearchTo", to));
        return [.. JObject.Parse(await answer.Content.ReadAsStringAsync())["Data"]!.Select(row => (int)row["Id"]!)];
    }

    private static async Task<int> ExportedAsync(ShopBrowser admin, string day, string from, string to)
    {
        using var answer = await admin.SendFormAsync("/Admin/MionPayments/Export", ("SearchDayId", day), ("SearchFrom", from), ("SearchTo", to));
        return (await answer.Content.ReadAsStringAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length - 1;
    }

    private static async Task<IDocument> TotalsAsync(ShopBrowser admin, params (string Name, string Value)[] filters)
    {
        using var answer = await admin.SendFormAsync("/Admin/MionBooks/Totals", filters);
        return await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync());
    }
}
