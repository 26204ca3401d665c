using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Nop.Plugin.Payments.Mion.Sandbox.Mion;
using NUnit.Framework;

namespace Nop.Plugin.Payments.Mion.Tests.Sandbox;

/// <summary>The stand-in's pages: what a shopper and the person at the sandbox see, and what their buttons do.</summary>
[TestFixture]
public sealed class MionStandInPageTests : StandInFixture
{
    [Test]
    public async Task The_checkout_shows_what_is_to_be_paid_and_every_way_to_go_on()
    {
        var id = await CreateAsync(Order("order-<1>"));
        var page = await PageAsync($"/checkout/{id}");

        Assert.That(page.QuerySelector(".amount")!.TextContent, Is.EqualTo("12.00 EUR"));
        Assert.That(page.QuerySelector("#invoice")!.TextContent, Is.EqualTo(StandIn.Find(id)!.LnInvoice));
        Assert.That(page.QuerySelector("[role=status]")!.TextContent, Is.EqualTo("Waiting for payment"));
        Assert.That(page.Body!.TextContent, Does.Contain("order-<1>"));
        Assert.That(Buttons(page), Is.EqualTo(new[] { "Pay by Lightning", "Pay on chain (seen now)", "Pay too little", "Let it expire" }));
        Assert.That(page.QuerySelector("#back")!.GetAttribute("href"), Is.EqualTo("http://shop.example/mion/return/token"));
        Assert.That(page.QuerySelector("meta[http-equiv]"), Is.Null);
    }

    [Test]
    public async Task After_a_lightning_payment_the_page_returns_to_the_shop_by_itself()
    {
        var id = await CreateAsync();
        await PressAsync($"/checkout/{id}/pay-lightning");
        var page = await PageAsync($"/checkout/{id}");

        Assert.That(page.QuerySelector("meta[http-equiv=refresh]")!.GetAttribute("content"), Is.EqualTo("2;url=http://shop.example/mion/return/token"));
        Assert.That(page.QuerySelector("#back")!.TextContent, Is.EqualTo("Back to the shop"));
        Assert.That(page.QuerySelector("[role=status]")!.TextContent, Does.StartWith("Paid"));
        Assert.That(Buttons(page), Is.Empty);
    }

    [Test]
    public async Task Returning_by_itself_can_be_switched_off()
    {
        await RestartAsync(new MionStandInOptions { ReturnAfterLightning = false, TimeProvider = Clock });
        var id = await CreateAsync();
        StandIn.PayByLightning(id);

        Assert.That(await Client.GetStringAsync($"/checkout/{id}"), Does.Not.Contain("http-equiv"));
    }

    [Test]
    public async Task On_chain_is_seen_then_confirmed_and_the_shopper_goes_back_by_hand()
    {
        var id = await CreateAsync();
        await PressAsync($"/checkout/{id}/pay-on-chain");
        var seen = await PageAsync($"/checkout/{id}");
        await PressAsync($"/checkout/{id}/confirm");
        var paid = await PageAsync($"/checkout/{id}");

        Assert.That(Buttons(seen), Is.EqualTo(new[] { "Confirm the on-chain payment", "Let it expire" }));
        Assert.That(StandIn.Find(id)!.IsPaid);
        Assert.That(paid.QuerySelector("meta[http-equiv]"), Is.Null);
    }

    [Test]
    public async Task An_expired_session_can_only_be_paid_late()
    {
        var id = await CreateAsync();
        await PressAsync($"/checkout/{id}/pay-too-little");
        await PressAsync($"/checkout/{id}/expire");
        var page = await PageAsync($"/checkout/{id}");

        Assert.That(page.QuerySelector("#invoice"), Is.Null);
        Assert.That(Buttons(page), Is.EqualTo(new[] { "Pay all the same, after the expiry" }));
        Assert.That(page.QuerySelector("#back")!.TextContent, Is.EqualTo("Back to the shop without paying"));
    }

    [Test]
    public async Task A_button_pressed_too_late_shows_how_it_stands()
    {
        var id = await CreateAsync();
        StandIn.PayByLightning(id);
        await PressAsync($"/checkout/{id}/pay-on-chain");

        Assert.That(StandIn.Find(id)!.PaymentMethod, Is.EqualTo("lightning"));
    }

