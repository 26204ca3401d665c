using Microsoft.Playwright;
using Newtonsoft.Json.Linq;
using Nop.Plugin.Payments.Mion.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Nop.Plugin.Payments.Mion.Tests.Till.Browser;

/// <summary>The till on the counter: installed on a tablet, awake, with keys for a thumb, and said to be offline when it is.</summary>
[TestFixture]
public sealed class CounterTests : TillBrowserFixture
{
    // a browser without a screen has no light to keep on
    private const string CountedLight = """
        window.lights = 0;
        Object.defineProperty(navigator, 'wakeLock', { value: { request: what => {
          const lock = new EventTarget();
          window.lights += what === 'screen' ? 1 : 100;
          lock.release = () => { window.lights -= 1; lock.dispatchEvent(new Event('release')); return Promise.resolve(); };
          window.light = lock;
          return Promise.resolve(lock);
        } } });
        """;

    [Test]
    public async Task A_phone_or_a_tablet_can_install_the_till()
    {
        var till = await OpenTillAsync(phone: true);
        var devtools = await till.Context.NewCDPSessionAsync(till);

        var manifest = (await devtools.SendAsync("Page.getAppManifest"))!.Value;
        var errors = (await devtools.SendAsync("Page.getInstallabilityErrors"))!.Value.GetProperty("installabilityErrors").EnumerateArray().Select(error => error.GetProperty("errorId").GetString());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(manifest.GetProperty("url").GetString(), Is.EqualTo($"{Shop.BaseAddress}mion/till.webmanifest"));
            Assert.That(manifest.GetProperty("errors").EnumerateArray().ToList(), Is.Empty);
            // the test's window is a private one, where nothing is installed
            Assert.That(errors.Except(["in-incognito"]), Is.Empty);
        }

