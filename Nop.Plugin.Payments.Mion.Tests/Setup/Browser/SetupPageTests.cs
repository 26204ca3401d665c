using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Nop.Core.Domain.Stores;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Sandbox.Mion;
using Nop.Plugin.Payments.Mion.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Nop.Plugin.Payments.Mion.Tests.Setup.Browser;

/// <summary>The three steps of the set-up, as a merchant sees them.</summary>
[TestFixture]
public sealed class SetupPageTests : BrowserFixture
{
    /// <inheritdoc />
    protected override bool Webhooks => true;

    [Test]
    public async Task A_new_merchant_gets_from_nothing_to_three_green_steps_without_leaving_the_page([Values] bool phone)
    {
        await Shop.SetSettingAsync("mionsettings.apikey", "");
        var page = await OpenAsync(phone);
        await Expect(page.Locator("#mion-offer")).ToContainTextAsync("not offered at your checkout yet");
        await CheckAsync(page, phone, "new", "setup-new.png");

        await page.FillAsync("#ApiKey", "demo-key");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#mion-health li").Nth(0)).ToContainTextAsync("Mion accepts the key");

        await page.GetByRole(AriaRole.Button, new() { Name = "Save and test webhook" }).ClickAsync();
        await Expect(page.Locator("#mion-webhook-step")).ToContainTextAsync("Waiting for Mion's call");
        await CheckAsync(page, phone, "waiting", "setup-waiting.png");

        Mion.Expire(Mion.Sessions.Single().PaymentSessionId);
        // shown by the script, without the page being loaded again
        await Expect(page.Locator("#mion-webhook-step")).ToContainTextAsync("Mion's test call has arrived");
        await RunPollAsync();
        await page.ReloadAsync();

        await Expect(page.Locator("#mion-health [data-health=Good]")).ToHaveCountAsync(3);
        await Expect(page.Locator("#mion-offer")).ToContainTextAsync("Bitcoin is offered at your checkout.");
        await CheckAsync(page, phone, "green", "setup-green.png");
    }

    [Test]
    public async Task What_is_wrong_is_said_in_words_at_its_step([Values] bool phone)
    {
        await using var firewall = new RawHttpServer(RawAnswer.Status(403));
        await InScopeAsync<IRepository<Store>, bool>(async stores =>
        {
            var store = await stores.Table.FirstOrDefaultAsync(candidate => candidate.Id > 0);
            store.Url = firewall.Address;
            await stores.UpdateAsync(store);
            return true;
        });
        Time.Advance(TimeSpan.FromMinutes(10));
        var page = await OpenAsync(phone);
        await page.FillAsync("#ApiKey", "mistyped");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save and test connection" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save and test webhook" }).ClickAsync();

        await Expect(page.Locator("#mion-health [data-health=Bad]")).ToHaveCountAsync(3);
        await Expect(page.Locator("#mion-health")).ToContainTextAsync("does not accept the API key");
        await Expect(page.Locator("#mion-health")).ToContainTextAsync("Something in front of the store refuses the call");
        await Expect(page.Locator("#mion-health")).ToContainTextAsync("The task does not run");
        await Expect(page.Locator("#mion-offer")).ToContainTextAsync("the connection to Mion does not work as it should");
        await CheckAsync(page, phone, "red", "setup-red.png");

        await page.GotoAsync($"{Shop.BaseAddress}Admin/System/Warnings");
        await Expect(page.Locator("#mion-warnings")).ToContainTextAsync("The task does not run");
        await CheckAsync(page, phone, "warnings");
    }

    [Test]
    public async Task A_key_for_monitors_is_made_and_shown_once([Values] bool phone)
    {
        var page = await OpenAsync(phone);

        await page.GetByRole(AriaRole.Button, new() { Name = "Make a new key" }).ClickAsync();

        await Expect(page.Locator("#mion-health-key code")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^\\s*[0-9a-f]{32}\\s*$"));
        await CheckAsync(page, phone, "monitors", part: ".card:has(#mion-facts)");
        await page.GetByRole(AriaRole.Button, new() { Name = "Switch off" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Switch off" })).ToHaveCountAsync(0);
        await Expect(page.Locator("#mion-health-key")).ToHaveCountAsync(0);
    }

    private async Task<IPage> OpenAsync(bool phone)
    {
        var page = await NewPageAsync(phone);
        await page.GotoAsync($"{Shop.BaseAddress}Admin/Mion/Configure");
        await page.ClickAsync("#login");
        await page.Locator("#mion-configuration").WaitForAsync();
        return page;
    }

    private async Task CheckAsync(IPage page, bool phone, string name, string? picture = null, string part = ".card:has(#mion-setup)")
    {
        await ShowAsync(page, phone ? $"{name}.phone" : name, picture: phone ? null : picture, part: part);
        var result = await page.RunAxe();
        Assert.That(result.Violations.Where(violation => violation.Impact is "serious" or "critical")
            .Select(violation => $"{violation.Id}: {violation.Help} ({string.Join(", ", violation.Nodes.Select(node => node.Html))})"), Is.Empty);
        Assert.That(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"), Is.True, "nothing sticks out at the side");
    }
}
