using Microsoft.Playwright;
using Nop.Plugin.Payments.Mion.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Nop.Plugin.Payments.Mion.Tests.Till.Browser;

/// <summary>Everybody can use the till: with a thumb, by keyboard alone, by ear, in the light and in the dark.</summary>
[TestFixture]
public sealed class TillAccessTests : TillBrowserFixture
{
    [TestCase(false, false)]
    [TestCase(false, true)]
    [TestCase(true, false)]
    [TestCase(true, true)]
    public async Task Nobody_is_kept_out(bool phone, bool dark)
    {
        await Shop.SetSettingAsync("miontillsettings.allowonchain", "True");
        var till = await OpenTillAsync(phone, dark);
        var screen = await OpenScreenAsync(till, phone, dark);
        var look = $"{(phone ? "phone" : "desktop")}{(dark ? ".dark" : "")}";
        await ExpectStateAsync(screen, "Idle");
        await CheckAsync(screen, $"screen.idle.{look}");

        await ChargeAsync(till, "12.50", "Two coffees");
        await till.ClickAsync("summary");
        await CheckAsync(till, $"charge.{look}");
        await ExpectStateAsync(screen, "Waiting");
        await CheckAsync(screen, $"screen.waiting.{look}");

        Mion.PayByLightning(AtMion.PaymentSessionId);
        await ExpectStateAsync(till, "Paid");
        await till.ClickAsync("[data-stay]");
        await CheckAsync(till, $"paid.{look}");
        await ExpectStateAsync(screen, "Paid");
        await CheckAsync(screen, $"screen.paid.{look}");

        await till.ClickAsync("#mion-next");
        await till.Locator(".mion-till-latest").WaitForAsync();
        await CheckAsync(till, $"start.{look}");

        await ChargeAsync(till, "3");
        await till.ClickAsync("#mion-cancel");
        await ExpectStateAsync(till, "Cancelled");
        await CheckAsync(till, $"cancelled.{look}");
    }

    [Test]
    public async Task What_is_pressed_is_large_enough_for_a_thumb()
    {
        var till = await OpenTillAsync(phone: true);
        await AssertLargeAsync(till);
        await ChargeAsync(till);
        await AssertLargeAsync(till);
        Mion.PayByLightning(AtMion.PaymentSessionId);
        await ExpectStateAsync(till, "Paid");
        await AssertLargeAsync(till);
    }

    [Test]
    public async Task A_charge_is_made_and_the_next_customer_served_by_keyboard_alone()
    {
        var till = await OpenTillAsync();
        await till.Keyboard.TypeAsync("12,50");
        await TabToAsync(till, "mion-charge-amount");
        await till.Keyboard.PressAsync("Enter");
        await ExpectStateAsync(till, "Waiting");
        Mion.PayByLightning(AtMion.PaymentSessionId);
        await ExpectStateAsync(till, "Paid");
        await Expect(till.Locator("#mion-next")).ToBeFocusedAsync();

        await till.Keyboard.PressAsync("Enter");
        await Expect(till.Locator("#mion-amount")).ToBeFocusedAsync();
        await till.Keyboard.TypeAsync("5");
        await till.Keyboard.PressAsync("Enter");
        await ExpectStateAsync(till, "Waiting");
        await TabToAsync(till, "mion-cancel");
        await till.Keyboard.PressAsync("Enter");

        await ExpectStateAsync(till, "Cancelled");
        Assert.That(Mion.Sessions.Select(session => session.Amount), Is.EqualTo(new long[] { 1250, 500 }));
    }

    [Test]
    public async Task The_code_has_a_text_alternative_that_can_be_copied_and_its_renewals_are_not_spoken()
    {
        var till = await ChargeAsync(await OpenTillAsync());
        await Expect(till.GetByRole(AriaRole.Img, new() { Name = "QR code with the Lightning invoice. The invoice can also be copied as text below." })).ToBeVisibleAsync();
        await till.ClickAsync("summary");
        await Expect(till.GetByRole(AriaRole.Textbox, new() { Name = "Invoice as text" })).ToHaveValueAsync(AtMion.Attempts.Single().LnInvoice!);
        await till.EvaluateAsync("() => { window.spoken = 0; new MutationObserver(() => window.spoken++).observe(document.querySelector('[data-announce]'), { childList: true, subtree: true, characterData: true }); }");
        var code = (await till.Locator("[data-qr]").GetAttributeAsync("src"))!;

        Time.Advance(TimeSpan.FromSeconds(106));

        await ExpectNextCodeAsync(till, code);
        await Expect(till.GetByRole(AriaRole.Textbox, new() { Name = "Invoice as text" })).ToHaveValueAsync(AtMion.Attempts[1].LnInvoice!);
        Assert.That(await till.EvaluateAsync<int>("window.spoken"), Is.Zero);
    }

    private async Task CheckAsync(IPage page, string name)
    {
        await ShowAsync(page, name);
        await AssertAccessibleAsync(page);
    }

    private static async Task TabToAsync(IPage page, string id)
    {
        for (var presses = 1; presses <= 10; presses++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<string>("document.activeElement.id") == id)
                return;
        }

        Assert.Fail($"#{id} is more than ten presses of Tab away.");
    }

    private static async Task AssertLargeAsync(IPage page) => Assert.That(await page.EvaluateAsync<string[]>("""
        () => [...document.querySelectorAll('#mion-till button, #mion-till input, #mion-till a.mion-till-button, #mion-till a.mion-till-tool, #mion-till summary')]
          .filter(target => target.offsetParent && target.getBoundingClientRect().height < 44).map(target => target.outerHTML)
        """), Is.Empty);
}
