using Nop.Core.Domain.Directory;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Checkout.Integration;

/// <summary>When shoppers are offered the method.</summary>
[TestFixture]
public sealed class AvailabilityTests : ShopFixture
{
    [Test]
    public async Task It_is_offered_without_asking_Mion()
    {
        Assert.That(await IsOfferedAsync(), Is.True);
        Assert.That(Mion.Journal, Is.Empty);
    }

    [TestCase("apikey", "", TestName = "It_is_hidden_without_a_key")]
    [TestCase("apikey", "protected:CfDJ8broken", TestName = "It_is_hidden_with_a_key_that_cannot_be_read")]
    [TestCase("baseurl", "http://mion.example", TestName = "It_is_hidden_with_an_address_that_is_not_safe")]
    [TestCase("checkouturltemplate", "https://mion.example/checkout", TestName = "It_is_hidden_with_a_checkout_address_without_place_for_the_session")]
    [TestCase("minimumordertotal", "12.91", TestName = "It_is_hidden_below_the_minimum")]
    [TestCase("maximumordertotal", "12.89", TestName = "It_is_hidden_above_the_maximum")]
    public async Task Hidden(string setting, string value)
    {
        await Shop.SetSettingAsync($"mionsettings.{setting}", value);

        Assert.That(await IsOfferedAsync(), Is.False);
        Assert.That(Mion.Journal, Is.Empty);
    }

    [TestCase("minimumordertotal")]
    [TestCase("maximumordertotal")]
    public async Task It_is_offered_at_the_very_limit(string setting)
    {
        await Shop.SetSettingAsync($"mionsettings.{setting}", "12.90");

        Assert.That(await IsOfferedAsync(), Is.True);
    }

    [Test]
    public async Task It_is_offered_while_Mion_is_down()
    {
        await Mion.DisposeAsync();

        Assert.That(await IsOfferedAsync(), Is.True);
    }

    [Test]
    public async Task It_is_hidden_in_a_store_without_a_way_to_the_euro()
    {
        await InScopeAsync<IRepository<Currency>, bool>(async currencies =>
        {
            var euro = (await currencies.Table.ToListAsync()).Single(currency => currency.CurrencyCode == "EUR");
            euro.CurrencyCode = "CHF";
            await currencies.UpdateAsync(euro);
            return true;
        });

        Assert.That(await IsOfferedAsync(), Is.False);
    }

    private async Task<bool> IsOfferedAsync()
    {
        var browser = NewBrowser();
        await browser.AddToCartAsync();
        var page = await browser.OpenAsync("/checkout/paymentmethod");
        return page.QuerySelector($"[name=paymentMethod][value='{MionDefaults.SystemName}']") is not null;
    }
}
