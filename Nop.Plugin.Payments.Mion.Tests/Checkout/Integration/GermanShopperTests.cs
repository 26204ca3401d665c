using System.Text.RegularExpressions;
using Newtonsoft.Json.Linq;
using Nop.Core.Domain.Orders;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Data;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Checkout.Integration;

/// <summary>A shop in Berlin whose first language, and whose owner's, is English; the shopper has chosen German.</summary>
[TestFixture]
public sealed class GermanShopperTests : ShopFixture
{
    [Test]
    public async Task The_payment_page_and_its_news_write_the_amount_in_German()
    {
        var browser = await GermanAsync();
        var (_, session) = await BuyInGermanAsync(browser);

        var page = await browser.OpenAsync($"/mion/payment/{session.Token}");
        using var news = await browser.GetAsync($"/mion/payment/{session.Token}/status");

        Assert.That(page.QuerySelector("#mion-amount")?.TextContent, Is.EqualTo("12,90 €"));
        Assert.That((string?)JObject.Parse(await news.Content.ReadAsStringAsync())["amount"], Is.EqualTo("12,90 €"));
    }

    [Test]
    public async Task A_browser_that_nobody_knows_reads_the_orders_language_and_its_news_make_no_guest_of_it()
    {
        var (_, session) = await BuyInGermanAsync(await GermanAsync());
        var guests = await Shop.CountGuestsAsync();

        using var news = await NewBrowser().GetAsync($"/mion/payment/{session.Token}/status");

        Assert.That((string?)JObject.Parse(await news.Content.ReadAsStringAsync())["amount"], Is.EqualTo("12,90 €"));
        Assert.That(await Shop.CountGuestsAsync(), Is.EqualTo(guests));
    }

    [Test]
    public async Task What_is_kept_in_the_order_is_in_its_language_with_the_stores_time()
    {
        var (purchase, session) = await BuyInGermanAsync(await GermanAsync());
        Mion.PayByLightning(session.PaymentSessionId);
        var paidOn = TimeZoneInfo.ConvertTimeFromUtc(Time.UtcNow, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));
        await PollWhenDueAsync();

        var order = await Shop.GetOrderAsync(purchase.OrderId);
        var notes = await Shop.GetNotesAsync(purchase.OrderId);
        Assert.That(order.CustomValuesXml, Does.Contain("Mit Bitcoin bezahlt").And.Contain($"12,90 €, {paidOn:dd.MM.yyyy HH:mm}, "));
        Assert.That(notes.Count(note => note.StartsWith("Bitcoin-Zahlung: 12,90 € ", StringComparison.Ordinal)), Is.EqualTo(1), "paid");
        Assert.That(notes.Count(note => Regex.IsMatch(note, @"um 12,90 € zu zahlen .* offen bis \d\d\.\d\d\.\d{4} \d\d:\d\d\)")), Is.EqualTo(1), "opened");
    }

    [Test]
    public async Task The_owner_is_written_to_in_the_owners_language()
    {
        var (purchase, session) = await BuyInGermanAsync(await GermanAsync());
        await ChangeOrderAsync(purchase.OrderId, order => order.OrderStatus = OrderStatus.Cancelled);
        Mion.PayByLightning(session.PaymentSessionId);
        await PollWhenDueAsync();

        var mail = await InScopeAsync<IRepository<QueuedEmail>, QueuedEmail>(async mails => (await mails.Table.ToListAsync()).Single());
        Assert.That(mail.Body, Does.Contain("€12.90 received by Mion").Or.Contain("&#8364;12.90 received by Mion"));
        Assert.That((await Shop.GetNotesAsync(purchase.OrderId)).Count(note => note.Contains("12,90 € ", StringComparison.Ordinal) && note.Contains("storniert", StringComparison.Ordinal)), Is.EqualTo(1));
    }

    private async Task<(Purchase Purchase, MionPaymentSession Session)> BuyInGermanAsync(ShopBrowser browser)
    {
        var purchase = await BuyAsync(browser);
        await Soon.Async("the order's note tells of the session", async () => (await Shop.GetNotesAsync(purchase.OrderId)).Any(note => note.StartsWith("Bitcoin-Zahlung:", StringComparison.Ordinal)));
        return (purchase, await NewestSessionAsync(purchase.OrderId));
    }

    private async Task<ShopBrowser> GermanAsync()
    {
        await Shop.SetSettingAsync("datetimesettings.defaultstoretimezoneid", "Europe/Berlin");
        await Shop.SetSettingAsync("localizationsettings.defaultadminlanguageid", "1");
        var browser = NewBrowser();
        await browser.SpeakAsync(await AddLanguageAsync("de-DE"));
        return browser;
    }
}
