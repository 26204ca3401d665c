using Nop.Plugin.Payments.Mion.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Nop.Plugin.Payments.Mion.Tests.Till.Browser;

/// <summary>A tip is chosen at the assistant's page or on the customer's screen, whoever presses first.</summary>
[TestFixture]
public sealed class TipTests : TillBrowserFixture
{
    [SetUp]
    public async Task OfferAsync()
    {
        foreach (var (setting, value) in new[] { ("tippercent1", "5"), ("tippercent2", "10"), ("tippercent3", "15"), ("allowfreetip", "true"), ("returnseconds", "0") })
            await Shop.SetSettingAsync($"miontillsettings.{setting}", value);
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task The_assistant_types_a_tip_and_the_receipt_says_it(bool phone)
    {
        var look = phone ? "phone" : "desktop";
        var till = await OpenTillAsync(phone);
        await BeginAsync(till, "12.90");
        await Expect(till.Locator("[name=percent]")).ToHaveTextAsync(["No tip€12.90", "5%+ €0.65", "10%+ €1.29", "15%+ €1.94"]);
        await ShowAsync(till, $"choice.{look}", picture: phone ? null : "till-tip.png");
        await AssertAccessibleAsync(till);

        await till.FillAsync("#mion-tip-amount", "20");
        await till.PressAsync("#mion-tip-amount", "Enter");
        await Expect(till.Locator("#mion-tip-problem")).ToContainTextAsync("up to €12.90");
        await ShowAsync(till, $"refused.{look}");
        await till.FillAsync("#mion-tip-amount", "2");
        await till.PressAsync("#mion-tip-amount", "Enter");

        await ExpectStateAsync(till, "Waiting");
        await Expect(till.Locator(".mion-till-amount")).ToHaveTextAsync("€14.90");
        await ShowAsync(till, $"code.{look}");
        Mion.PayByLightning(AtMion.PaymentSessionId);
        await ExpectStateAsync(till, "Paid");
        await till.EmulateMediaAsync(new() { Media = Microsoft.Playwright.Media.Print });
        await Expect(till.Locator("#mion-receipt dd:visible")).ToContainTextAsync(["€12.90", "€2.00", "€14.90"]);
        await ShowAsync(till, $"receipt.{look}");
    }

    [Test]
    public async Task The_customer_chooses_on_the_screen_and_the_assistants_page_follows()
    {
        var till = await OpenTillAsync();
        var screen = await OpenScreenAsync(till, phone: true, dark: true);
        await BeginAsync(till, "12.90");
        await ExpectStateAsync(screen, "Tip");
        await Expect(screen.Locator("[data-tips] button")).ToHaveTextAsync(["No tip€12.90", "5%+ €0.65", "10%+ €1.29", "15%+ €1.94"]);
        await ShowAsync(screen, "screen", fullPage: false);
        await AssertAccessibleAsync(screen);

        await screen.Locator("[data-tips] button").Nth(2).ClickAsync();

        await ExpectStateAsync(screen, "Waiting");
        await ExpectStateAsync(till, "Waiting");
        await Expect(till.Locator(".mion-till-amount")).ToHaveTextAsync("€14.19");
        await Expect(till.Locator("#mion-split")).ToContainTextAsync("€12.90");
        await Expect(screen.Locator("a:visible, button:visible")).ToHaveCountAsync(0);
        Mion.PayByLightning(AtMion.PaymentSessionId);
        await ExpectStateAsync(till, "Paid");
        await till.EmulateMediaAsync(new() { Media = Microsoft.Playwright.Media.Print });
        await Expect(till.Locator("#mion-receipt dd:visible")).ToContainTextAsync(["€12.90", "€1.29", "€14.19"]);
    }

    private static async Task BeginAsync(Microsoft.Playwright.IPage till, string amount)
    {
        await till.FillAsync("#mion-amount", amount);
        await till.ClickAsync("#mion-charge-amount");
        await ExpectStateAsync(till, "Tip");
    }
}
