using AngleSharp.Dom;
using Nop.Core.Domain.Directory;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Setup.Integration;

/// <summary>The merchant of a store that does not sell in euro is told what that means.</summary>
[TestFixture("EUR", null)]
[TestFixture("USD", "Order totals are converted with the store's own rate")]
public sealed class CurrencyNoticeTests(string currency, string? notice) : ShopFixture
{
    protected override string PrimaryCurrency => currency;

    [Test]
    public async Task The_page_says_what_the_currency_means()
    {
        var text = await NoticeAsync();

        Assert.That(text, notice is null ? Is.Null : Does.Contain(notice).And.Contain(currency));
    }

    [Test]
    public async Task The_page_says_that_there_is_no_way_to_the_euro()
    {
        await InScopeAsync<IRepository<Currency>, bool>(async currencies =>
        {
            var euro = await currencies.Table.FirstOrDefaultAsync(row => row.CurrencyCode == "EUR");
            euro.CurrencyCode = "CHF";
            await currencies.UpdateAsync(euro);
            return true;
        });

        Assert.That(await NoticeAsync(), Does.Contain("this store has no way to it"));
    }

    private async Task<string?> NoticeAsync()
    {
        var admin = NewBrowser();
        await admin.EnterAdminAsync();
        return (await admin.OpenAsync("/Admin/Mion/Configure")).QuerySelector("#mion-currency-notice")?.TextContent;
    }
}
