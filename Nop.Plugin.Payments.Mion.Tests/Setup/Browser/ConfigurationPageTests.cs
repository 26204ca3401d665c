using Microsoft.Playwright;
using Nop.Plugin.Payments.Mion.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Nop.Plugin.Payments.Mion.Tests.Setup.Browser;

/// <summary>A merchant at the configuration page.</summary>
[TestFixture]
public sealed class ConfigurationPageTests : BrowserFixture
{
    [Test]
    public async Task The_merchant_enters_a_key_and_sees_that_it_works()
    {
        var page = await OpenAsync();
        await page.FillAsync("#ApiKey", "demo-key");
        await page.FillAsync("#SessionLifetimeMinutes", "120");

        await page.GetByRole(AriaRole.Button, new() { Name = "Save and test connection" }).ClickAsync();

        await Expect(page.GetByText("It works: Mion answers, and the API key is accepted.")).ToBeVisibleAsync();
        await Expect(page.Locator("#SessionLifetimeMinutes")).ToHaveValueAsync("120");
        await Expect(page.Locator("#ApiKey")).ToHaveValueAsync("");
        Assert.That(await Shop.GetSettingAsync("mionsettings.sessionlifetimeminutes"), Is.EqualTo("120"));
        Assert.That(await Shop.GetSettingAsync("mionsettings.apikey"), Does.StartWith("protected:"));
        await ShowAsync(page, "works");
    }

    [Test]
    public async Task The_merchant_is_told_what_is_wrong()
    {
        var page = await OpenAsync();
        await page.FillAsync("#ApiKey", "mistyped");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save and test connection" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "Mion answers, but does not accept the API key." })).ToBeVisibleAsync();
        // it stays on the page, where the notification goes away
        await Expect(page.Locator("#mion-health")).ToContainTextAsync("Mion answers, but does not accept the API key.");

        await page.FillAsync("#SessionLifetimeMinutes", "5");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save and test connection" }).ClickAsync();

        await Expect(page.Locator("[data-valmsg-for=SessionLifetimeMinutes]")).ToContainTextAsync("from 15 to 10080 minutes");
        await ShowAsync(page, "wrong");
        Assert.That(await Shop.GetSettingAsync("mionsettings.sessionlifetimeminutes"), Is.Null);
    }

    private async Task<IPage> OpenAsync()
    {
        var page = await NewPageAsync();
        await page.GotoAsync($"{Shop.BaseAddress}Admin/Mion/Configure");
        await page.ClickAsync("#login");
        await page.Locator("#mion-configuration").WaitForAsync();
        return page;
    }
}
