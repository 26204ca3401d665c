using System.Globalization;
using System.Text;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Desk;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Desk.Integration;

/// <summary>The two files: for programs, which never changes, and for spreadsheets, which is the reader's.</summary>
[TestFixture]
public sealed class ExportTests : ShopFixture
{
    private static readonly DateTime _created = new(2026, 3, 28, 23, 30, 0, DateTimeKind.Utc);

    // in Berlin the clock has been put forward in between
    private static readonly DateTime _paid = new(2026, 3, 29, 13, 5, 9, DateTimeKind.Utc);

    private const string Id = "0c9fdbc2-7a0e-4e2c-9d59-1f3a1f5a8a11";

    [TestCase("en-US")]
    [TestCase("de-DE")]
    public async Task The_file_for_programs_is_byte_for_byte_what_it_has_always_been_with_what_is_new_at_the_end(string culture)
    {
        await SpeakAsync(culture);
        await Shop.SetSettingAsync("datetimesettings.defaultstoretimezoneid", "Europe/Berlin");
        await AddAsync();
        const string expected =
            "\uFEFFpayment_session_id,reference,order_id,order_number,store,state,reason,amount_cents,currency,"
            + "order_total,order_currency,exchange_rate,exchange_rate_utc,method,created_utc,paid_utc,refund_session_ids,tip_cents,till,assistant_id\r\n"
            + Id + ",ref-1,0,,Demo shop,NeedsPerson,PaidTwice,123450,EUR,1360.5001,USD,0.907407407407,2026-03-27T01:02:03Z,'=lightning;,2026-03-28T23:30:00Z,2026-03-29T13:05:09Z,a b,250,Counter,\r\n";

        Assert.That(await ExportAsync(""), Is.EqualTo(Encoding.UTF8.GetBytes(expected)));
        Assert.That(await ExportAsync("xlsx"), Is.EqualTo(Encoding.UTF8.GetBytes(expected)), "no such format");
    }

    [TestCase("en-US", "3/29/2026 15:05:09,,Demo shop,'=lightning;,1234.50,\"Paid, needs a decision\",The order had already been paid by another Bitcoin payment.,"
        + "1360.5001,USD,0.907407407407,a b,\"Two \"\"coffees\"\"\",3/29/2026 00:30:00," + Id + ",2.50,Counter,")]
    [TestCase("de-DE", "29.03.2026 15:05:09;;Demo shop;\"'=lightning;\";1234,50;Paid, needs a decision;The order had already been paid by another Bitcoin payment.;"
        + "1360,5001;USD;0,907407407407;a b;\"Two \"\"coffees\"\"\";29.03.2026 00:30:00;" + Id + ";2,50;Counter;")]
    [TestCase("fi-FI", "29.3.2026 15:05:09;;Demo shop;\"'=lightning;\";1234,50;Paid, needs a decision;The order had already been paid by another Bitcoin payment.;"
        + "1360,5001;USD;0,907407407407;a b;\"Two \"\"coffees\"\"\";29.3.2026 00:30:00;" + Id + ";2,50;Counter;")]
    public async Task The_file_for_spreadsheets_is_written_as_the_readers_country_writes(string culture, string line)
    {
        await SpeakAsync(culture);
        await Shop.SetSettingAsync("datetimesettings.defaultstoretimezoneid", "Europe/Berlin");
        await AddAsync();
        var separator = culture == "en-US" ? "," : ";";

        var lines = Encoding.UTF8.GetString(await ExportAsync(MionPaymentsController.ForSpreadsheets)).Split("\r\n");

        Assert.That(lines, Is.EqualTo(new[]
        {
            "\uFEFF" + string.Join(separator, "Paid", "Order", "Store", "Paid by", "Amount (EUR)", "State", "Reason", "Order total", "Currency", "Euro for one unit", "Refunds at Mion", "Note", "Created", "Payment id", "Tip (EUR)", "Till", "Charged by"),
            line,
            string.Empty
        }));
        Assert.That(await Shop.GetLogAsync(), Is.Empty, "every text is there");
    }

    /// <summary>A number that a spreadsheet of a country takes for a text cannot be summed up.</summary>
    [TestCase("sv-SE", "-1234,50")]
    [TestCase("nb-NO", "-1234,50")]
    [TestCase("fr-FR", "-1234,50")]
    [TestCase("en-GB", "-1234.50")]
    public void An_amount_has_a_plain_minus_and_no_thousands(string culture, string written) =>
        Assert.That(new SheetFormat(new ReaderFormat(CultureInfo.GetCultureInfo(culture), TimeZoneInfo.Utc)).Euro(-123450), Is.EqualTo(written));

    private Task AddAsync() => InScopeAsync<IRepository<MionPaymentSession>, bool>(async sessions =>
    {
        var session = Charges.Make(_created, _paid, cents: 1_234_50, method: "=lightning;");
        (session.PaymentSessionId, session.Reference, session.Note, session.RefundSessionIds) = (Id, "ref-1", "Two \"coffees\"", "a b");
        (session.State, session.ReviewReason) = (PaymentSessionState.NeedsPerson, ReviewReason.PaidTwice);
        (session.TipCents, session.TillName) = (2_50, "Counter");
        (session.OrderTotal, session.CurrencyCode, session.ExchangeRate) = (1360.5001m, "USD", 0.907407407407m);
        session.ExchangeRateOnUtc = new DateTime(2026, 3, 27, 1, 2, 3, DateTimeKind.Utc);
        await sessions.InsertAsync(session, publishEvent: false);
        return true;
    });

    private async Task<byte[]> ExportAsync(string format)
    {
        var admin = NewBrowser();
        await admin.EnterAdminAsync();
        using var answer = await admin.SendFormAsync("/Admin/MionPayments/Export", ("format", format));
        Assert.That(answer.Content.Headers.ContentType?.ToString(), Is.EqualTo("text/csv; charset=utf-8"));
        return await answer.Content.ReadAsByteArrayAsync();
    }
}
