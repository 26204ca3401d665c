using Microsoft.Playwright;
using Nop.Plugin.Payments.Mion.Sandbox.Mion;
using Nop.Plugin.Payments.Mion.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Nop.Plugin.Payments.Mion.Tests.Till.Browser;

/// <summary>
/// A shop assistant, who may charge at the till and nothing else, and a customer's screen in another browser.
/// </summary>
public abstract class TillBrowserFixture : BrowserFixture
{
    private const float Patience = 60_000;

    /// <summary>The charge at Mion that was opened last.</summary>
    protected StandInSession AtMion => Mion.Sessions.Last(session => session.RetailPos);

    /// <summary>An assistant logs in and sees the till's start page.</summary>
    protected async Task<IPage> OpenTillAsync(bool phone = false, bool dark = false, bool asOwner = false)
    {
        var page = await NewPageAsync(phone, dark: dark);
        await page.GotoAsync($"{Shop.BaseAddress}Admin/Mion/Till");
        await page.ClickAsync(asOwner ? "#login" : "#login-assistant");
        if (asOwner)
            await page.GotoAsync($"{Shop.BaseAddress}Admin/Mion/Till");
        await page.Locator("#mion-charge-amount").WaitForAsync();
        return page;
    }

    /// <summary>Charges an amount and waits for its code.</summary>
    protected async Task<IPage> ChargeAsync(IPage till, string amount = "12.50", string note = "")
    {
        ArgumentNullException.ThrowIfNull(till);
        await till.FillAsync("#mion-amount", amount);
        await till.FillAsync("#mion-note", note);
        await till.ClickAsync("#mion-charge-amount");
        await ExpectStateAsync(till, "Waiting");
        await ExpectCodeAsync(till);
        return till;
    }

    /// <summary>Opens the till's customer screen in a browser where nobody is logged in.</summary>
    /// <param name="till">The till's start page, or a charge that waits.</param>
    /// <param name="phone">Whether the screen is small.</param>
    /// <param name="dark">Whether it is dark.</param>
    protected async Task<IPage> OpenScreenAsync(IPage till, bool phone = false, bool dark = false)
    {
        ArgumentNullException.ThrowIfNull(till);
        var address = await till.Locator("#mion-screen-link, #mion-screen").First.GetAttributeAsync("href");
        var page = await NewPageAsync(phone, dark: dark);
        await page.GotoAsync(address!);
        return page;
    }

    /// <summary>That a page shows a state: in its one visible text, not only in its markup.</summary>
    protected static async Task ExpectStateAsync(IPage page, string state)
    {
        ArgumentNullException.ThrowIfNull(page);
        await Expect(page.Locator("[data-till]")).ToHaveAttributeAsync("data-state", state, new() { Timeout = Patience });
        await Expect(page.Locator(".mion-till-state:visible")).ToHaveCountAsync(1);
        await Expect(page.Locator($".mion-till-state[data-for~='{state}']")).ToBeVisibleAsync();
    }

    /// <summary>That the code is drawn.</summary>
    protected static Task ExpectCodeAsync(IPage page)
    {
        ArgumentNullException.ThrowIfNull(page);
        return page.WaitForFunctionAsync("() => { const code = document.querySelector('[data-qr]'); return code.complete && code.naturalWidth > 0; }",
            null, new() { Timeout = Patience });
    }

    /// <summary>Waits for the code after another one.</summary>
    /// <returns>Its address.</returns>
    protected static async Task<string> ExpectNextCodeAsync(IPage page, string previous)
    {
        ArgumentNullException.ThrowIfNull(page);
        await Expect(page.Locator("[data-qr]")).Not.ToHaveAttributeAsync("src", previous, new() { Timeout = Patience });
        await ExpectCodeAsync(page);
        return (await page.Locator("[data-qr]").GetAttributeAsync("src"))!;
    }
}
