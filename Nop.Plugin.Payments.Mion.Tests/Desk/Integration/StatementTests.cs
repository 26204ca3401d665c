using System.Globalization;
using System.Text;
using LinqToDB.Data;
using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Domain.Orders;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Desk;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Payments.Migrations;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Data;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Hosting;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Desk.Integration;

/// <summary>The statement of a month says what the rows say, and nothing else.</summary>
[TestFixtureSource(typeof(Databases), nameof(Databases.All))]
public sealed class StatementTests(DatabaseKind database) : ShopFixture(database)
{
    private static readonly TimeZoneInfo _berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
    private static readonly DateTime _january = new(2026, 1, 1);

    protected override bool SecondStore => true;

    /// <summary>Made-up payments of fourteen months, many of them within a second of a day's or a month's end, and refunds of any later time.</summary>
    [TestCase(1)]
    [TestCase(20261129, Category = "Slow")]
    public async Task Each_paid_row_is_in_one_month_and_every_sum_is_that_of_the_rows(int seed)
    {
        await Shop.SetSettingAsync("datetimesettings.defaultstoretimezoneid", "Europe/Berlin");
        var rows = MakeUp(new Random(seed), 120);
        await InsertAsync(rows);
        foreach (var store in new[] { 0, 2 })
        {
            var ofStore = rows.Where(row => store == 0 || row.StoreId == store).ToList();
            var (closing, listed, refunded) = (0L, new List<string>(), new List<string>());
            for (var month = _january; month < _january.AddMonths(16); month = month.AddMonths(1))
            {
                var statement = await ReadAsync(month, store);
                var paid = ofStore.Where(row => IsIn(month, row.PaidOnUtc)).ToList();
                using (Assert.EnterMultipleScope())
                {
                    Assert.That(statement.OpeningCents, Is.EqualTo(closing), $"{month:y}: begins where the month before ended");
                    Assert.That(statement.PaidCents, Is.EqualTo(paid.Sum(row => row.AmountCents)), "without tips");
                    Assert.That(statement.TipCents, Is.EqualTo(paid.Sum(row => row.TipCents)));
                    Assert.That(statement.Days.Select(day => (day.Day, day.Method, day.Count, day.Cents)), Is.EquivalentTo(paid
                        .GroupBy(row => (Local(row.PaidOnUtc!.Value).Date, row.PaymentMethod)).Select(day => (day.Key.Date, day.Key.PaymentMethod, day.Count(), day.Sum(row => row.AmountCents)))));
                    Assert.That(Ids(statement.Refunds), Is.EquivalentTo(Ids(ofStore.Where(row => row.PaidOnUtc is not null && IsIn(month, row.RefundedOnUtc)))));
                    Assert.That(Ids(statement.Waiting), Is.EquivalentTo(Ids(ofStore.Where(row => row.State == PaymentSessionState.NeedsPerson && IsIn(month, row.PaidOnUtc ?? row.CreatedOnUtc)))));
                    Assert.That(Ids(statement.Handled), Is.EquivalentTo(Ids(paid.Where(row => row.State == PaymentSessionState.Handled))));
                    Assert.That(statement.ClosingCents, Is.EqualTo(statement.OpeningCents + statement.PaidCents + paid.Sum(row => row.TipCents) - statement.Refunds.Sum(row => row.AmountCents + row.TipCents)));
                }

                var lines = await ExportAsync(month, store);
                Assert.That(lines.Sum(line => line.Amount + line.Tip), Is.EqualTo(statement.ClosingCents / 100m), "the columns sum up to the last sum");
                listed.AddRange(lines.Where(line => line.What == "Paid").Select(line => line.Id));
                refunded.AddRange(lines.Where(line => line.What == "Refunded").Select(line => line.Id));
                closing = statement.ClosingCents;
            }

            Assert.That(listed, Is.EquivalentTo(Ids(ofStore.Where(row => row.PaidOnUtc is not null))), "each once");
            Assert.That(refunded, Is.EquivalentTo(Ids(ofStore.Where(row => row.PaidOnUtc is not null && row.RefundedOnUtc is not null))), "each once");
        }
    }

