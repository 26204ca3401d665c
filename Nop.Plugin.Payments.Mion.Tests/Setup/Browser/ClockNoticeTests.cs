using Nop.Plugin.Payments.Mion.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Nop.Plugin.Payments.Mion.Tests.Setup.Browser;

/// <summary>A merchant whose server's clock is wrong.</summary>
[TestFixture]
public sealed class ClockNoticeTests : BrowserFixture
{
    protected override TimeSpan MionAhead => TimeSpan.FromSeconds(1210);

    [TestCase(false)]
    [TestCase(true)]
    public async Task The_configuration_page_says_by_how_much_and_what_to_do(bool phone)
    {
        await BuyWithSessionAsync();

        var page = await OpenAdminAsync("/Admin/Mion/Configure", phone);

        await Expect(page.Locator("#mion-clock-notice")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex(
            @"^This server's clock and Mion's are 1,2(0[0-9]|1[01]) seconds apart\. Payments are confirmed all the same; have this server's clock set\.$"));
        await Expect(page.GetByLabel("Available amount means paid in")).ToBeCheckedAsync();
        await AssertAccessibleAsync(page);
        await ShowAsync(page, phone ? "clock.phone" : "clock");
    }
}
