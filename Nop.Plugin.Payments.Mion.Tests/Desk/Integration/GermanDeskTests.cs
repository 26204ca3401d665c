using Newtonsoft.Json.Linq;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Desk.Integration;

/// <summary>The merchant's desk in German and in Berlin: every page writes amounts and times alike.</summary>
[TestFixture]
public sealed class GermanDeskTests : ShopFixture
{
    [Test]
    public async Task List_panel_and_examination_write_amounts_with_comma_and_thousands_and_times_of_the_stores_zone()
    {
        await SpeakAsync("de-DE");
        await Shop.SetSettingAsync("datetimesettings.defaultstoretimezoneid", "Europe/Berlin");
        var browser = NewBrowser();
        await browser.AddToCartAsync(quantity: 99);
        var (purchase, session) = await BuyWithSessionAsync(browser);
        await ChangeOrderAsync(purchase.OrderId, order => order.OrderStatus = Nop.Core.Domain.Orders.OrderStatus.Cancelled);
        Mion.PayByLightning(session.PaymentSessionId);
        await PollWhenDueAsync();
        var created = $"{TimeZoneInfo.ConvertTimeFromUtc(session.CreatedOnUtc, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin")):dd.MM.yyyy HH:mm}";
        var admin = NewBrowser();
        await admin.EnterAdminAsync();

        using var list = await admin.SendFormAsync("/Admin/MionPayments/List", ("Length", "10"));
        var row = JObject.Parse(await list.Content.ReadAsStringAsync())["Data"]!.Single();
        var panel = await admin.OpenAsync($"/Admin/MionPayments/Payment/{session.Id}");
        using var examined = await admin.SendFormAsync("/Admin/MionDoctor/Examine", ("restart", "true"));
        var finding = JObject.Parse(await examined.Content.ReadAsStringAsync())["Findings"]!.Single();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(((string?)row["Amount"], (string?)row["CreatedOn"]), Is.EqualTo(("1.290,00 €", created)));
            Assert.That(panel.QuerySelector(".mion-session")?.TextContent, Does.Contain("1.290,00 €").And.Contain(created));
            Assert.That((string?)finding["Amount"], Is.EqualTo("1.290,00 €"));
        }
    }
}