    [Test]
    public async Task A_refund_counts_in_the_month_in_which_the_store_first_heard_of_it()
    {
        var (_, session) = await BuyWithSessionAsync();
        Mion.PayByLightning(session.PaymentSessionId);
        await PollWhenDueAsync();
        var paidOn = (await NewestSessionAsync(session.OrderId)).PaidOnUtc!.Value;
        Time.Advance(TimeSpan.FromDays(32));
        Mion.Refund(session.PaymentSessionId);
        await CheckAsync(session);
        var heardOn = Time.UtcNow;
        var before = await ReadAsync(heardOn, storeId: 1);
        Time.Advance(TimeSpan.FromDays(31));
        Mion.Refund(session.PaymentSessionId);
        await CheckAsync(session);

        var kept = await NewestSessionAsync(session.OrderId);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(kept.RefundSessionIds!.Split(' '), Has.Length.EqualTo(2));
            Assert.That(kept.RefundedOnUtc, Is.EqualTo(heardOn).Within(TimeSpan.FromMinutes(1)), "the first");
            Assert.That((before.OpeningCents, before.PaidCents, before.RefundedCents, before.ClosingCents), Is.EqualTo((12_90L, 0L, 12_90L, 0L)));
            Assert.That((await ReadAsync(paidOn, storeId: 1)).ClosingCents, Is.EqualTo(12_90));
            Assert.That((await ReadAsync(Time.UtcNow, storeId: 1)).RefundedCents, Is.Zero, "a payment is paid back once");
        }
    }

    [Test]
    public async Task The_page_says_it_in_words_and_of_a_month_that_is_none_shows_the_current_one()
    {
        await SpeakAsync("de-DE");
        var (purchase, session) = await BuyWithSessionAsync();
        await ChangeOrderAsync(purchase.OrderId, order => order.OrderStatus = OrderStatus.Cancelled);
        Mion.PayByLightning(session.PaymentSessionId);
        await PollWhenDueAsync();
        var admin = NewBrowser();
        await admin.EnterAdminAsync();

        foreach (var month in new[] { "", "?month=2026-13", "?month=9999-12", "?month=0001-01", $"?month={Time.UtcNow:yyyy-MM}&storeId=-5" })
        {
            var page = await admin.OpenAsync($"/Admin/MionBooks/Statement{month}");

            using (Assert.EnterMultipleScope())
            {
                Assert.That(page.QuerySelector("select[name=month] option[selected]")?.GetAttribute("value"), Is.EqualTo(Time.UtcNow.ToString("yyyy-MM", CultureInfo.InvariantCulture)));
                Assert.That(page.QuerySelectorAll("[data-sum]").Select(cell => cell.TextContent), Is.EqualTo(new[] { "0,00 €", "12,90 €", "0,00 €", "12,90 €" }));
                Assert.That(page.QuerySelectorAll("#mion-days tbody tr"), Has.Length.EqualTo(1));
                Assert.That(page.Body!.TextContent, Does.Contain("The order had been cancelled when the payment arrived.").And.Contain("The month is not over"));
            }
        }

        Assert.That((await admin.OpenAsync("/Admin/MionBooks/Statement?month=2001-01")).Body!.TextContent, Does.Contain("Januar 2001").And.Not.Contain("The month is not over"));
        Assert.That((await admin.OpenAsync("/Admin/MionBooks/Statement?storeId=2")).QuerySelector("[data-sum=closing]")?.TextContent, Is.EqualTo("0,00 €"));
        Assert.That((await Shop.GetLogAsync()).Select(line => line.ShortMessage), Has.None.Contains("esource"), "every text is there");
    }

    [Test]
    public async Task The_update_finds_out_when_refunds_were_heard_of_and_leaves_what_it_knows()
    {
        var (paidOn, settledOn, heardOn) = (new DateTime(2026, 2, 3, 4, 5, 6), new DateTime(2026, 2, 4, 5, 6, 7), new DateTime(2026, 5, 6, 7, 8, 9));
        var rows = Enumerable.Range(0, 4).Select(_ => Charges.Make(paidOn, paidOn)).ToList();
        rows.ForEach(row => (row.RefundSessionIds, row.SettledOnUtc) = ("a", settledOn));
        (rows[1].SettledOnUtc, rows[2].RefundSessionIds, rows[3].RefundedOnUtc) = (null, "", paidOn);
        await InsertAsync(rows);
        await InScopeAsync<PaymentEventStore, bool>(async events =>
        {
            foreach (var on in new[] { heardOn.AddDays(9), heardOn })
                await events.InsertAsync(new MionPaymentEvent { SessionId = rows[0].Id, Kind = PaymentEventKind.RefundSeen, OnUtc = on });
            await events.InsertAsync(new MionPaymentEvent { SessionId = rows[0].Id, Kind = PaymentEventKind.Paid, OnUtc = paidOn });
            return true;
        });
        var shopDatabase = Shop.Services.GetRequiredService<ShopDatabase>();
        var version = typeof(BooksMigration).GetCustomAttributesData().Single(attribute => attribute.AttributeType.Name == "NopMigrationAttribute").ConstructorArguments[0].Value;
        using (var connection = new DataConnection(shopDatabase.Options))
            connection.Execute(shopDatabase.InDialect($"DELETE FROM \"VersionInfo\" WHERE \"Version\" = {DateTime.Parse((string)version!, CultureInfo.InvariantCulture).Ticks}"));

        Shop.Services.GetRequiredService<PluginMigrations>().Update(Shop.Services.GetRequiredService<LoadedPlugin>().Assembly);

        Assert.That(await InScopeAsync<IRepository<MionPaymentSession>, List<DateTime?>>(sessions => sessions.Table.OrderBy(row => row.Id).Select(row => row.RefundedOnUtc).ToListAsync()),
            Is.EqualTo(new DateTime?[] { heardOn, paidOn, null, paidOn }));
    }

    private static DateTime Local(DateTime utc) => TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), _berlin);

    private static bool IsIn(DateTime month, DateTime? utc) => utc is { } time && (Local(time).Year, Local(time).Month) == (month.Year, month.Month);

    private static IEnumerable<string> Ids(IEnumerable<MionPaymentSession> sessions) => sessions.Select(session => session.PaymentSessionId);

    private static List<MionPaymentSession> MakeUp(Random random, int count)
    {
        var rows = new List<MionPaymentSession>();
        for (var i = 0; i < count; i++)
        {
            var createdOn = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddSeconds(random.Next(400 * 24 * 3600));
            // one of four at the end of a month in Berlin, or a second before it; one of six not at all
            var midnight = TimeZoneInfo.ConvertTimeToUtc(new DateTime(Local(createdOn).Year, Local(createdOn).Month, 1).AddMonths(1), _berlin);
            DateTime? paidOn = random.Next(6) == 0 ? null : random.Next(4) == 0 ? midnight.AddSeconds(-random.Next(2)) : createdOn.AddSeconds(random.Next(100_000));
            var row = Charges.Make(createdOn, paidOn, random.Next(1, 100_000), new[] { "lightning", "on-chain", "" }[random.Next(3)], random.Next(1, 3));
            row.State = paidOn is null ? (random.Next(3) == 0 ? PaymentSessionState.NeedsPerson : PaymentSessionState.Expired)
                : new[] { PaymentSessionState.Paid, PaymentSessionState.Paid, PaymentSessionState.NeedsPerson, PaymentSessionState.Handled }[random.Next(4)];
            row.ReviewReason = row.State == PaymentSessionState.NeedsPerson ? paidOn is null ? ReviewReason.UnknownAtMion : ReviewReason.PaidTwice : ReviewReason.None;
            row.TipCents = random.Next(3) == 0 ? random.Next(1, 1000) : 0;
            row.RefundedOnUtc = random.Next(5) == 0 ? (paidOn ?? createdOn).AddSeconds(random.Next(60 * 24 * 3600)) : null;
            rows.Add(row);
        }

        return rows;
    }

    private Task<Statement> ReadAsync(DateTime month, int storeId) => InScopeAsync<StatementReader, Statement>(reader => reader.ReadAsync(month, storeId));

    private async Task<List<(string What, decimal Amount, string Id, decimal Tip)>> ExportAsync(DateTime month, int storeId)
    {
        var text = await InScopeAsync<StatementExport, string>(async export =>
        {
            using var output = new MemoryStream();
            await export.WriteAsync(month, storeId, output);
            return Encoding.UTF8.GetString(output.ToArray());
        });
        // no cell of these rows has a comma in it but the states, which stand behind the amount
        return [.. text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(','))
            .Select(cells => cells[1] == "\"Paid less refunded" ? ("Opening", decimal.Parse(cells[6], CultureInfo.InvariantCulture), "", 0m) : (cells[1], decimal.Parse(cells[5], CultureInfo.InvariantCulture), cells[^4], decimal.Parse(cells[^3], CultureInfo.InvariantCulture)))];
    }

    private async Task CheckAsync(MionPaymentSession session)
    {
        var admin = NewBrowser();
        await admin.EnterAdminAsync();
        (await admin.SendFormAsync("/Admin/MionPayments/Check", ("id", $"{session.Id}"))).Dispose();
    }
}
