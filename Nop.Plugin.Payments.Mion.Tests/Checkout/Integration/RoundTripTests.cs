using Nop.Plugin.Payments.Mion.Sandbox.Mion;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Checkout.Integration;

/// <summary>What a shopper waits for at the end of checkout: one call to Mion, and none where there is a session already.</summary>
[TestFixture]
public sealed class RoundTripTests : ShopFixture
{
    /// <inheritdoc />
    protected override bool OnePageCheckout => true;

    [Test]
    public async Task A_new_session_costs_one_call_to_Mion()
    {
        await BuyAsync();

        Assert.That(Mion.AllCalls, Is.EqualTo(new Dictionary<string, int> { [MionOperations.CreateSession] = 1 }));
    }

    [Test]
    public async Task A_session_that_is_used_again_costs_none()
    {
        var purchase = await BuyAsync();

        for (var i = 0; i < 3; i++)
            (await purchase.Browser.GetAsync("/checkout/OpcCompleteRedirectionPayment")).Dispose();

        Assert.That(Mion.AllCalls.Values.Sum(), Is.EqualTo(1));
    }
}
