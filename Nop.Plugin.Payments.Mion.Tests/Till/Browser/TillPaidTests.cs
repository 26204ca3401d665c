using Microsoft.Playwright;
using Nop.Plugin.Payments.Mion.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Nop.Plugin.Payments.Mion.Tests.Till.Browser;

/// <summary>What happens once it is paid: the sound, the receipt, the way back.</summary>
[TestFixture]
public sealed class TillPaidTests : TillBrowserFixture
{
    [Test]
    public async Task It_sounds_unless_the_assistant_has_switched_it_off_here()
    {
        var till = await ChargeAsync(await OpenTillAsync());
        Mion.PayByLightning(AtMion.PaymentSessionId);
        await ExpectStateAsync(till, "Paid");
        await Expect(till.Locator("[data-till]")).ToHaveAttributeAsync("data-played", "1");
        await till.GetByRole(AriaRole.Button, new() { Name = "Sound is on" }).ClickAsync();
        await till.GetByRole(AriaRole.Button, new() { Name = "Sound is off" }).WaitForAsync();
        await till.ClickAsync("#mion-next");

        await ChargeAsync(till);
        await Expect(till.GetByRole(AriaRole.Button, new() { Name = "Sound is off" })).ToBeVisibleAsync();
        Mion.PayByLightning(AtMion.PaymentSessionId);
        await ExpectStateAsync(till, "Paid");

        await Expect(till.Locator("[data-till]")).Not.ToHaveAttributeAsync("data-played", "1");
    }

    [Test]
    public async Task It_goes_back_to_the_start_by_itself_after_the_seconds_that_are_set()
    {
        await Shop.SetSettingAsync("miontillsettings.returnseconds", "2");
        var till = await ChargeAsync(await OpenTillAsync());

        Mion.PayByLightning(AtMion.PaymentSessionId);

        await Expect(till.Locator("#mion-amount")).ToBeFocusedAsync(new() { Timeout = 60_000 });
        await Expect(till.Locator(".mion-till-badge").First).ToHaveTextAsync("Paid");
    }

    [Test]
    public async Task Who_prints_or_wants_to_stay_is_not_sent_away()
    {
        await Shop.SetSettingAsync("miontillsettings.returnseconds", "60");
        var till = await ChargeAsync(await OpenTillAsync());
        await till.EvaluateAsync("() => { window.printed = 0; window.print = () => window.printed++; }");
        Mion.PayByLightning(AtMion.PaymentSessionId);
        await ExpectStateAsync(till, "Paid");
        await Expect(till.Locator("[data-returning]")).ToContainTextAsync("Back to the start in");

        await till.GetByRole(AriaRole.Button, new() { Name = "Print receipt" }).ClickAsync();

        await Expect(till.Locator("[data-returning]")).ToBeHiddenAsync();
        Assert.That(await till.EvaluateAsync<int>("window.printed"), Is.EqualTo(1));
    }

    [Test]
    public async Task The_receipts_time_is_that_of_the_assistants_language_after_a_reload_too()
    {
        // there a time's parts are separated by full stops
        await SpeakAsync("fi-FI");
        await Shop.SetSettingAsync("miontillsettings.returnseconds", "0");
        var till = await ChargeAsync(await OpenTillAsync());
        Mion.PayByLightning(AtMion.PaymentSessionId);
        await ExpectStateAsync(till, "Paid");
        var time = await till.Locator("#mion-receipt [data-text=PaidOn]").TextContentAsync();
        Assert.That(time, Does.Match(@"\d{1,2}\.\d{1,2}\.\d{4} \d{1,2}\.\d{2}"));

        await till.ReloadAsync();

        await Expect(till.Locator("#mion-receipt [data-text=PaidOn]")).ToHaveTextAsync(time!);
    }

    [Test]
    public async Task What_is_not_paid_has_no_receipt_to_print()
    {
        var till = await ChargeAsync(await OpenTillAsync());

        await till.EmulateMediaAsync(new() { Media = Media.Print });

        await Expect(till.Locator("#mion-receipt")).ToBeHiddenAsync();
    }
}