        var app = JObject.Parse(manifest.GetProperty("data").GetString()!);
        Assert.That(((string?)app["start_url"], (string?)app["name"], (string?)app["display"]), Is.EqualTo(("/Admin/Mion/Till", "Bitcoin till", "standalone")));
        foreach (var icon in app["icons"]!)
        {
            var size = await till.EvaluateAsync<string>("src => new Promise(done => { const icon = new Image(); icon.onload = () => done(icon.naturalWidth + 'x' + icon.naturalHeight); icon.onerror = () => done('none'); icon.src = src; })", (string)icon["src"]!);
            Assert.That(size, Is.EqualTo((string)icon["sizes"]!));
        }
    }

    [Test]
    public async Task The_screen_stays_awake_while_a_code_is_shown_and_takes_the_light_again_on_return()
    {
        await Shop.SetSettingAsync("miontillsettings.returnseconds", "0");
        var till = await NewPageAsync();
        await till.AddInitScriptAsync(CountedLight);
        await till.GotoAsync($"{Shop.BaseAddress}Admin/Mion/Till");
        await till.ClickAsync("#login-assistant");
        await ChargeAsync(till);
        await till.WaitForFunctionAsync("window.lights === 1");

        // as a browser does when its tab is left; in one step, since the shop's next answer would take the light too
        var lights = await till.EvaluateAsync<int[]>("""
            () => {
              window.light.release();
              const left = window.lights;
              document.dispatchEvent(new Event('visibilitychange'));
              return [left, window.lights];
            }
            """);
        Assert.That(lights, Is.EqualTo(new[] { 0, 1 }));

        Mion.PayByLightning(AtMion.PaymentSessionId);
        await ExpectStateAsync(till, "Paid");
        await till.WaitForFunctionAsync("window.lights === 0");
    }

    [Test]
    public async Task The_customers_screen_is_always_awake_and_can_fill_the_whole_glass()
    {
        var till = await OpenTillAsync();
        var screen = await NewPageAsync();
        await screen.AddInitScriptAsync(CountedLight + """
            Object.defineProperty(Document.prototype, 'fullscreenEnabled', { get: () => true });
            Element.prototype.requestFullscreen = function () { window.filled = this.tagName; return Promise.resolve(); };
            """);
        await screen.GotoAsync((await till.Locator("#mion-screen-link").GetAttributeAsync("href"))!);
        await ExpectStateAsync(screen, "Idle");
        await screen.WaitForFunctionAsync("window.lights === 1");
        await ShowAsync(screen, "idle", fullPage: false);
        await AssertAccessibleAsync(screen);

        await screen.GetByRole(AriaRole.Button, new() { Name = "Full screen" }).ClickAsync();

        Assert.That(await screen.EvaluateAsync<string>("window.filled"), Is.EqualTo("HTML"));
        await ChargeAsync(till);
        await ExpectStateAsync(screen, "Waiting");
        await Expect(screen.Locator("button:visible")).ToHaveCountAsync(0);
        await screen.WaitForFunctionAsync("window.lights === 1");
    }

    [TestCase("en-US", ".", false)]
    [TestCase("de-DE", ",", true)]
    public async Task An_amount_is_typed_by_thumb(string language, string separator, bool phone)
    {
        await SpeakAsync(language);
        var till = await OpenTillAsync(phone);
        await ShowAsync(till, phone ? "phone" : "desktop");

        foreach (var key in new[] { "1", "2", "3", "", separator, "5", "0" })
            await till.ClickAsync($"[data-key='{key}']");

        await Expect(till.Locator("#mion-amount")).ToHaveValueAsync($"12{separator}50");
        await Expect(till.Locator("[data-typed]")).ToHaveTextAsync($"12{separator}50");
        await AssertAccessibleAsync(till);
        await till.ClickAsync("#mion-charge-amount");
        await ExpectStateAsync(till, "Waiting");
        Assert.That(AtMion.Amount, Is.EqualTo(1250));
    }

    [Test]
    public async Task The_keypad_is_one_stop_of_the_tabulator_and_its_keys_have_names()
    {
        var till = await OpenTillAsync();
        await till.FocusAsync("#mion-amount");
        await till.Keyboard.PressAsync("Tab");
        foreach (var key in new[] { "Enter", "ArrowRight", "Enter", "ArrowDown", "Space", "ArrowLeft", "ArrowLeft", "Enter" })
            await till.Keyboard.PressAsync(key);

        await Expect(till.Locator("#mion-amount")).ToHaveValueAsync("7859");
        await till.Keyboard.PressAsync("Tab");
        await Expect(till.Locator("#mion-note")).ToBeFocusedAsync();
        await Expect(till.GetByRole(AriaRole.Group, new() { Name = "Keypad" }).GetByRole(AriaRole.Button)).ToHaveCountAsync(12);
        await till.GetByRole(AriaRole.Button, new() { Name = "Delete the last digit" }).ClickAsync();
        await Expect(till.Locator("#mion-amount")).ToHaveValueAsync("785");
    }

    [Test]
    public async Task The_customers_screen_is_paired_by_its_code()
    {
        Zbar.Require();
        var till = await OpenTillAsync();
        var code = till.Locator("#mion-screen-code");
        await code.ScrollIntoViewIfNeededAsync();
        await till.WaitForFunctionAsync("() => { const code = document.querySelector('#mion-screen-code'); return code.complete && code.naturalWidth > 0; }");

        var codes = await ScanAsync(till, "paired");

        Assert.That(codes, Is.EqualTo(new[] { await till.Locator("#mion-screen-link").GetAttributeAsync("href") }));
    }

    [Test]
    public async Task Offline_is_said_at_once_and_what_was_typed_stays()
    {
        var till = await OpenTillAsync(phone: true);
        await till.FillAsync("#mion-amount", "12.50");
        await till.Context.SetOfflineAsync(true);
        await Expect(till.Locator("[data-offline]")).ToBeVisibleAsync();

        await till.ClickAsync("#mion-charge-amount");

        await Expect(till.Locator("#mion-amount")).ToHaveValueAsync("12.50");
        // whoever pressed the button has scrolled down to it
        await Expect(till.Locator("[data-offline]")).ToBeInViewportAsync();
        await ShowAsync(till, "offline", fullPage: false);
        await till.Context.SetOfflineAsync(false);
        await Expect(till.Locator("[data-offline]")).ToBeHiddenAsync();
        await till.ClickAsync("#mion-charge-amount");
        await ExpectStateAsync(till, "Waiting");
        // in one breath: the page's next question gets its answer, and takes the word away again
        Assert.That(await till.EvaluateAsync<bool>("() => { window.dispatchEvent(new Event('offline')); return !document.querySelector('[data-offline]').hidden; }"), Is.True);
        await Expect(till.Locator("[data-offline]")).ToBeHiddenAsync();
    }
}
