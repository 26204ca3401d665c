using System.Xml.Linq;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Data;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Desk.Integration;

/// <summary>What the customer's invoice and the accountant get to see.</summary>
[TestFixtureSource(typeof(Databases), nameof(Databases.FileAndServers))]
public sealed class BooksTests(DatabaseKind database) : ShopFixture(database)
{
    [Test]
    public async Task A_paid_order_says_with_what_it_was_paid_how_much_when_and_how()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        await ChangeOrderAsync(purchase.OrderId, order => order.CustomValuesXml = "<DictionarySerializer><item><key>Purchase order</key><value>17</value></item></DictionarySerializer>");
        Mion.PayByLightning(session.PaymentSessionId);
        await PollWhenDueAsync();

        var paidOn = (await NewestSessionAsync(purchase.OrderId)).PaidOnUtc!.Value;
        Assert.That(await ValuesAsync(purchase.OrderId), Is.EqualTo(new[]
        {
            ("Purchase order", "17"),
            ("Paid with Bitcoin", $"€12.90, {paidOn.ToString("g", System.Globalization.CultureInfo.GetCultureInfo("en-US"))}, Lightning")
        }));
    }

    [Test]
    public async Task It_is_there_when_nopCommerce_sends_its_mails_and_saved_in_the_same_statement_as_the_payment()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        Mion.PayByLightning(session.PaymentSessionId);
        string? seen = null;
        Breakages.BeforeMarkAsPaid = order =>
        {
            seen = order.CustomValuesXml;
            return Task.CompletedTask;
        };
        // whatever the plugin would have done afterwards does not happen
        Breakages.AfterMarkAsPaid = Breakages.Die;

        await PollWhenDueAsync();

        var saved = await Shop.GetOrderAsync(purchase.OrderId);
        Assert.That(seen, Does.Contain("Paid with Bitcoin"));
        Assert.That((saved.PaymentStatus, saved.CustomValuesXml), Is.EqualTo((PaymentStatus.Paid, seen)));
    }

    [Test]
    public async Task An_order_that_is_not_paid_by_it_says_nothing()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        await ChangeOrderAsync(purchase.OrderId, order => order.OrderStatus = OrderStatus.Cancelled);
        Mion.PayByLightning(session.PaymentSessionId);

        await PollWhenDueAsync();

        Assert.That((await Shop.GetOrderAsync(purchase.OrderId)).CustomValuesXml, Is.Null.Or.Empty);
    }

    [Test]
    public async Task The_note_for_the_merchant_names_the_way_of_payment_in_words()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        Mion.PayOnChain(session.PaymentSessionId, confirmed: true);

        await PollWhenDueAsync();

        Assert.That(await MionNotesAsync(purchase.OrderId), Has.One.Contains("(On the blockchain, session"));
    }

    [Test]
    public async Task A_refund_is_made_at_Mion_and_noted_offline_in_the_shop_and_nothing_undoes_it()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        Mion.PayByLightning(session.PaymentSessionId);
        await PollWhenDueAsync();
        var refund = Mion.Refund(session.PaymentSessionId).RefundSessionIds.Single();
        // what nopCommerce's button "Refund (Offline)" does
        await ChangeOrderAsync(purchase.OrderId, order => (order.PaymentStatus, order.RefundedAmount) = (PaymentStatus.Refunded, order.OrderTotal));
        var admin = NewBrowser();
        await admin.EnterAdminAsync();

        using var check = await admin.SendFormAsync("/Admin/MionPayments/Check", ("id", $"{session.Id}"));
        using var examined = await admin.SendFormAsync("/Admin/MionDoctor/Examine", ("restart", "true"));
        using var export = await admin.SendFormAsync("/Admin/MionPayments/Export");
        var panel = await check.Content.ReadAsStringAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(panel, Does.Contain(refund).And.Contain("first send the money back in Mion").And.Contain("Refund (Offline)"));
            Assert.That(await export.Content.ReadAsStringAsync(), Does.Contain($",{refund},0,,\r\n"));
            Assert.That(await examined.Content.ReadAsStringAsync(), Does.Contain("\"Findings\":[]"));
            Assert.That(await PaymentStatusAsync(purchase.OrderId), Is.EqualTo(PaymentStatus.Refunded));
            Assert.That((await NewestSessionAsync(purchase.OrderId)).State, Is.EqualTo(PaymentSessionState.Paid));
            Assert.That(await MionNotesAsync(purchase.OrderId), Has.One.Contains(refund));
        }
    }

    private async Task<List<(string, string)>> ValuesAsync(int orderId) =>
        [.. XDocument.Parse((await Shop.GetOrderAsync(orderId)).CustomValuesXml).Root!.Elements("item").Select(item => (item.Element("key")!.Value, item.Element("value")!.Value))];
}
