using Microsoft.Playwright;
using Nop.Plugin.Payments.Mion.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Nop.Plugin.Payments.Mion.Tests.Till.Browser;

/// <summary>The digital receipt, as the customer scans and reads it, and as the assistant sends it.</summary>
[TestFixture]
public sealed class ReceiptTests : TillBrowserFixture
{
    [SetUp]
    public async Task StayAsync()
    {
        await Shop.SetSettingAsync("miontillsettings.returnseconds", "0");
        await Shop.SetSettingAsync("datetimesettings.defaultstoretimezoneid", "Europe/Berlin");
    }

    [TestCase(false, false)]
    [TestCase(true, false)]
    [TestCase(true, true)]
    public async Task The_customer_scans_it_off_either_screen_and_reads_it(bool phone, bool dark)
    {
        Zbar.Require();
        var kind = $"{(phone ? "phone" : "desktop")}{(dark ? ".dark" : "")}";
        var till = await OpenTillAsync(phone, dark);
        var screen = await OpenScreenAsync(till, phone, dark);
        await ChargeAsync(till, note: "For Grace Hopper");
        Mion.PayByLightning(AtMion.PaymentSessionId);
        await ExpectStateAsync(till, "Paid");
        await ExpectStateAsync(screen, "Paid");
        // the customer's screen shows it for a minute only, however long the pictures take
        Time.Stop();

        var scanned = new List<string>();
        foreach (var (page, name) in new[] { (till, "assistant"), (screen, "customer") })
        {
            await ExpectReceiptAsync(page);
            await AssertAccessibleAsync(page);
            scanned.AddRange(await ScanAsync(page, $"{name}.{kind}", fullPage: name == "assistant"));
        }

        Assert.That(scanned[1], Is.EqualTo(scanned[0]));
        Assert.That(scanned[0], Does.Match($"^{Shop.BaseAddress}mion/receipt/[0-9a-f]{{32}}$"));
        var receipt = await NewPageAsync(phone, dark: dark);
        await receipt.GotoAsync(scanned[0]);
        await Expect(receipt.Locator("[data-part=Base]")).ToHaveTextAsync("€12.50");
        await Expect(receipt.Locator("body")).Not.ToContainTextAsync("Grace");
        await AssertAccessibleAsync(receipt);
        await ShowAsync(receipt, $"receipt.{kind}", fullPage: false);
        Assert.That((await receipt.Context.CookiesAsync()).Select(cookie => cookie.Name), Is.Empty);

        await receipt.EmulateMediaAsync(new() { Media = Media.Print });
        await Expect(receipt.Locator("#mion-receipt")).ToBeVisibleAsync();
        await Expect(receipt.Locator(".mion-till-until")).ToBeHiddenAsync();
        await ShowAsync(receipt, $"printed.{kind}");
        var pdf = System.Text.Encoding.Latin1.GetString(await receipt.PdfAsync());
        Assert.That(System.Text.RegularExpressions.Regex.Count(pdf, @"/Type\s*/Page\b"), Is.EqualTo(1), "a receipt is one page");
    }

    [Test]
    public async Task The_assistant_sends_it_by_email_once_however_often_the_button_is_pressed()
    {
        var till = await PaidAsync();
        await till.FillAsync("#mion-mail", "ada@customer");
        await till.ClickAsync("#mion-mail-send");
        await Expect(till.GetByRole(AriaRole.Alert)).ToContainTextAsync("This is no e-mail address.");
        await Expect(till.Locator("#mion-mail")).ToHaveValueAsync("ada@customer");
        await ShowAsync(till, "refused");
        await AssertAccessibleAsync(till);

        await till.FillAsync("#mion-mail", "ada@customer.example");
        Shop.MailServer.Delay = TimeSpan.FromSeconds(3);
        await till.EvaluateAsync("() => { const send = document.querySelector('#mion-mail-send'); send.click(); setTimeout(() => send.click(), 500); }");

        await Expect(till.Locator("#mion-mailed")).ToHaveTextAsync("The receipt has been sent.");
        await Expect(till.Locator("#mion-mail")).ToHaveValueAsync("");
        await ShowAsync(till, "sent");
        Assert.That(Shop.MailServer.Sent.Select(mail => mail.To), Is.EqualTo(new[] { "ada@customer.example" }));
    }

    [Test]
    public async Task Who_types_an_address_is_not_sent_away_meanwhile()
    {
        await Shop.SetSettingAsync("miontillsettings.returnseconds", "60");
        var till = await PaidAsync();
        await Expect(till.Locator("[data-returning]")).ToBeVisibleAsync();

        await till.FocusAsync("#mion-mail");

        await Expect(till.Locator("[data-returning]")).ToBeHiddenAsync();
    }

    [Test]
    public async Task The_printed_receipt_of_the_till_shows_neither_code_nor_field()
    {
        var till = await PaidAsync();

        await till.EmulateMediaAsync(new() { Media = Media.Print });

        await Expect(till.Locator("#mion-receipt")).ToBeVisibleAsync();
        await Expect(till.Locator("#mion-digital")).ToBeHiddenAsync();
    }

    private async Task<IPage> PaidAsync()
    {
        var till = await ChargeAsync(await OpenTillAsync());
        Mion.PayByLightning(AtMion.PaymentSessionId);
        await ExpectStateAsync(till, "Paid");
        await ExpectReceiptAsync(till);
        return till;
    }

    private static Task ExpectReceiptAsync(IPage page) => page.WaitForFunctionAsync(
        "() => { const code = document.querySelector('[data-source=ReceiptCode]'); return code.offsetParent && code.complete && code.naturalWidth > 0; }");
}
