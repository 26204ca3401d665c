using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Till.Integration;

/// <summary>The page of the till's settings, in a shop of two stores.</summary>
[TestFixture]
public sealed class TillSettingsTests : ShopFixture
{
    private const string Page = "/Admin/Mion/TillSettings";
    private const string Form = "#mion-till-settings";
    private const string OtherStore = "another store has been chosen in the meantime";

    private static readonly string[] _fields = ["LifetimeMinutes", "AllowOnChain", "OnChainLifetimeMinutes", "Sound", "ReturnSeconds", "TipPercent1", "TipPercent2", "TipPercent3", "AllowFreeTip"];

    protected override bool SecondStore => true;

    [Test]
    public async Task The_settings_of_all_stores_are_saved()
    {
        var admin = await AdminAsync();
        using var saved = await admin.SubmitAsync(await ChooseAsync(admin, 0), Form, ("LifetimeMinutes", "20"), ("AllowOnChain", "true"),
            ("OnChainLifetimeMinutes", "120"), ("Sound", "false"), ("ReturnSeconds", "0"),
            ("TipPercent1", "5"), ("TipPercent3", "15"), ("AllowFreeTip", "true"));

        Assert.That(saved.Headers.Location?.ToString(), Is.EqualTo(Page));
        Assert.That(await SettingsAsync(0), Is.EqualTo(new[] { "20", "True", "120", "False", "0", "5", null, "15", "True" }));
        Assert.That((await admin.OpenAsync(Page)).QuerySelector("[role=alert]")?.TextContent, Does.Contain("has been saved"));
    }

    [Test]
    public async Task The_settings_of_one_store_are_saved_and_what_is_not_its_own_stays_that_of_all_stores()
    {
        var admin = await AdminAsync();

        using var saved = await SubmitOwnAsync(admin, await ChooseAsync(admin, 2), ("Sound", "false"));

        Assert.That(saved.Headers.Location?.ToString(), Is.EqualTo(Page));
        Assert.That(await SettingsAsync(2), Is.EqualTo(new[] { null, null, null, "False", null, null, null, null, null }));
        Assert.That(await SettingsAsync(0), Is.All.Null);
        var again = await admin.OpenAsync(Page);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(again.QuerySelector("[role=alert]")?.TextContent, Does.Contain("has been saved"));
            Assert.That(Input(again, "Sound_OverrideForStore").IsChecked, Is.True);
            Assert.That(Input(again, "Sound").IsChecked, Is.False);
            Assert.That(Input(again, "LifetimeMinutes_OverrideForStore").IsChecked, Is.False);
            Assert.That(Input(again, "LifetimeMinutes").Value, Is.EqualTo("15"));
        }
    }

    [Test]
    public async Task What_a_store_gives_up_is_that_of_all_stores_again()
    {
        var admin = await AdminAsync();
        using var own = await SubmitOwnAsync(admin, await ChooseAsync(admin, 2), ("LifetimeMinutes", "30"), ("Sound", "false"));
        Assert.That(await SettingsAsync(2), Is.EqualTo(new[] { "30", null, null, "False", null, null, null, null, null }));

        using var saved = await SubmitOwnAsync(admin, await ChooseAsync(admin, 2), ("Sound", "false"));

        Assert.That(await SettingsAsync(2), Is.EqualTo(new[] { null, null, null, "False", null, null, null, null, null }));
    }

    [TestCase("LifetimeMinutes", "2", "3")]
    [TestCase("OnChainLifetimeMinutes", "59", "60")]
    [TestCase("ReturnSeconds", "601", "600")]
    [TestCase("TipPercent1", "101", "100")]
    [TestCase("TipPercent3", "-1", "1")]
    public async Task What_a_store_has_for_its_own_is_held_to_the_limits_and_only_that(string field, string wrong, string right)
    {
        var admin = await AdminAsync();

        using var refused = await SubmitOwnAsync(admin, await ChooseAsync(admin, 2), (field, wrong));
        var page = await ShopBrowser.ReadAsync(refused);
        Assert.That(page.QuerySelectorAll($"{Form} .validation-summary-errors li"), Has.Exactly(1).Items);
        Assert.That(page.QuerySelector($"[data-valmsg-for={field}]")?.TextContent, Is.Not.Empty);
        Assert.That(await SettingsAsync(2), Is.All.Null);

        // what came back can be corrected and sent again
        using var saved = await SubmitOwnAsync(admin, page, (field, right));
        Assert.That(await Shop.GetSettingAsync($"miontillsettings.{field}".ToLowerInvariant(), 2), Is.EqualTo(right));
    }

    [TestCase(0, 2)]
    [TestCase(2, 0)]
    [TestCase(1, 2)]
    public async Task A_form_that_was_opened_for_another_store_than_the_one_chosen_by_now_changes_nothing_and_says_so(int opened, int chosen)
    {
        var admin = await AdminAsync();
        var form = await ChooseAsync(admin, opened);
        await ChooseAsync(admin, chosen);

        using var sent = opened == 0
            ? await admin.SubmitAsync(form, Form, ("LifetimeMinutes", "30"), ("Sound", "false"))
            : await SubmitOwnAsync(admin, form, ("LifetimeMinutes", "30"), ("Sound", "false"));

        Assert.That(sent.Headers.Location?.ToString(), Is.EqualTo(Page));
        Assert.That((await admin.OpenAsync(Page)).QuerySelector("[role=alert]")?.TextContent, Does.Contain(OtherStore));
        Assert.That(await SettingsAsync(0), Is.All.Null);
        Assert.That(await SettingsAsync(1), Is.All.Null);
        Assert.That(await SettingsAsync(2), Is.All.Null);
    }

    /// <summary>Sends a store's form as a browser does: nopCommerce disables each field that is not the store's own, so it is not sent.</summary>
    private static Task<HttpResponseMessage> SubmitOwnAsync(ShopBrowser admin, IHtmlDocument page, params (string Name, string Value)[] own)
    {
        var changes = new List<(string, string?)>();
        foreach (var field in _fields)
        {
            var value = own.Where(change => change.Name == field).Select(change => change.Value).SingleOrDefault();
            changes.Add(($"{field}_OverrideForStore", value is null ? "false" : "true"));
            changes.Add((field, value));
        }

        return admin.SubmitAsync(page, Form, [.. changes]);
    }

    private async Task<IReadOnlyList<string?>> SettingsAsync(int storeId)
    {
        var values = new List<string?>();
        foreach (var field in _fields)
            values.Add(await Shop.GetSettingAsync($"miontillsettings.{field}".ToLowerInvariant(), storeId));
        return values;
    }

    private static IHtmlInputElement Input(IHtmlDocument page, string id) => page.QuerySelector<IHtmlInputElement>($"#{id}")!;

    private static Task<IHtmlDocument> ChooseAsync(ShopBrowser admin, int storeId) =>
        admin.OpenAsync($"/Admin/Setting/ChangeStoreScopeConfiguration?storeid={storeId}&returnUrl={Page}");
}
