using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Till.Browser;

/// <summary>What a phone's camera makes of the code on the screen.</summary>
[TestFixture]
public sealed class TillCodeTests : TillBrowserFixture
{
    [TestCase(false, false)]
    [TestCase(false, true)]
    [TestCase(true, false)]
    [TestCase(true, true)]
    public async Task The_code_on_the_screen_is_the_invoice(bool phone, bool dark)
    {
        Zbar.Require();
        var till = await ChargeAsync(await OpenTillAsync(phone, dark));
        var screen = await OpenScreenAsync(till, phone, dark);
        await ExpectStateAsync(screen, "Waiting");
        await ExpectCodeAsync(screen);
        var invoice = "LIGHTNING:" + AtMion.Attempts.Single().LnInvoice!.ToUpperInvariant();

        foreach (var (page, name) in new[] { (till, "assistant"), (screen, "customer") })
        {
            // what is seen without scrolling: a code that has to be looked for is none
            var codes = await ScanAsync(page, $"{name}{(phone ? ".phone" : "")}{(dark ? ".dark" : "")}", fullPage: false,
                picture: page == screen && phone && dark ? "till-screen.png" : null);
            Assert.That(codes, Is.EqualTo(new[] { invoice }), name);
        }
    }
}
