using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.Extensions.DependencyInjection;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Data;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Setup.Integration;

/// <summary>The merchant's own words at checkout, in each language of the store.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class OwnTextTests : ShopFixture
{
    private const string Page = "/Admin/Mion/Configure";
    private const string Form = "#mion-configuration";
    private const string Setting = "mionsettings.descriptiontext";

    [Test]
    public async Task A_store_with_one_language_has_one_field()
    {
        var page = await (await AdminAsync()).OpenAsync(Page);

        Assert.That(page.QuerySelectorAll(".nav-tabs-localized-fields"), Is.Empty);
        Assert.That(page.QuerySelectorAll("textarea").Select(field => field.GetAttribute("name")), Is.EqualTo(new[] { "DescriptionText" }));
    }

    [Test]
    public async Task Each_shopper_reads_the_text_of_their_language_and_those_without_one_the_common_text()
    {
        var (german, french) = (await AddLanguageAsync("de-DE"), await AddLanguageAsync("fr-FR"));
        await SaveAsync(german, "Mit Bitcoin bezahlen, <wir> geben 2 %.", ("DescriptionText", "Pay with sats."));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await ReadAsync(language: null), Is.EqualTo("Pay with sats."));
            Assert.That(await ReadAsync(german), Is.EqualTo("Mit Bitcoin bezahlen, <wir> geben 2 %."));
            Assert.That(await ReadAsync(french), Is.EqualTo("Pay with sats."));
        }

        var page = await (await AdminAsync()).OpenAsync(Page);
        Assert.That(Field(page, german), Is.EqualTo("Mit Bitcoin bezahlen, <wir> geben 2 %."));
        Assert.That(Field(page, french), Is.Empty);
    }

    [Test]
    public async Task Where_there_is_no_common_text_the_others_read_the_delivered_one()
    {
        var german = await AddLanguageAsync("de-DE");
        await SaveAsync(german, "Mit Sats bezahlen.");

        Assert.That(await ReadAsync(german), Is.EqualTo("Mit Sats bezahlen."));
        Assert.That(await ReadAsync(language: null), Does.Contain("Lightning"));
    }

    [Test]
    public async Task An_update_keeps_it_and_saving_something_else_too()
    {
        var german = await AddLanguageAsync("de-DE");
        await SaveAsync(german, "Mit Sats bezahlen.");

        await InScopeAsync<Installation, bool>(async installation =>
        {
            await installation.UpdateAsync();
            return true;
        });
        var admin = await AdminAsync();
        using var saved = await admin.SubmitAsync(await admin.OpenAsync(Page), Form, ("LatePaymentDays", "3"));

        Assert.That(await ReadAsync(german), Is.EqualTo("Mit Sats bezahlen."));
    }

    [Test]
    public async Task Emptied_it_is_gone_with_its_row_and_so_it_is_when_the_plugin_is_uninstalled()
    {
        var german = await AddLanguageAsync("de-DE");
        await SaveAsync(german, "Mit Sats bezahlen.");
        await SaveAsync(german, " ");
        Assert.That(await Shop.GetSettingAsync(Setting), Is.Null, "a default is not saved");
        Assert.That(await TranslationsAsync(), Is.Zero);

        await SaveAsync(german, "Mit Sats bezahlen.");
        Assert.That(await TranslationsAsync(), Is.EqualTo(1));
        await Shop.UninstallPluginAsync();
        Assert.That(await TranslationsAsync(), Is.Zero);
    }

    [Test]
    public async Task One_that_is_too_long_is_refused_in_words_and_stays_in_its_field()
    {
        var german = await AddLanguageAsync("de-DE");
        var admin = await AdminAsync();
        var text = new string('x', 1001);

        using var refused = await admin.SubmitAsync(await admin.OpenAsync(Page), Form, (await NameAsync(admin, german), text));
        var page = await ShopBrowser.ReadAsync(refused);

        Assert.That(page.QuerySelector(".validation-summary-errors")?.TextContent, Does.Contain("1,000").Or.Contain("1000"));
        Assert.That(Field(page, german), Is.EqualTo(text));
        Assert.That(await TranslationsAsync(), Is.Zero);
    }

    private async Task SaveAsync(int language, string text, params (string Name, string? Value)[] others)
    {
        var admin = await AdminAsync();
        using var saved = await admin.SubmitAsync(await admin.OpenAsync(Page), Form, [(await NameAsync(admin, language), text), .. others]);
        Assert.That(saved.Headers.Location?.ToString(), Is.EqualTo(Page));
    }

    /// <summary>The field of a language, by the hidden one beside it.</summary>
    private static async Task<string> NameAsync(ShopBrowser admin, int language) => NameOf(await admin.OpenAsync(Page), language);

    private static string NameOf(IParentNode page, int language) => page.QuerySelectorAll<IHtmlInputElement>("input[name$='.LanguageId']")
        .Single(field => field.Value == $"{language}").Name!.Replace("LanguageId", "DescriptionText", StringComparison.Ordinal);

    private static string Field(IParentNode page, int language) =>
        page.QuerySelectorAll<IHtmlTextAreaElement>("textarea").Single(field => field.Name == NameOf(page, language)).Value.Trim();

    private async Task<string?> ReadAsync(int? language)
    {
        var shopper = NewBrowser();
        await shopper.AddToCartAsync(ShopBrowser.Mug);
        (await shopper.SendFormAsync("/checkout/paymentmethod", ("paymentMethod", MionDefaults.SystemName))).Dispose();
        if (language is { } id)
            await shopper.SpeakAsync(id);
        return (await shopper.OpenAsync("/checkout/paymentinfo")).QuerySelector(".mion-info p")?.TextContent.Trim();
    }

    private Task<int> TranslationsAsync() => Shop.InScopeAsync(services =>
        services.GetRequiredService<IRepository<LocalizedProperty>>().Table.CountAsync());
}
