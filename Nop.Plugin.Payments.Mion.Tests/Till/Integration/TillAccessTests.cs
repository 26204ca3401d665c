using System.Net;
using System.Reflection;
using AngleSharp.Dom;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Routing;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Tests.Support;
using Nop.Plugin.Payments.Mion.Tests.Till.Browser;
using Nop.Plugin.Payments.Mion.Till;
using Nop.Web.Framework.Mvc.Filters;

namespace Nop.Plugin.Payments.Mion.Tests.Till.Integration;

/// <summary>An assistant's account has the till's permission and the admin area's, and gets no further; a customer's screen tells no more than it must.</summary>
[TestFixture]
public sealed class TillAccessTests : TillFixture
{
    private const string AccessDenied = "/Admin/Security/AccessDenied";

    [Test]
    public async Task The_assistant_sees_the_till_in_the_menu_and_nothing_else_of_the_plugin()
    {
        var assistant = await AssistantAsync();

        var page = await assistant.OpenAsync("/Admin/Mion/Till");

        var links = page.QuerySelectorAll("header a").Select(link => link.GetAttribute("href")).ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(links, Has.Exactly(1).EqualTo("/Admin/MionTill/Index"));
            Assert.That(links.Where(link => link!.Contains("Mion", StringComparison.Ordinal)), Has.Exactly(1).Items);
            Assert.That(page.QuerySelector("a[href*=TillSettings]"), Is.Null, "no button for what is refused");
        }

        var owner = NewBrowser();
        await owner.EnterAdminAsync();
        Assert.That((await owner.OpenAsync("/Admin/Mion/Till")).QuerySelector("a[href*=TillSettings]"), Is.Not.Null);
    }

    [TestCase("/Admin/Mion/TillSettings")]
    [TestCase("/Admin/Mion/Configure")]
    [TestCase("/Admin/MionPayments/List")]
    public async Task The_assistant_is_refused_the_owners_pages(string page)
    {
        using var owner = await (await OwnerAsync()).GetAsync(page);
        using var response = await (await AssistantAsync()).GetAsync(page);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((int)owner.StatusCode, Is.EqualTo(200), "the page exists");
            Assert.That(response.Headers.Location?.OriginalString, Does.StartWith(AccessDenied));
        }
    }

    [Test]
    public void Every_action_of_the_admin_area_asks_for_a_permission_and_only_the_tills_for_this_one()
    {
        var actions = typeof(MionTillController).Assembly.GetTypes()
            .Where(type => type.GetCustomAttribute<AuthorizeAdminAttribute>() is not null)
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Where(method => method.GetCustomAttributes<HttpMethodAttribute>().Any())
            .Select(method => (Action: $"{method.DeclaringType!.Name}.{method.Name}", Permissions: method.GetCustomAttributes<CheckPermissionAttribute>().SelectMany(check => check.PermissionSystemName).ToList()))
            .ToList();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(actions, Has.Count.GreaterThan(15));
            Assert.That(actions.Where(action => action.Permissions.Count == 0).Select(action => action.Action), Is.Empty);
            Assert.That(actions.Where(action => action.Permissions.Contains(MionPermissions.Charge)).Select(action => action.Action.Split('.')[0]).Distinct(),
                Is.EquivalentTo(new[] { nameof(MionTillController), nameof(MionTillCardController), nameof(MionTillDayController), nameof(MionTillReceiptController) }));
        }
    }

    [Test]
    public async Task Without_the_tills_permission_there_is_no_button_on_an_order_and_no_charge()
    {
        var orderId = await PlaceOrderAsync();
        var clerk = NewBrowser();
        (await clerk.SendFormAsync("/Admin/Login/Clerk")).Dispose();
        Assert.That((await clerk.OpenAsync($"/Admin/Order/Edit/{orderId}")).QuerySelector("#mion-till-charge"), Is.Null);
        Assert.That((await (await OwnerAsync()).OpenAsync($"/Admin/Order/Edit/{orderId}")).QuerySelector("#mion-till-charge"), Is.Not.Null);

        var before = Mion.Sessions.Count;
        using var response = await clerk.PostAsync($"/Admin/Mion/Till/ChargeOrder/{orderId}", new FormUrlEncodedContent([]));

        Assert.That((response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.Redirect, Mion.Sessions.Count), Is.EqualTo((true, before)));
    }

    [Test]
    public async Task The_customers_screen_is_kept_by_no_cache_found_by_no_search_engine_and_named_to_no_other_site()
    {
        await ChargeAmountAsync();
        var customer = NewBrowser();
        var status = Newtonsoft.Json.Linq.JObject.Parse(await (await customer.GetAsync($"/mion/till/{Screen}/status")).Content.ReadAsStringAsync());

        foreach (var address in new[] { $"/mion/till/{Screen}", $"/mion/till/{Screen}/status", (string)status["QrUrl"]! })
        {
            using var response = await customer.GetAsync(address);
            using (Assert.EnterMultipleScope())
            {
                Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), address);
                Assert.That(response.Headers.CacheControl?.NoStore, Is.True, address);
                Assert.That(response.Headers.GetValues("Referrer-Policy"), Is.EqualTo(new[] { "no-referrer" }), address);
                Assert.That(response.Headers.GetValues("X-Robots-Tag"), Is.EqualTo(new[] { "noindex" }), address);
                Assert.That(response.Headers.Contains("Set-Cookie"), Is.False, address);
            }
        }
    }

    [Test]
    public async Task A_screen_shows_the_codes_of_its_own_till_only()
    {
        var charge = (await ChargeAmountAsync()).Session!;
        var attempt = (await AttemptsAsync(charge.Id)).Single();

        using var response = await NewBrowser().GetAsync($"/mion/till/{SecretToken.Create()}/code/{attempt.Id}");

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task The_address_of_a_screen_cannot_be_guessed_and_belongs_to_one_browser()
    {
        var addresses = new List<string?>();
        for (var till = 0; till < 2; till++)
            addresses.Add((await (await AssistantAsync()).OpenAsync("/Admin/Mion/Till")).QuerySelector("#mion-screen-link")!.GetAttribute("href"));
        var assistant = await AssistantAsync();
        var first = (await assistant.OpenAsync("/Admin/Mion/Till")).QuerySelector("#mion-screen-link")!.GetAttribute("href");
        var again = (await assistant.OpenAsync("/Admin/Mion/Till")).QuerySelector("#mion-screen-link")!.GetAttribute("href");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(again, Is.EqualTo(first));
            Assert.That(addresses.Append(first).Distinct().Count(), Is.EqualTo(3));
            Assert.That(first, Does.Match("/mion/till/[0-9a-f]{32}$"), "128 bits");
        }
    }

    private async Task<ShopBrowser> AssistantAsync()
    {
        var browser = NewBrowser();
        await browser.EnterTillAsync();
        return browser;
    }

    private async Task<ShopBrowser> OwnerAsync()
    {
        var browser = NewBrowser();
        await browser.EnterAdminAsync();
        return browser;
    }
}