    [Test]
    public async Task At_a_till_the_newest_attempt_is_shown_while_it_lives()
    {
        var id = await CreateAsync(Till());
        var before = await PageAsync($"/checkout/{id}");
        using var attempt = await PostAsync($"/payment-sessions/{id}/payment-attempts", new System.Text.Json.Nodes.JsonObject { ["retailPos"] = true });
        var during = await PageAsync($"/checkout/{id}");
        Clock.Advance(TimeSpan.FromMinutes(2));
        var after = await PageAsync($"/checkout/{id}");

        Assert.That(before.QuerySelector("#invoice"), Is.Null);
        Assert.That(during.QuerySelector("#invoice")!.TextContent, Is.EqualTo((string?)(await JsonAsync(attempt))["lnInvoice"]));
        Assert.That(after.QuerySelector("#invoice"), Is.Null);
        Assert.That(during.QuerySelector("#back"), Is.Null);
    }

    [TestCase("/checkout/75099bcf-22d5-43f9-8976-b7c5692eaa85")]
    [TestCase("/checkout/<script>")]
    public async Task An_unknown_checkout_is_404(string path)
    {
        using var answer = await Client.GetAsync(path);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("no such payment").And.Not.Contain("<script>"));
    }

    [Test]
    public async Task The_pages_load_nothing_from_elsewhere_and_run_no_script()
    {
        var id = await CreateAsync();
        foreach (var path in new[] { "/", $"/checkout/{id}" })
        {
            using var answer = await Client.GetAsync(path);
            var page = new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());

            Assert.That(answer.Headers.GetValues("Content-Security-Policy").Single(), Does.Contain("default-src 'none'"));
            Assert.That(answer.Headers.GetValues("Referrer-Policy").Single(), Is.EqualTo("no-referrer"));
            Assert.That(page.QuerySelectorAll("script, link, img, iframe, [onclick]"), Is.Empty);
            Assert.That(page.QuerySelector("meta[name=viewport]"), Is.Not.Null);
        }
    }

    [Test]
    public async Task The_overview_lists_sessions_and_what_was_asked()
    {
        var id = await CreateAsync(Order("order-1"));
        var page = await PageAsync("/");

        Assert.That(page.QuerySelector($"a[href='/checkout/{id}']")!.TextContent, Is.EqualTo("order-1"));
        Assert.That(page.Body!.TextContent, Does.Contain(MionOperations.CreateSession));
    }

    [Test]
    public async Task Faults_are_switched_on_and_off_in_the_overview()
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["kind"] = "Status",
            ["operation"] = "GET status",
            ["count"] = "",
            ["delay"] = "0",
            ["statusCode"] = "500"
        });
        using var added = await Client.PostAsync("/faults", form);
        var rule = StandIn.Faults.Active.Single().Rule;
        var page = await PageAsync("/");
        await PressAsync("/faults/clear");

        Assert.That(added.StatusCode, Is.EqualTo(HttpStatusCode.SeeOther));
        Assert.That(rule, Is.EqualTo(new FaultRule { Kind = FaultKind.Status, Operation = "GET status", StatusCode = 500 }));
        Assert.That(page.Body!.TextContent, Does.Contain("Status at GET status: hit 0, no end"));
        Assert.That(StandIn.Faults.Active, Is.Empty);
    }

    [Test]
    public async Task A_fault_that_makes_no_sense_is_explained_in_the_overview()
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["kind"] = "Status",
            ["operation"] = "*",
            ["count"] = "0",
            ["delay"] = "0",
            ["statusCode"] = "500"
        });
        using var answer = await Client.PostAsync("/faults", form);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("count must be at least 1"));
    }

    [Test]
    public async Task Permissions_are_taken_and_given_in_the_overview()
    {
        await PressAsync("/permissions/None");
        var taken = StandIn.Permissions;
        await PressAsync("/permissions/All");

        Assert.That(taken, Is.EqualTo(MionPermissions.None));
        Assert.That(StandIn.Permissions, Is.EqualTo(MionPermissions.All));
    }

    private static string[] Buttons(IParentNode page) => [.. page.QuerySelectorAll("button").Select(button => button.TextContent)];

    private async Task<AngleSharp.Html.Dom.IHtmlDocument> PageAsync(string path) =>
        new HtmlParser().ParseDocument(await Client.GetStringAsync(path));

    private async Task PressAsync(string path)
    {
        using var answer = await Client.PostAsync(path, new FormUrlEncodedContent([]));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.SeeOther));
    }
}
