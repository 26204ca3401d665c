using AngleSharp.Dom;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Desk;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Data;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Desk.Integration;

/// <summary>What Bitcoin comes to in a shop is what the rows say.</summary>
[TestFixtureSource(typeof(Databases), nameof(Databases.All))]
public sealed class FiguresTests(DatabaseKind database) : ShopFixture(database)
{
    private static readonly TimeZoneInfo _berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    protected override bool SecondStore => true;

    /// <summary>Made-up payments of fifteen months, many of them within a second of a day's end.</summary>
    [TestCase(1)]
    [TestCase(20261130)]
    public async Task Every_figure_is_that_of_the_rows(int seed)
    {
        await Shop.SetSettingAsync("datetimesettings.defaultstoretimezoneid", "Europe/Berlin");
        var today = TimeZoneInfo.ConvertTimeFromUtc(Time.UtcNow, _berlin).Date;
        var rows = MakeUp(new Random(seed), today, 150);
        await InsertAsync(rows);
        foreach (var store in new[] { 0, 2 })
        {
            foreach (var days in new[] { 7, 30, 365 })
            {
                var begun = rows.Where(row => (store == 0 || row.StoreId == store) && Local(row.CreatedOnUtc) >= today.AddDays(1 - days) && Local(row.CreatedOnUtc) < today.AddDays(1)
                    && (row.IsTill || !SessionRules.Reserved.Holds(row))).ToList();
                var paid = begun.Where(row => row.PaidOnUtc is not null).ToList();
                var before = Statements;

                var figures = await InScopeAsync<FiguresReader, PaymentFigures>(reader => reader.ReadAsync(days, store));

                using (Assert.EnterMultipleScope())
                {
                    Assert.That((figures.Started, figures.Paid, figures.PaidCents), Is.EqualTo((begun.Count(row => row.Attempt == 1), paid.Count, paid.Sum(row => row.AmountCents))));
                    Assert.That((figures.Open, figures.Late, figures.NeedsPerson), Is.EqualTo((begun.Count(row => row.State == PaymentSessionState.Open),
                        paid.Count(row => row.PaidOnUtc > row.ExpiresOnUtc), begun.Count(row => row.State == PaymentSessionState.NeedsPerson))));
                    Assert.That(figures.TimesToPay, Is.EquivalentTo(paid.Select(row => row.PaidOnUtc!.Value - row.CreatedOnUtc).Select(time => time < TimeSpan.Zero ? TimeSpan.Zero : time)));
                    Assert.That(Sums(figures.Parts.GroupBy(part => part.Method), part => (part.Paid, part.PaidCents)), Is.EquivalentTo(Sums(paid.GroupBy(row => row.PaymentMethod), row => (1, row.AmountCents))));
                    Assert.That(Sums(figures.Parts.GroupBy(part => part.Day), part => (part.Paid, part.PaidCents)),
                        Is.EquivalentTo(Sums(paid.GroupBy(row => figures.Days.Last(day => day <= Local(row.CreatedOnUtc))), row => (1, row.AmountCents))));
                    Assert.That(figures.Days, Is.EqualTo(days == 365
                        ? [today.AddDays(-364), .. Enumerable.Range(0, 52).Select(week => today.AddDays(7 * week - 363))]
                        : Enumerable.Range(0, days).Select(day => today.AddDays(day + 1 - days))));
                    Assert.That(Statements - before, Is.LessThanOrEqualTo(figures.Days.Count + 2), "a short one for each bar, one for the times, and the store's time zone");
                }
            }
        }
    }

