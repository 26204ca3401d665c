using System.Net;
using AngleSharp.Html.Dom;
using Newtonsoft.Json.Linq;
using Nop.Core.Domain.ScheduleTasks;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Setup.Integration;

/// <summary>A machine that has the key is told what <em>System › Warnings</em> says; any other costs the store nothing.</summary>
[TestFixture]
public sealed class MachineHealthTests : ShopFixture
{
    private const string Page = "/Admin/Mion/Configure";

    [Test]
    public async Task It_is_not_there_before_a_key_was_made()
    {
        Assert.That((await AskAsync("")).Status, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task A_key_is_shown_once_and_kept_as_its_hash_alone()
    {
        var admin = await AdminAsync();

        var key = await MakeKeyAsync(admin);

        Assert.That(key, Does.Match("^[0-9a-f]{32}$"));
        Assert.That((await admin.OpenAsync(Page)).DocumentElement.OuterHtml, Does.Not.Contain(key));
        Assert.That(await Shop.GetSettingAsync("mionsettings.healthkeyhash"), Has.Length.EqualTo(64).And.Not.Contains(key));
        Assert.That((await AskAsync(key)).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task What_else_was_typed_stays_in_the_form_and_is_not_saved()
    {
        var admin = await AdminAsync();
        var page = await admin.OpenAsync(Page);

        using var response = await admin.SubmitToAsync(page, "#mion-configuration", "/Admin/Mion/HealthKey/Create", ("LatePaymentDays", "11"));

        var shown = await ShopBrowser.ReadAsync(response);
        Assert.That(((IHtmlInputElement?)shown.QuerySelector("#LatePaymentDays"))?.Value, Is.EqualTo("11"));
        Assert.That(await Shop.GetSettingAsync("mionsettings.latepaymentdays"), Is.Null);
    }

    [TestCase("Create")]
    [TestCase("Remove")]
    public async Task Where_the_address_of_a_button_is_opened_stands_its_page_and_nothing_has_happened(string button)
    {
        var admin = await AdminAsync();
        var key = await MakeKeyAsync(admin);

        Assert.That((await admin.OpenAsync($"/Admin/Mion/HealthKey/{button}")).QuerySelector("#mion-configuration"), Is.Not.Null);
        Assert.That((await AskAsync(key)).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task A_new_key_takes_the_place_of_the_one_before_and_can_be_taken_away()
    {
        var admin = await AdminAsync();
        var first = await MakeKeyAsync(admin);
        var second = await MakeKeyAsync(admin);

        Assert.That((await AskAsync(first)).Status, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That((await AskAsync(second)).Status, Is.EqualTo(HttpStatusCode.OK));

        using var removed = await admin.SubmitToAsync(await admin.OpenAsync(Page), "#mion-configuration", "/Admin/Mion/HealthKey/Remove");
        Assert.That((await AskAsync(second)).Status, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task A_wrong_key_is_refused_without_a_guest_and_without_the_database()
    {
        var key = await MakeKeyAsync(await AdminAsync());
        await AskAsync(key);
        var (guests, statements) = (await Shop.CountGuestsAsync(), Statements);

        foreach (var wrong in new[] { "", "wrong", key + "0", key.ToUpperInvariant() })
            Assert.That((await AskAsync(wrong)).Status, Is.EqualTo(HttpStatusCode.Unauthorized), wrong);

        Assert.That(Statements, Is.EqualTo(statements));
        Assert.That(await Shop.CountGuestsAsync(), Is.EqualTo(guests));
    }

    [Test]
    public async Task It_says_what_is_well_and_turns_to_503_with_what_the_warnings_say()
    {
        var admin = await AdminAsync();
        var key = await MakeKeyAsync(admin);
        await BuyWithSessionAsync();
        await RunPollAsync();

        var (status, health) = await AskAsync(key);
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(health["status"]?.ToString(), Is.EqualTo("healthy"));
        Assert.That(health["checks"]?["key"]?["state"]?.ToString(), Is.EqualTo("good"));
        Assert.That(health["checks"]?["task"]?["state"]?.ToString(), Is.EqualTo("good"));
        Assert.That(((int?)health["open"], (int?)health["overdue"], (int?)health["needsPerson"]), Is.EqualTo((1, 0, 0)));

        await StopTaskAsync();
        Time.Advance(TimeSpan.FromMinutes(15));

        (status, health) = await AskAsync(key);
        Assert.That(status, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(health["status"]?.ToString(), Is.EqualTo("unhealthy"));
        Assert.That((int?)health["overdue"], Is.EqualTo(1));
        var said = health["checks"]!["task"]!["text"]!.ToString();
        Assert.That((await admin.OpenAsync("/Admin/System/Warnings")).DocumentElement.TextContent, Does.Contain(said));
    }

    [Test]
    public async Task It_leaves_no_guest_and_speaks_the_owners_language()
    {
        var key = await MakeKeyAsync(await AdminAsync());
        var german = await AddLanguageAsync("de-DE");
        await Shop.SetSettingAsync("localizationsettings.defaultadminlanguageid", $"{german}");
        await StopTaskAsync();
        var guests = await Shop.CountGuestsAsync();

        var (_, health) = await AskAsync(key);

        Assert.That(health["checks"]?["task"]?["text"]?.ToString(), Does.Contain("Aufgabe"));
        Assert.That(await Shop.CountGuestsAsync(), Is.EqualTo(guests));
        Assert.That(await Shop.GetLogAsync(), Is.Empty);
    }

    [Test]
    public async Task Whoever_asks_often_is_answered_from_the_same_look_for_ten_seconds()
    {
        var key = await MakeKeyAsync(await AdminAsync());
        await AskAsync(key);
        var statements = Statements;

        for (var i = 0; i < 5; i++)
            await AskAsync(key);
        Assert.That(Statements, Is.EqualTo(statements));

        Time.Advance(TimeSpan.FromSeconds(11));
        await AskAsync(key);
        Assert.That(Statements, Is.GreaterThan(statements));
    }

    private Task StopTaskAsync() => InScopeAsync<IRepository<ScheduleTask>, bool>(async tasks =>
    {
        var task = tasks.Table.Single(each => each.Type == MionDefaults.PollTaskType);
        task.Enabled = false;
        await tasks.UpdateAsync(task);
        return true;
    });

    private static async Task<string> MakeKeyAsync(ShopBrowser admin)
    {
        using var response = await admin.SubmitToAsync(await admin.OpenAsync(Page), "#mion-configuration", "/Admin/Mion/HealthKey/Create");
        return (await ShopBrowser.ReadAsync(response)).QuerySelector("#mion-health-key code")!.TextContent.Trim();
    }

    private async Task<(HttpStatusCode Status, JObject Health)> AskAsync(string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/mion/health");
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {key}");
        using var response = await NewBrowser().SendAsync(request);
        return (response.StatusCode, JObject.Parse(await response.Content.ReadAsStringAsync()));
    }
}
