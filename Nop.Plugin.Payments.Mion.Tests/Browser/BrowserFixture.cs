using Microsoft.Playwright;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Browser;

/// <summary>
/// A shop, a stand-in for Mion, and a real browser. Where no Chromium is installed the tests are skipped, unless
/// <c>MION_BROWSER_TESTS=required</c> says that they must run. Pictures go to TestResults/screenshots.
/// </summary>
public abstract class BrowserFixture : ShopFixture
{
    private readonly List<IBrowserContext> _contexts = [];

    /// <summary>A window without cookies.</summary>
    /// <param name="phone">Whether it is as narrow as a phone.</param>
    /// <param name="javaScript">Whether scripts run.</param>
    protected async Task<IPage> NewPageAsync(bool phone = false, bool javaScript = true)
    {
        var browser = await Chromium.GetAsync();
        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = phone ? new ViewportSize { Width = 390, Height = 844 } : new ViewportSize { Width = 1280, Height = 900 },
            JavaScriptEnabled = javaScript,
            Locale = "en-US"
        });
        context.SetDefaultTimeout(30_000);
        _contexts.Add(context);
        return await context.NewPageAsync();
    }

    /// <summary>Closes the windows.</summary>
    [TearDown]
    public async Task CloseWindows()
    {
        foreach (var context in _contexts)
            await context.CloseAsync();
    }

    /// <summary>Goes through checkout by its buttons, up to Mion's page.</summary>
    protected async Task BuyAsync(IPage page)
    {
        ArgumentNullException.ThrowIfNull(page);
        await page.GotoAsync(Shop.BaseAddress.ToString());
        await page.ClickAsync($"[data-product='{ShopBrowser.Mug}']");
        await page.ClickAsync("#checkout");
        if (!OnePageCheckout)
        {
            await page.ClickAsync("main button");
            await page.Locator(".mion-info").WaitForAsync();
            await page.ClickAsync("main button");
        }

        await ShowAsync(page, "checkout");
        await page.ClickAsync("#confirm");
        await page.WaitForURLAsync($"{Mion.BaseAddress}checkout/**");
    }

    /// <summary>Takes a picture of the whole page.</summary>
    protected Task ShowAsync(IPage page, string name)
    {
        ArgumentNullException.ThrowIfNull(page);
        var test = TestContext.CurrentContext.Test;
        return page.ScreenshotAsync(new PageScreenshotOptions
        {
            FullPage = true,
            Path = Path.Combine(Repository.Root, "TestResults", "screenshots", $"{test.ClassName!.Split('.')[^1]}.{test.MethodName}.{name}{(OnePageCheckout ? ".one-page" : "")}.png")
        });
    }
}