    [Test]
    public async Task They_are_written_as_the_reader_writes_them()
    {
        await SpeakAsync("de-DE");
        await InsertAsync([
            Charges.Make(Time.UtcNow.AddHours(-3), Time.UtcNow.AddHours(-3).AddSeconds(42), cents: 1_100_00),
            Charges.Make(Time.UtcNow.AddHours(-3), Time.UtcNow.AddHours(-1).AddMinutes(5), cents: 1_00, method: "on-chain", storeId: 2),
            Charges.Make(Time.UtcNow.AddHours(-2), paidOnUtc: null)
        ]);
        var admin = await AdminAsync();

        var page = await admin.OpenAsync("/Admin/MionBooks/Figures?days=7");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Figure(page, "started"), Is.EqualTo("3"));
            Assert.That(Figure(page, "paid"), Is.EqualTo("2 (67 %)"));
            Assert.That(Figure(page, "amount"), Is.EqualTo("1.101,00 €"));
            Assert.That(Figure(page, "time"), Is.EqualTo("half within 42 s, nine of ten within 2 h 5 min"));
            Assert.That(page.QuerySelectorAll("tr[data-method]").Select(row => string.Join('|', row.Children.Select(cell => cell.TextContent))), Is.EquivalentTo(new[] { "Lightning|1|1.100,00 €", "On the blockchain|1|1,00 €" }));
            Assert.That(page.QuerySelectorAll("title").Select(title => title.TextContent), Has.One.EndsWith(": 2, 1.101,00 €"));
            Assert.That(Figure(await admin.OpenAsync("/Admin/MionBooks/Figures?days=7&storeId=2"), "amount"), Is.EqualTo("1,00 €"));
            Assert.That((await admin.OpenAsync("/Admin/MionBooks/Figures?days=-3&storeId=99")).QuerySelector("p")?.TextContent, Is.EqualTo("Nobody has chosen Bitcoin in these days."));
            Assert.That((await Shop.GetLogAsync()).Select(line => line.ShortMessage), Is.Empty, "every text is there");
        }
    }

    [Test]
    public async Task The_dashboard_shows_the_card_to_whoever_may_see_payments()
    {
        var (viewer, other) = (NewBrowser(), NewBrowser());
        await viewer.EnterAdminAsClerkAsync(MionPermissions.View);
        await other.EnterAdminAsClerkAsync(MionPermissions.Charge);

        Assert.That((await viewer.OpenAsync("/Admin/Home/Index")).QuerySelectorAll("#mion-figures [data-figures=store] option"), Has.Length.EqualTo(3));
        Assert.That((await other.OpenAsync("/Admin/Home/Index")).QuerySelector("#mion-figures"), Is.Null);
    }

    private static string? Figure(IParentNode page, string name) => page.QuerySelector($"[data-figure={name}]")?.TextContent.Replace(' ', ' ');

    private static DateTime Local(DateTime utc) => TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), _berlin);

    private static IEnumerable<(TKey Key, int Count, long Cents)> Sums<TKey, TRow>(IEnumerable<IGrouping<TKey, TRow>> groups, Func<TRow, (int Count, long Cents)> read) =>
        groups.Select(group => (group.Key, group.Sum(row => read(row).Count), group.Sum(row => read(row).Cents))).Where(sum => sum.Item2 > 0);

    private static List<MionPaymentSession> MakeUp(Random random, DateTime today, int count)
    {
        var rows = new List<MionPaymentSession>();
        for (var i = 0; i < count; i++)
        {
            // half of them around midnight in Berlin
            var day = TimeZoneInfo.ConvertTimeToUtc(DateTime.SpecifyKind(today.AddDays(1 - (i % 3 == 0 ? random.Next(8) : random.Next(450))), DateTimeKind.Unspecified), _berlin);
            var created = i % 2 == 0 ? day.AddSeconds(random.Next(-1, 2)) : day.AddSeconds(-random.Next(86_400));
            DateTime? paid = random.Next(3) > 0 ? created.AddSeconds(random.Next(-2, 200_000)) : null;
            var row = Charges.Make(created, paid, random.Next(1, 100_000), random.Next(3) switch { 0 => "lightning", 1 => "on-chain", _ => "" }, random.Next(1, 3));
            row.ExpiresOnUtc = created.AddDays(1);
            row.Attempt = random.Next(1, 3);
            if (random.Next(6) == 0)
                row.State = PaymentSessionState.NeedsPerson;
            else if (paid is null)
                row.State = (PaymentSessionState)(10 * random.Next(1, 4));
            row.IsReserved = row.State == PaymentSessionState.Opening && random.Next(2) == 0;
            rows.Add(row);
        }

        return rows;
    }
}
