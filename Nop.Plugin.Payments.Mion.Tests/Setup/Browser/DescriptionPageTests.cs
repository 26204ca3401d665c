using Microsoft.Playwright;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Setup.Browser;

/// <summary>Reading in Mion's description, as a merchant sees it.</summary>
[TestFixture]
public sealed class DescriptionPageTests : BrowserFixture
{
    private protected override MadeUpMion? Described => null;

    [TestCase(false)]
    [TestCase(true)]
    public async Task A_description_is_chosen_read_and_shown_before_anything_is_saved(bool phone)
    {
        var page = await OpenAdminAsync("/Admin/Mion/Description", phone);
        await AssertAccessibleAsync(page);
        await ShowAsync(page, phone ? "standing-phone" : "standing");

        await page.SetInputFilesAsync("#file", MadeUpMion.Find("account")!.File);
        await page.ClickAsync("#mion-description-file button");
        await page.Locator("#mion-description-apply").WaitForAsync();

        await AssertAccessibleAsync(page);
        await ShowAsync(page, phone ? "proposal-phone" : "proposal");
        Assert.That(await page.Locator("#mion-description-apply select").CountAsync(), Is.EqualTo(1),
            "one question: which of the two addresses");
        Assert.That(await Shop.GetSettingAsync("mionsettings.apicontract"), Is.Null);
    }

    [Test]
    public async Task How_sure_everything_is_stands_under_Advanced()
    {
        var page = await OpenAdminAsync("/Admin/Mion/Configure");
        await page.EvaluateAsync("document.querySelector('#mion-standing').open = true; document.querySelectorAll('.collapsed-card').forEach(card => card.classList.remove('collapsed-card'))");

        await ShowAsync(page, "advanced");
        Assert.That(await page.Locator("#mion-standing [data-key='session.paidAt']").TextContentAsync(), Does.Contain("in Mion's guides"));
        await AssertAccessibleAsync(page);
    }
}
