using Nop.Plugin.Payments.Mion.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Nop.Plugin.Payments.Mion.Tests.Till.Browser;

/// <summary>Codes live two minutes; the customer need not know.</summary>
[TestFixture]
public sealed class TillRenewalTests : TillBrowserFixture
{
    private static readonly TimeSpan _untilDue = TimeSpan.FromSeconds(106);
    private static readonly TimeSpan _untilEnded = TimeSpan.FromSeconds(121);

    [Test]
    public async Task Renewed_twice_and_then_the_second_code_is_paid_in_its_last_second()
    {
        var till = await ChargeAsync(await OpenTillAsync());
        var screen = await OpenScreenAsync(till);
        var first = (await till.Locator("[data-qr]").GetAttributeAsync("src"))!;
        Time.Advance(_untilDue);
        var second = await ExpectNextCodeAsync(till, first);
        Time.Advance(_untilDue);
        await ExpectNextCodeAsync(till, second);
        Assert.That(AtMion.Attempts, Has.Count.EqualTo(3), "two screens, one renewal at a time");
        await Expect(till.Locator("[data-announce]")).ToBeEmptyAsync();
        Time.Advance(AtMion.Attempts[1].Expiry - Time.GetUtcNow() - TimeSpan.FromSeconds(1));

        Mion.PayByLightning(AtMion.PaymentSessionId, AtMion.Attempts[1].LnInvoice);

        await ExpectStateAsync(till, "Paid");
        await ExpectStateAsync(screen, "Paid");
    }

    [Test]
    public async Task While_no_other_code_comes_one_that_has_ended_is_covered()
    {
        var till = await OpenTillAsync();
        await till.Clock.InstallAsync();
        await ChargeAsync(till);
        var ended = (await till.Locator("[data-qr]").GetAttributeAsync("src"))!;
        await till.Context.SetOfflineAsync(true);

        Time.Advance(_untilEnded);
        await till.Clock.FastForwardAsync((long)_untilEnded.TotalMilliseconds);

        await Expect(till.Locator(".mion-till-stale [data-qr]")).ToHaveCSSAsync("visibility", "hidden");
        await Expect(till.Locator("[data-offline]")).ToBeVisibleAsync();
        await ShowAsync(till, "offline");

        await till.Context.SetOfflineAsync(false);
        await ExpectNextCodeAsync(till, ended);
        await Expect(till.Locator(".mion-till-stale")).ToHaveCountAsync(0);
    }
}
