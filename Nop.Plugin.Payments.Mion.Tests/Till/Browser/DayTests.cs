using Microsoft.Playwright;
using Nop.Plugin.Payments.Mion.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Nop.Plugin.Payments.Mion.Tests.Till.Browser;

/// <summary>A day at the till, from the name of the till to the printed close.</summary>
[TestFixture]
public sealed class DayTests : TillBrowserFixture
{
    [TestCase(false)]
    [TestCase(true)]
    public async Task A_till_is_named_charges_and_closes_its_day(bool phone)
    {
        var look = phone ? "phone" : "desktop";
        await Shop.SetSettingAsync("miontillsettings.returnseconds", "0");
        var till = await OpenTillAsync(phone);
        await ShowAsync(till, $"unnamed.{look}");
        await AssertAccessibleAsync(till);
        await till.FillAsync("#mion-name", "Counter 1");
        await till.ClickAsync("#mion-name-save");
        await Expect(till.Locator("#mion-till-name")).ToHaveTextAsync("Counter 1");
        await ChargeAsync(till, "12.50", "Two coffees");
        Mion.PayByLightning(AtMion.PaymentSessionId);
        await ExpectStateAsync(till, "Paid");
        await till.ClickAsync("#mion-next");
        await ChargeAsync(till, "1234.50");
        await till.ClickAsync("#mion-cancel");
        await till.ClickAsync("#mion-next");

        await till.ClickAsync("#mion-day");
        await Expect(till.Locator("#mion-received")).ToHaveTextAsync("€12.50");
        await ShowAsync(till, $"reading.{look}", picture: phone ? null : "till-day.png");
        await AssertAccessibleAsync(till);
        await till.GetByRole(AriaRole.Link, new() { Name = "This till only" }).ClickAsync();
        await Expect(till.Locator("#mion-report dd").First).ToHaveTextAsync("Counter 1");
        await till.ClickAsync("#mion-close");

        await Expect(till.Locator("#mion-report h2")).ToHaveTextAsync("Close (Z) 1");
        await ShowAsync(till, $"close.{look}");
        await AssertAccessibleAsync(till);
        await till.EvaluateAsync("() => { window.printed = 0; window.print = () => window.printed++; }");
        await till.ClickAsync("[data-print-report]");
        Assert.That(await till.EvaluateAsync<int>("window.printed"), Is.EqualTo(1));
        await till.EmulateMediaAsync(new() { Media = Media.Print });
        await Expect(till.Locator(".mion-till-button").First).ToBeHiddenAsync();
        await Expect(till.Locator("#mion-report")).ToBeVisibleAsync();
        Assert.That(await till.EvaluateAsync<double>("document.querySelector('#mion-report').getBoundingClientRect().width * 25.4 / 96"), Is.LessThanOrEqualTo(72.1), "a receipt printer's paper");
        Assert.That(await till.EvaluateAsync<bool>("(() => { const report = document.querySelector('#mion-report'); return report.scrollWidth <= report.clientWidth; })()"), Is.True, "nothing is cut off");
        await ShowAsync(till, $"printed.{look}");
    }
}
