using Microsoft.Playwright;
using Nop.Plugin.Payments.Mion.Sandbox.Mion;
using Nop.Plugin.Payments.Mion.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Nop.Plugin.Payments.Mion.Tests.Till.Browser;

/// <summary>Several screens look at one charge, some of them through a bad network.</summary>
[TestFixture]
public sealed class TillScreenTests : TillBrowserFixture
{
    [Test]
    public async Task The_customers_screen_follows_its_till_from_one_charge_to_the_next()
    {
        var till = await OpenTillAsync();
        var screen = await OpenScreenAsync(till);
        await ExpectStateAsync(screen, "Idle");
        await ShowAsync(screen, "idle", fullPage: false);

        await ChargeAsync(till, "12.50", "a note that is nobody's business");
        await ExpectStateAsync(screen, "Waiting");
        await ExpectCodeAsync(screen);
        await Expect(screen.Locator(".mion-till-amount")).ToHaveTextAsync("€12.50");
        await Expect(screen.Locator("body")).Not.ToContainTextAsync("nobody's business");
        await Expect(screen.Locator("a:visible, button:visible, input:visible, textarea:visible")).ToHaveCountAsync(0);
        await ShowAsync(screen, "waiting", fullPage: false);

        await till.ClickAsync("#mion-cancel");
        await ExpectStateAsync(screen, "Cancelled");
        await Expect(screen.Locator("[data-qr]")).ToBeHiddenAsync();
        await till.ClickAsync("#mion-next");
        await ChargeAsync(till, "7");
        await ExpectStateAsync(screen, "Waiting");
        await Expect(screen.Locator(".mion-till-amount")).ToHaveTextAsync("€7.00");

        Mion.PayByLightning(AtMion.PaymentSessionId);
        await ExpectStateAsync(screen, "Paid");
        await ShowAsync(screen, "paid", fullPage: false);
        // whoever has paid has a minute to scan the receipt
        Time.Advance(TimeSpan.FromSeconds(61));
        await ExpectStateAsync(screen, "Idle");
        Assert.That((await screen.Context.CookiesAsync()).Select(cookie => cookie.Name), Is.Empty, "the screen is nobody's");
    }

    [Test]
    public async Task A_new_address_makes_the_old_one_useless()
    {
        var till = await OpenTillAsync();
        var old = await OpenScreenAsync(till);
        await till.GetByRole(AriaRole.Button, new() { Name = "Use a new address" }).ClickAsync();
        await till.Locator("#mion-charge-amount").WaitForAsync();
        var screen = await OpenScreenAsync(till);

        await ChargeAsync(till);

        await ExpectStateAsync(screen, "Waiting");
        await ExpectStateAsync(old, "Idle");
    }

    [Test]
    public async Task Two_assistants_and_the_customer_see_one_charge_with_one_code_and_its_payment()
    {
        var first = await ChargeAsync(await OpenTillAsync());
        var second = await OpenTillAsync(phone: true);
        await second.GotoAsync(first.Url);
        var screen = await OpenScreenAsync(first);
        await ExpectStateAsync(second, "Waiting");
        await ExpectStateAsync(screen, "Waiting");
        await ExpectCodeAsync(second);
        Assert.That(await second.Locator("[data-qr]").GetAttributeAsync("src"), Is.EqualTo(await first.Locator("[data-qr]").GetAttributeAsync("src")));

        Mion.PayByLightning(AtMion.PaymentSessionId);

        foreach (var page in new[] { first, second, screen })
            await ExpectStateAsync(page, "Paid");
        Assert.That(AtMion.Attempts, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_lost_network_is_said_and_what_was_paid_meanwhile_is_seen_when_it_is_back()
    {
        var till = await ChargeAsync(await OpenTillAsync(phone: true));
        var screen = await OpenScreenAsync(till);
        await ExpectStateAsync(screen, "Waiting");
        await till.Context.SetOfflineAsync(true);
        await screen.Context.SetOfflineAsync(true);
        await Expect(till.Locator("[data-offline]")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await Expect(screen.Locator("[data-offline]")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await ShowAsync(till, "lost");
        Mion.PayByLightning(AtMion.PaymentSessionId);

        await till.Context.SetOfflineAsync(false);
        await screen.Context.SetOfflineAsync(false);

        await ExpectStateAsync(till, "Paid");
        await Expect(till.Locator("[data-offline]")).ToBeHiddenAsync();
        await ExpectStateAsync(screen, "Paid");
    }

    [Test]
    public async Task A_mion_that_does_not_answer_is_said_and_the_code_stays()
    {
        var till = await ChargeAsync(await OpenTillAsync());
        Mion.Faults.Add(new FaultRule { Kind = FaultKind.Status, StatusCode = 503, Operation = MionOperations.GetStatus });
        await Expect(till.Locator("[data-unreachable]")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await Expect(till.Locator("[data-qr]")).ToBeVisibleAsync();
        Mion.PayByLightning(AtMion.PaymentSessionId);

        Mion.Faults.Clear();
        // the client rests a while after so many failures
        Time.Advance(TimeSpan.FromMinutes(1));

        await ExpectStateAsync(till, "Paid");
    }

    [Test]
    public async Task Nobody_asks_while_the_page_is_not_seen()
    {
        var till = await ChargeAsync(await OpenTillAsync());
        await till.EvaluateAsync("""
            () => {
              Object.defineProperty(document, 'hidden', { configurable: true, get: () => window.isAway });
              window.isAway = true;
              window.asked = 0;
              const send = window.fetch;
              window.fetch = (...what) => { window.asked += 1; return send(...what); };
            }
            """);
        // what was under way comes to its end; then a timer of the page's own is the measure, not the test's clock
        await till.EvaluateAsync("() => new Promise(done => setTimeout(() => { window.asked = 0; setTimeout(done, 2500); }, 1500))");
        Assert.That(await till.EvaluateAsync<int>("window.asked"), Is.Zero);

        Mion.PayByLightning(AtMion.PaymentSessionId);
        await till.EvaluateAsync("() => { window.isAway = false; document.dispatchEvent(new Event('visibilitychange')); }");

        await ExpectStateAsync(till, "Paid");
    }

    [Test]
    public async Task Who_was_logged_out_meanwhile_is_led_to_the_login_and_back()
    {
        var till = await ChargeAsync(await OpenTillAsync());

        await till.Context.ClearCookiesAsync();

        await till.Locator("#login-assistant").WaitForAsync();
    }
}
