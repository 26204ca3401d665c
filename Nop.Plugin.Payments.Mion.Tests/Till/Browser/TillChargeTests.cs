using Microsoft.Playwright;
using Nop.Plugin.Payments.Mion.Sandbox.Mion;
using Nop.Plugin.Payments.Mion.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Nop.Plugin.Payments.Mion.Tests.Till.Browser;

/// <summary>A shop assistant charges, and sees what becomes of it.</summary>
[TestFixture]
public sealed class TillChargeTests : TillBrowserFixture
{
    [Test]
    public async Task An_amount_is_charged_paid_and_receipted()
    {
        // the receipt is looked at for as long as that takes
        await Shop.SetSettingAsync("miontillsettings.returnseconds", "0");
        var till = await OpenTillAsync();
        await ShowAsync(till, "start", picture: "till-start.png");
        await ChargeAsync(till, "12,50", "Two coffees");
        await Expect(till.Locator(".mion-till-head")).ToContainTextAsync("€12.50");
        await Expect(till.Locator(".mion-till-head")).ToContainTextAsync("Two coffees");
        await Expect(till.Locator(".mion-till-sat")).ToContainTextAsync("24,039 sat");
        await Expect(till.Locator(".mion-till-sat")).ToContainTextAsync("0.00024039 BTC");
        await Expect(till.Locator("[data-countdown]")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^[12]:[0-5][0-9]$"));
        await ShowAsync(till, "waiting", picture: "till-charge.png");

        Mion.PayByLightning(AtMion.PaymentSessionId);

        await ExpectStateAsync(till, "Paid");
        await Expect(till.Locator("[role=status][data-announce]")).ToHaveTextAsync("Paid");
        await ShowAsync(till, "paid", picture: "till-paid.png");
        var receipt = till.Locator("#mion-receipt");
        await Expect(receipt).ToBeHiddenAsync();
        await till.EmulateMediaAsync(new() { Media = Media.Print });
        await Expect(receipt).ToBeVisibleAsync();
        foreach (var text in new[] { "Two coffees", "till-", "€12.50", "24,039", AtMion.PaymentSessionId })
            await Expect(receipt).ToContainTextAsync(text);
        await Expect(receipt.Locator("[data-text=PaidOn]")).Not.ToBeEmptyAsync();
        await ShowAsync(till, "receipt");
        var pdf = System.Text.Encoding.Latin1.GetString(await till.PdfAsync());
        Assert.That(System.Text.RegularExpressions.Regex.Count(pdf, @"/Type\s*/Page\b"), Is.EqualTo(1), "a receipt is one page");
    }

    [Test]
    public async Task An_order_of_another_method_is_charged_from_its_page_and_paid_once()
    {
        var purchase = await BuyAsync();
        await ChangeOrderAsync(purchase.OrderId, order => order.PaymentMethodSystemName = "Payments.CheckMoneyOrder");
        var page = await OpenTillAsync(asOwner: true);
        await page.GotoAsync($"{Shop.BaseAddress}Admin/Order/Edit/{purchase.OrderId}");

        await page.GetByRole(AriaRole.Button, new() { Name = "Charge at the till (Bitcoin)" }).ClickAsync();
        await ExpectStateAsync(page, "Waiting");
        Mion.PayByLightning(AtMion.PaymentSessionId);
        await ExpectStateAsync(page, "Paid");

        await AssertPaidOnceAsync(purchase.OrderId, AtMion.PaymentSessionId);
        await page.GotoAsync($"{Shop.BaseAddress}Admin/Order/Edit/{purchase.OrderId}");
        await Expect(page.Locator("#mion-till-charge")).ToHaveCountAsync(0);
        await Expect(page.Locator(".notes")).ToContainTextAsync("placed with the payment method Payments.CheckMoneyOrder");
    }

    [Test]
    public async Task An_order_is_charged_by_its_number()
    {
        var purchase = await BuyAsync();
        var till = await OpenTillAsync();
        await till.FillAsync("#mion-order", "4711");
        await till.ClickAsync("#mion-charge-order");
        await Expect(till.GetByRole(AriaRole.Alert)).ToHaveTextAsync("There is no order with this number.");
        await Expect(till.Locator("#mion-order")).ToHaveValueAsync("4711");

        await till.FillAsync("#mion-order", (await Shop.GetOrderAsync(purchase.OrderId)).CustomOrderNumber);
        await till.ClickAsync("#mion-charge-order");

        await ExpectStateAsync(till, "Waiting");
        await Expect(till.Locator(".mion-till-head")).ToContainTextAsync($"Order {purchase.OrderId}");
        Mion.PayByLightning(AtMion.PaymentSessionId);
        await ExpectStateAsync(till, "Paid");
        await AssertPaidOnceAsync(purchase.OrderId, AtMion.PaymentSessionId);
    }

    [Test]
    public async Task A_double_click_and_a_reload_charge_once()
    {
        var till = await OpenTillAsync();
        await till.FillAsync("#mion-amount", "7");
        await till.DblClickAsync("#mion-charge-amount");
        await ExpectStateAsync(till, "Waiting");
        await ExpectCodeAsync(till);
        var code = await till.Locator("[data-qr]").GetAttributeAsync("src");

        await till.ReloadAsync();

        await ExpectStateAsync(till, "Waiting");
        Assert.That(await till.Locator("[data-qr]").GetAttributeAsync("src"), Is.EqualTo(code));
        Assert.That((Mion.Sessions.Count, AtMion.Attempts.Count), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task A_charge_is_cancelled_and_charged_again()
    {
        var till = await ChargeAsync(await OpenTillAsync());

        await till.ClickAsync("#mion-cancel");
        await ExpectStateAsync(till, "Cancelled");
        await ShowAsync(till, "cancelled");
        Assert.That(await till.Locator("[data-qr]").IsVisibleAsync(), Is.False, "no code to scan any more");
        await till.ClickAsync("#mion-again");

        await ExpectStateAsync(till, "Waiting");
        Assert.That(Mion.Sessions.Select(session => session.Amount), Is.EqualTo(new long[] { 1250, 1250 }));
    }

    [Test]
    public async Task A_charge_that_is_not_paid_in_time_says_so_by_itself()
    {
        var till = await ChargeAsync(await OpenTillAsync());

        Time.Advance(TimeSpan.FromMinutes(16));

        await ExpectStateAsync(till, "Expired");
        await ShowAsync(till, "expired");
        var asked = Mion.Calls(MionOperations.GetStatus);
        await till.ClickAsync("#mion-next");
        await Expect(till.Locator(".mion-till-badge").First).ToHaveTextAsync("Not paid");
        Assert.That(Mion.Calls(MionOperations.GetStatus), Is.EqualTo(asked), "nobody asks any more");
    }

    [Test]
    public async Task Too_little_is_seen_and_the_rest_completes_it()
    {
        var till = await ChargeAsync(await OpenTillAsync());

        Mion.PayTooLittle(AtMion.PaymentSessionId);
        await ExpectStateAsync(till, "Seen");
        await ShowAsync(till, "seen");

        Mion.PayByLightning(AtMion.PaymentSessionId);
        await ExpectStateAsync(till, "Paid");
    }

    [Test]
    public async Task On_the_blockchain_too_where_the_merchant_allows_it()
    {
        Zbar.Require();
        await Shop.SetSettingAsync("miontillsettings.allowonchain", "True");
        var till = await ChargeAsync(await OpenTillAsync());
        var attempt = AtMion.Attempts.Single();
        Assert.That(AtMion.ExpiresAt - AtMion.CreatedAt, Is.EqualTo(TimeSpan.FromDays(1)).Within(TimeSpan.FromMinutes(1)));
        await Expect(till.Locator(".mion-till-chain")).ToContainTextAsync(attempt.OnChainAddress!);
        await Expect(till.Locator(".mion-till-chain")).ToContainTextAsync("0.00024039 BTC");
        await Expect(till.Locator(".mion-till-chain [data-text=SuggestedFeeRate]")).Not.ToBeEmptyAsync();
        await till.WaitForFunctionAsync("() => document.querySelector('.mion-till-chain img').naturalWidth > 0");
        var codes = await ScanAsync(till, "on-chain", codes: 2);
        Assert.That(codes, Is.EquivalentTo(new[] { "LIGHTNING:" + attempt.LnInvoice!.ToUpperInvariant(), $"bitcoin:{attempt.OnChainAddress}?amount=0.00024039" }));

        Mion.PayOnChain(AtMion.PaymentSessionId);
        await ExpectStateAsync(till, "Seen");
        Mion.Confirm(AtMion.PaymentSessionId);

        await ExpectStateAsync(till, "Paid");
    }

    [TestCase(true, "Blocked", "Mion does not take this payment")]
    [TestCase(false, "DetailsMissing", "firstName, lastName")]
    public async Task What_compliance_says_is_told_with_what_to_do(bool isBlocked, string state, string words)
    {
        Mion.Compliance = new StandInCompliance(isBlocked, isBlocked ? [] : ["firstName", "lastName"]);
        var till = await OpenTillAsync();
        var screen = await OpenScreenAsync(till);
        await till.FillAsync("#mion-amount", "900");
        await till.ClickAsync("#mion-charge-amount");

        await ExpectStateAsync(till, state);

        await Expect(till.Locator(".mion-till-state:visible")).ToContainTextAsync(words);
        await Expect(till.Locator(".mion-till-state:visible")).ToContainTextAsync("ask for another way to pay");
        await ShowAsync(till, state);
        await ExpectStateAsync(screen, state);
        await Expect(screen.Locator(".mion-till-state:visible")).ToContainTextAsync("Please ask at the counter");
        await Expect(screen.Locator("body")).Not.ToContainTextAsync("firstName");
    }

    [Test]
    public async Task A_key_without_the_permission_is_told_and_the_till_goes_on_when_it_has_it()
    {
        Mion.Permissions = MionPermissions.PaymentsReadWrite;
        var till = await OpenTillAsync();
        await till.FillAsync("#mion-amount", "5");
        await till.ClickAsync("#mion-charge-amount");
        await ExpectStateAsync(till, "Problem");
        await Expect(till.Locator(".mion-till-state:visible")).ToContainTextAsync("Retail Point-of-sale Payments Create");
        await ShowAsync(till, "problem");

        Mion.Permissions = MionPermissions.All;
        Time.Advance(TimeSpan.FromSeconds(16));
        await till.ClickAsync("#mion-again");

        await ExpectStateAsync(till, "Waiting");
        Assert.That(Mion.Sessions, Has.Count.EqualTo(1));
    }
}
