using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Nop.Plugin.Payments.Mion.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Nop.Plugin.Payments.Mion.Tests.Support;

/// <summary>
/// A shop, a stand-in for Mion, and a real browser. Where no Chromium is installed the tests are skipped, unless
/// <c>MION_BROWSER_TESTS=required</c> says that they must run. Pictures go to TestResults/screenshots;
/// <c>MION_PICTURES=docs/pictures</c> makes those that the documents show, too, in that folder of the repository.
/// </summary>
[Category("Slow")]
public abstract class BrowserFixture : ShopFixture
{
    private readonly List<IBrowserContext> _contexts = [];

    private protected override string? CompiledViews => null;

    /// <summary>A window without cookies.</summary>
    /// <param name="phone">Whether it is as narrow as a phone.</param>
    /// <param name="javaScript">Whether scripts run.</param>
    /// <param name="dark">Whether its owner prefers dark pages.</param>
    /// <param name="keepsCookies">Whether its owner allows cookies.</param>
    protected async Task<IPage> NewPageAsync(bool phone = false, bool javaScript = true, bool dark = false, bool keepsCookies = true)
    {
        var browser = await Chromium.GetAsync();
        var size = phone ? new ViewportSize { Width = 390, Height = 844 } : new ViewportSize { Width = 1280, Height = 900 };
        var context = !keepsCookies ? await Chromium.OpenWithoutCookiesAsync(size) : await browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = size,
            JavaScriptEnabled = javaScript,
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            Locale = "en-US"
        });
        context.SetDefaultTimeout(90_000);
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

        await ShowAsync(page, "checkout", picture: OnePageCheckout ? "checkout.png" : null, part: "main");
        await page.ClickAsync("#confirm");
        await ArriveAsync(page, $"{Mion.BaseAddress}checkout/**");
    }

    /// <summary>
    /// Waits until a page is at an address and has loaded. The browser is asked: what Playwright has for it
    /// (see BannedSymbols.txt) looks at what it heard before and then listens for the rest, and waits for its
    /// whole time limit where the page has loaded in between.
    /// </summary>
    /// <param name="page">The page.</param>
    /// <param name="address">Where to; one or more * stand for any characters.</param>
    protected static async Task ArriveAsync(IPage page, string address)
    {
        ArgumentNullException.ThrowIfNull(page);
        ArgumentNullException.ThrowIfNull(address);
        var pattern = new Regex($"^{Regex.Escape(address).Replace(@"\*", ".*", StringComparison.Ordinal)}$");
        await Expect(page).ToHaveURLAsync(pattern, new() { Timeout = 90_000 });
        await page.WaitForFunctionAsync("document.readyState === 'complete'");
    }

    /// <summary>Takes a picture of a page.</summary>
    /// <param name="page">The page.</param>
    /// <param name="name">What it shows; part of the file's name.</param>
    /// <param name="fullPage">Whether also of what has to be scrolled to.</param>
    /// <param name="picture">The file's name in docs/pictures, where a document shows it.</param>
    /// <param name="part">Selector of the part of the page that the document shows; without it, as much from the top as a window holds.</param>
    /// <returns>The file.</returns>
    protected async Task<string> ShowAsync(IPage page, string name, bool fullPage = true, string? picture = null, string? part = null)
    {
        ArgumentNullException.ThrowIfNull(page);
        var test = TestContext.CurrentContext.Test;
        var file = Path.Combine(Repository.Root, "TestResults", "screenshots", $"{test.ClassName!.Split('.')[^1]}.{test.MethodName}.{name}{(OnePageCheckout ? ".one-page" : "")}.png");
        await page.ScreenshotAsync(new PageScreenshotOptions { FullPage = fullPage, Path = file });
        if (picture != null && Environment.GetEnvironmentVariable("MION_PICTURES") is { Length: > 0 } folder)
            await PictureAsync(page, Path.Combine(Repository.Root, folder, picture), part);
        return file;
    }

    /// <summary>Takes pictures of a page until the QR codes on it can be read, as a person does who holds a phone to it.</summary>
    /// <param name="page">The page.</param>
    /// <param name="name">What it shows; part of the file's name.</param>
    /// <param name="fullPage">Whether also of what has to be scrolled to.</param>
    /// <param name="picture">The file's name in docs/pictures, where a document shows it.</param>
    /// <param name="codes">How many codes it shows.</param>
    /// <returns>What they hold.</returns>
    protected async Task<string[]> ScanAsync(IPage page, string name, bool fullPage = true, string? picture = null, int codes = 1)
    {
        string[] read = [];
        await Soon.Async($"{codes} code(s) can be read off {name}", async () =>
        {
            read = await Zbar.ReadAsync(await ShowAsync(page, name, fullPage, picture));
            return read.Length == codes;
        });
        return read;
    }

    private static async Task PictureAsync(IPage page, string file, string? part)
    {
        if (part != null)
        {
            await page.Locator(part).ScreenshotAsync(new LocatorScreenshotOptions { Path = file });
            return;
        }

        await page.ScreenshotAsync(new PageScreenshotOptions
        {
            FullPage = true,
            Clip = new Clip { X = 0, Y = 0, Width = page.ViewportSize!.Width, Height = page.ViewportSize.Height },
            Path = file
        });
    }

    /// <summary>That nobody is kept out: no serious finding of axe, and nothing sticks out at the side.</summary>
    protected static async Task AssertAccessibleAsync(IPage page)
    {
        ArgumentNullException.ThrowIfNull(page);
        var result = await page.RunAxe();
        Assert.That(result.Violations.Where(violation => violation.Impact is "serious" or "critical")
            .Select(violation => $"{violation.Id}: {violation.Help} ({string.Join(", ", violation.Nodes.Select(node => node.Html))})"), Is.Empty);
        Assert.That(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"), Is.True, "nothing sticks out at the side");
    }

    /// <summary>Opens a page of the admin area, by the log-in page where that stands in the way.</summary>
    protected async Task<IPage> OpenAdminAsync(string address, bool phone = false)
    {
        var page = await NewPageAsync(phone);
        await page.GotoAsync(new Uri(Shop.BaseAddress, address).ToString());
        if (await page.Locator("#login").CountAsync() > 0)
        {
            await page.ClickAsync("#login");
            await ArriveAsync(page, $"**{address}");
        }

        return page;
    }
}
