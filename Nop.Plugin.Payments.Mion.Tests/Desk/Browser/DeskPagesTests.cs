using Microsoft.Playwright;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Tests.Support;
using Nop.Plugin.Payments.Mion.Till;
using static Microsoft.Playwright.Assertions;

namespace Nop.Plugin.Payments.Mion.Tests.Desk.Browser;

/// <summary>The merchant at the desk: the order's panel, the list of payments, the examination, the support bundle.</summary>
[TestFixture]
public sealed class DeskPagesTests : BrowserFixture
{
    [TestCase(false)]
    [TestCase(true)]
    public async Task The_panel_on_the_order_page_is_used_by_keyboard_and_never_submits_the_order(bool phone)
    {
        var session = await NeedingPersonAsync();
        var page = await OpenAdminAsync($"/Admin/Order/Edit/{session.OrderId}", phone);
        await page.EvaluateAsync("window.notReloaded = true");
        await AssertAccessibleAsync(page);
        await ShowAsync(page, phone ? "needs-person.phone" : "needs-person", picture: phone ? null : "order-panel.png", part: "#mion-panel");

        await page.GetByLabel("What did you do?").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#mion-panel-message")).ToHaveTextAsync("Please write what you did, for example: refunded at Mion.");
        await Expect(page.Locator("#mion-panel-message")).ToBeFocusedAsync();
        await page.GetByLabel("What did you do?").FillAsync("refunded at Mion");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.Locator("#mion-panel-message")).ToHaveTextAsync("The payment is marked as handled.");
        await Expect(page.GetByLabel("What did you do?")).ToHaveCountAsync(0);
        await page.Locator("#mion-panel summary").ClickAsync();
        await Expect(page.Locator("#mion-panel details")).ToContainTextAsync("refunded at Mion");
        Assert.That(await page.EvaluateAsync<bool>("window.notReloaded === true"), Is.True);
        await AssertAccessibleAsync(page);
        await ShowAsync(page, phone ? "handled.phone" : "handled");
    }

    [Test]
    public async Task The_panel_asks_Mion_copies_the_id_and_says_what_went_wrong()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        var page = await OpenAdminAsync($"/Admin/Order/Edit/{purchase.OrderId}");
        await page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await page.GetByRole(AriaRole.Button, new() { Name = "Copy", Exact = true }).ClickAsync();
        await Expect(page.GetByText("Copied")).ToBeVisibleAsync();
        Assert.That(await page.EvaluateAsync<string>("navigator.clipboard.readText()"), Is.EqualTo(session.PaymentSessionId));
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Checkout at Mion" })).ToHaveAttributeAsync("href", $"{Mion.BaseAddress}checkout/{session.PaymentSessionId}");

        await page.Context.SetOfflineAsync(true);
        await page.GetByRole(AriaRole.Button, new() { Name = "Check now" }).ClickAsync();
        await Expect(page.Locator("#mion-panel-message")).ToContainTextAsync("That did not work.");
        await page.Context.SetOfflineAsync(false);
        Mion.PayByLightning(session.PaymentSessionId);
        await page.GetByRole(AriaRole.Button, new() { Name = "Check now" }).ClickAsync();

        await Expect(page.Locator("[data-session]")).ToHaveAttributeAsync("data-state", "Paid");
        await Expect(page.Locator("#mion-panel")).ToContainTextAsync("Lightning");
        await AssertAccessibleAsync(page);
        await AssertPaidOnceAsync(purchase.OrderId, session.PaymentSessionId);
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task The_list_filters_opens_an_order_and_exports_what_it_shows(bool phone)
    {
        var waiting = await NeedingPersonAsync();
        var (paidPurchase, paid) = await BuyWithSessionAsync();
        Mion.PayByLightning(paid.PaymentSessionId);
        await PollWhenDueAsync();
        await BuyWithSessionAsync();
        var page = await OpenAdminAsync("/Admin/MionPayments/List", phone);
        var rows = page.Locator("#mion-payments-grid tbody tr");
        await Expect(rows).ToHaveCountAsync(3);
        await Expect(page.Locator("[data-total=paid-amount]")).ToHaveTextAsync("€25.80");
        await Expect(page.Locator("[data-total=amount]")).ToHaveTextAsync("€38.70");
        await AssertAccessibleAsync(page);
        await ShowAsync(page, phone ? "all.phone" : "all", picture: phone ? null : "payments.png");

        // as nopCommerce's own script does, which draws what the select shows
        await page.EvaluateAsync("() => document.getElementById('SearchDayId').addEventListener('change', event => { window.drawn = event.target.selectedOptions[0].text; }, { once: true })");
        await page.GetByRole(AriaRole.Button, new() { Name = "Paid last month" }).ClickAsync();
        Assert.That(await page.EvaluateAsync<string?>("window.drawn"), Is.EqualTo("Paid"));
        await Expect(rows).ToHaveCountAsync(0);
        await Expect(page.Locator("[data-total=paid-count]")).ToHaveTextAsync("0");
        await page.GetByRole(AriaRole.Button, new() { Name = "Paid this month" }).ClickAsync();
        await Expect(rows).ToHaveCountAsync(2);
        await Expect(page.Locator("[data-total=amount]")).ToHaveTextAsync("€25.80");
        await page.GetByLabel("Day that counts").SelectOptionAsync(new SelectOptionValue { Label = "Created" });
        await page.RouteAsync("**/Totals", route => route.AbortAsync());
        await page.GetByRole(AriaRole.Button, new() { Name = "Search" }).ClickAsync();
        await Expect(rows).ToHaveCountAsync(3);
        await Expect(page.Locator("#mion-totals")).ToHaveTextAsync("The totals could not be loaded. Press Search once more.");
        await page.UnrouteAsync("**/Totals");

        await page.Locator("#SearchStateId").SelectOptionAsync(new SelectOptionValue { Label = "Paid" });
        await page.GetByRole(AriaRole.Button, new() { Name = "Search" }).ClickAsync();
        await Expect(rows).ToHaveCountAsync(1);
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Export to CSV" }).ClickAsync());
        var lines = await File.ReadAllLinesAsync(await download.PathAsync());
        Assert.That(lines, Has.Length.EqualTo(2));
        Assert.That(lines[1], Does.StartWith(paid.PaymentSessionId));
        Assert.That(lines, Has.None.Contains(waiting.PaymentSessionId));
        var sheet = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Export for spreadsheets" }).ClickAsync());
        Assert.That((await File.ReadAllLinesAsync(await sheet.PathAsync()))[0], Does.StartWith("Paid,Order,Store,"));
        await rows.GetByRole(AriaRole.Link).ClickAsync();

        await ArriveAsync(page, $"**/Admin/Order/Edit/{paidPurchase.OrderId}");
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task What_Bitcoin_comes_to_in_this_shop_is_on_the_dashboard_and_below_the_list(bool phone)
    {
        await NeedingPersonAsync();
        var (_, onChain) = await BuyWithSessionAsync();
        Mion.PayOnChain(onChain.PaymentSessionId, confirmed: true);
        await PollWhenDueAsync();
        await BuyWithSessionAsync();
        var page = await OpenAdminAsync("/Admin/Home/Index", phone);
        await Expect(page.Locator("[data-figure=paid]")).ToHaveTextAsync("2 (67%)");
        await Expect(page.Locator("[data-figure=amount]")).ToHaveTextAsync("€25.80");
        await Expect(page.Locator("[data-figure=needs-person]")).ToHaveTextAsync("1");
        await Expect(page.Locator("[data-method]")).ToHaveCountAsync(2);
        await Expect(page.Locator("#mion-figures svg title")).ToHaveCountAsync(30);
        await AssertAccessibleAsync(page);
        await ShowAsync(page, phone ? "figures.phone" : "figures", picture: phone ? null : "figures.png");

        await page.GetByLabel("Period").SelectOptionAsync("7");
        await Expect(page.Locator("#mion-figures svg title")).ToHaveCountAsync(7);
        await page.RouteAsync("**/Figures?*", route => route.AbortAsync());
        await page.GetByLabel("Period").SelectOptionAsync("365");
        await Expect(page.Locator("[data-figures=values]")).ToHaveTextAsync("The figures could not be loaded. Load the page again.");
        await page.UnrouteAsync("**/Figures?*");

        await page.GotoAsync(new Uri(Shop.BaseAddress, "/Admin/MionPayments/List").ToString());
        await page.GetByLabel("Period").SelectOptionAsync("365");
        // a week each
        await Expect(page.Locator("#mion-figures svg title")).ToHaveCountAsync(53);
        await Expect(page.Locator("[data-figure=started]")).ToHaveTextAsync("3");

        await page.GotoAsync(new Uri(Shop.BaseAddress, "/Admin/Home/Index").ToString());
        await page.GoBackAsync();
        await Expect(page.Locator("#mion-figures svg title").First).ToBeAttachedAsync();
        // whether the browser kept the page or loads it again, it shows what is chosen
        await Expect(page.Locator("#mion-figures svg title")).ToHaveCountAsync(await page.GetByLabel("Period").InputValueAsync() == "365" ? 53 : 30);
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task The_statement_of_a_month_is_read_printed_and_exported(bool phone)
    {
        var waiting = await NeedingPersonAsync();
        var (_, refunded) = await BuyWithSessionAsync();
        Mion.PayByLightning(refunded.PaymentSessionId);
        var (_, onChain) = await BuyWithSessionAsync();
        Mion.PayOnChain(onChain.PaymentSessionId, confirmed: true);
        await PollWhenDueAsync();
        Mion.Refund(refunded.PaymentSessionId);
        var page = await OpenAdminAsync($"/Admin/MionPayments/Payment/{refunded.Id}", phone);
        await page.GetByRole(AriaRole.Button, new() { Name = "Check now" }).ClickAsync();
        await Expect(page.Locator("#mion-panel-message")).ToBeVisibleAsync();

        await page.GotoAsync(new Uri(Shop.BaseAddress, "/Admin/MionPayments/List").ToString());
        await page.GetByRole(AriaRole.Link, new() { Name = "Statement of a month" }).ClickAsync();
        await Expect(page.Locator("[data-sum=closing]")).ToHaveTextAsync("€25.80");
        await Expect(page.Locator("[data-sum=refunded]")).ToHaveTextAsync("€12.90");
        await AssertAccessibleAsync(page);
        await ShowAsync(page, phone ? "statement.phone" : "statement", picture: phone ? null : "statement.png");
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Export the lines" }).ClickAsync());
        Assert.That(await File.ReadAllTextAsync(await download.PathAsync()), Does.Contain(waiting.PaymentSessionId).And.Contain(",Refunded,").And.Contain(",-12.90,"));

        await page.EmulateMediaAsync(new() { Media = Media.Print });
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Print" })).ToBeHiddenAsync();
        await Expect(page.Locator("header.top")).ToBeHiddenAsync();
        await Expect(page.Locator("#mion-statement")).ToContainTextAsync(waiting.PaymentSessionId);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Statement of a month" })).ToBeVisibleAsync();
        await ShowAsync(page, phone ? "print.phone" : "print");
        await page.EmulateMediaAsync(new() { Media = Media.Screen });

        await page.GetByLabel("Month").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await page.GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();
        await Expect(page.Locator("[data-sum=closing]")).ToHaveTextAsync("€0.00");
        await AssertAccessibleAsync(page);
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task A_charge_without_an_order_that_waits_for_a_person_is_decided_on_its_page(bool phone)
    {
        await ChargeNeedingPersonAsync();
        var page = await OpenAdminAsync("/Admin/MionPayments/List", phone);
        await Expect(page.Locator("#mion-payments-grid tbody tr")).ToHaveCountAsync(1);
        await AssertAccessibleAsync(page);
        await page.GetByRole(AriaRole.Link, new() { Name = "Paid, needs a decision" }).ClickAsync();
        await Expect(page.Locator("#mion-panel")).ToContainTextAsync("Two coffees");
        await AssertAccessibleAsync(page);
        await ShowAsync(page, phone ? "needs-person.phone" : "needs-person");

        await page.GetByRole(AriaRole.Button, new() { Name = "Check now" }).ClickAsync();
        await Expect(page.Locator("#mion-panel-message")).ToHaveTextAsync("Mion was asked: nothing has changed.");
        await page.GetByLabel("What did you do?").FillAsync("gave them the coffee");
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.Locator("#mion-panel-message")).ToHaveTextAsync("The payment is marked as handled.");
        await Expect(page.Locator("[data-session]")).ToHaveAttributeAsync("data-state", "Handled");
        await AssertAccessibleAsync(page);
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task The_examination_lists_what_it_finds_with_one_action_each(bool phone)
    {
        var waiting = await NeedingPersonAsync();
        var (_, paid) = await BuyWithSessionAsync();
        Mion.PayByLightning(paid.PaymentSessionId);
        var page = await OpenAdminAsync("/Admin/MionDoctor/Index", phone);
        await AssertAccessibleAsync(page);

        await page.GetByRole(AriaRole.Button, new() { Name = "Examine all" }).ClickAsync();
        await Expect(page.GetByText("All payments were examined. The list below")).ToBeVisibleAsync();
        await Expect(page.Locator("#mion-doctor-findings tbody tr")).ToHaveCountAsync(2);
        await AssertAccessibleAsync(page);
        await ShowAsync(page, phone ? "found.phone" : "found", picture: phone ? null : "examination.png");

        await page.GetByRole(AriaRole.Button, new() { Name = "Apply to the order" }).ClickAsync();
        await Expect(page.Locator($"[data-finding='{paid.Id}']")).ToContainTextAsync("the payment stands otherwise now");
        await AssertPaidOnceAsync(paid.OrderId, paid.PaymentSessionId);
        await page.GetByLabel("What did you do?").FillAsync("refunded at Mion");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator($"[data-finding='{waiting.Id}']")).ToContainTextAsync("The payment is marked as handled.");
        await AssertAccessibleAsync(page);
        await ShowAsync(page, phone ? "settled.phone" : "settled");

        await page.ReloadAsync();
        await Expect(page.Locator("#mion-doctor-message")).ToContainTextAsync("All payments were examined; the last step was on");
        await Expect(page.Locator("#mion-doctor-findings tbody tr")).ToHaveCountAsync(0);
    }

    [Test]
    public async Task An_examination_that_was_left_is_gone_on_with_in_another_browser()
    {
        var (_, open) = await BuyWithSessionAsync();
        await ManyPayments.CopyAsync(Shop, open, 400);
        var page = await OpenAdminAsync("/Admin/MionDoctor/Index");
        var isPaused = new TaskCompletionSource();
        var steps = 0;
        // the second step waits for the pause: on a quick machine all would be examined before
        await page.RouteAsync("**/Examine", async route =>
        {
            if (Interlocked.Increment(ref steps) > 1)
                await isPaused.Task;
            await route.ContinueAsync();
        });
        await page.GetByRole(AriaRole.Button, new() { Name = "Examine all" }).ClickAsync();
        await Expect(page.Locator("#mion-doctor-count")).Not.ToHaveTextAsync("0");
        await page.GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();
        isPaused.SetResult();
        await Expect(page.Locator("#mion-doctor-message")).ToContainTextAsync("Paused.");
        await page.CloseAsync();

        var other = await OpenAdminAsync("/Admin/MionDoctor/Index");
        await Expect(other.Locator("#mion-doctor-message")).ToContainTextAsync("An examination was begun and left");
        var before = int.Parse((await other.Locator("#mion-doctor-count").TextContentAsync())!, System.Globalization.CultureInfo.InvariantCulture);
        await ShowAsync(other, "left");
        await other.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();

        await Expect(other.Locator("#mion-doctor-message")).ToHaveTextAsync("Everything fits together.", new() { Timeout = 60_000 });
        await Expect(other.Locator("#mion-doctor-count")).ToHaveTextAsync("401");
        Assert.That(before, Is.InRange(1, 400));
        // no payment was asked about twice; those of one moment share a read, since they stand for one session at Mion
        Assert.That(Mion.Calls(Nop.Plugin.Payments.Mion.Sandbox.Mion.MionOperations.GetStatus), Is.InRange(1, 401));
    }

    [Test]
    public async Task The_support_bundle_is_one_click()
    {
        var page = await OpenAdminAsync("/Admin/Mion/Configure");

        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByText("Download support bundle").ClickAsync());

        Assert.That(download.SuggestedFilename, Is.EqualTo("Payments.Mion-support.zip"));
        using var zip = System.IO.Compression.ZipFile.OpenRead(await download.PathAsync());
        Assert.That(zip.Entries.Select(entry => entry.Name), Does.Contain("about.json"));
    }

    private async Task ChargeNeedingPersonAsync()
    {
        var charge = (await InScopeAsync<TillCharging, OpeningResult>(charging =>
            charging.ChargeAmountAsync(1, 12.50m, "EUR", "Two coffees", SecretToken.Create(), new TillOrigin(SecretToken.Create(), string.Empty, AssistantId: null)))).Session!;
        await InScopeAsync<PaymentSessionStore, bool>(store => store.TryCancelAsync(charge.Id, Time.UtcNow));
        Mion.PayByLightning(charge.PaymentSessionId);
        await PollWhenDueAsync();
    }

    private async Task<MionPaymentSession> NeedingPersonAsync()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        await ChangeOrderAsync(purchase.OrderId, order => order.OrderStatus = OrderStatus.Cancelled);
        Mion.PayByLightning(session.PaymentSessionId);
        await PollWhenDueAsync();
        return await NewestSessionAsync(purchase.OrderId);
    }
}
