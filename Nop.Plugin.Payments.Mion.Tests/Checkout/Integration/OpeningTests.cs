using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Sandbox.Mion;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Checkout.Integration;

/// <summary>What Mion is asked for when an order is placed, and what the store remembers of it.</summary>
[TestFixture]
public sealed class OpeningTests : ShopFixture
{
    [Test]
    public async Task Mion_is_asked_for_the_order_total_in_cents_and_the_shopper_is_sent_there()
    {
        var (purchase, session) = await BuyWithSessionAsync();

        var order = await Shop.GetOrderAsync(purchase.OrderId);
        var atMion = Mion.Sessions.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(purchase.Redirect, Is.EqualTo($"{Mion.BaseAddress}checkout/{atMion.PaymentSessionId}"));
            Assert.That(atMion.Amount, Is.EqualTo(1290));
            Assert.That(atMion.CurrencyIso3, Is.EqualTo("EUR"));
            Assert.That(atMion.RetailPos, Is.False);
            Assert.That(atMion.Reference, Is.EqualTo($"{order.OrderGuid:N}-1"));
            Assert.That(atMion.RedirectUrl, Is.EqualTo($"{Shop.BaseAddress}mion/return/{session.Token}"));
            Assert.That(atMion.ExpiresAt.UtcDateTime, Is.EqualTo(Time.UtcNow.AddHours(24)).Within(TimeSpan.FromMinutes(1)));
        }
    }

    [Test]
    public async Task The_session_is_stored_with_everything_that_was_agreed()
    {
        var (purchase, session) = await BuyWithSessionAsync();

        var order = await Shop.GetOrderAsync(purchase.OrderId);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(session.State, Is.EqualTo(PaymentSessionState.Open));
            Assert.That(session.OrderGuid, Is.EqualTo(order.OrderGuid));
            Assert.That(session.StoreId, Is.EqualTo(order.StoreId));
            Assert.That(session.PaymentSessionId, Is.EqualTo(Mion.Sessions.Single().PaymentSessionId));
            Assert.That(session.AmountCents, Is.EqualTo(1290));
            Assert.That(session.OrderTotal, Is.EqualTo(12.90m));
            Assert.That(session.CurrencyCode, Is.EqualTo("EUR"));
            Assert.That(session.ExchangeRate, Is.EqualTo(1m));
            Assert.That(session.ExchangeRateOnUtc, Is.Null);
            Assert.That(session.NextCheckOnUtc, Is.EqualTo(Time.UtcNow.AddSeconds(10)).Within(TimeSpan.FromSeconds(30)));
            Assert.That(session.ClaimToken, Is.Null);
            Assert.That(session.Token, Is.Not.EqualTo(session.WebhookToken));
        }
    }

    [Test]
    public async Task The_order_says_where_its_shopper_was_sent()
    {
        var (purchase, session) = await BuyWithSessionAsync();

        Assert.That(await MionNotesAsync(purchase.OrderId), Has.One.Items);
        Assert.That((await MionNotesAsync(purchase.OrderId))[0], Does.Contain("€12.90").And.Contain(session.PaymentSessionId).And.Contain("attempt 1"));
    }

    [Test]
    public async Task A_fixed_fee_is_charged()
    {
        await Shop.SetSettingAsync("mionsettings.additionalfee", "2.50");

        var (purchase, session) = await BuyWithSessionAsync();

        Assert.That((await Shop.GetOrderAsync(purchase.OrderId)).OrderTotal, Is.EqualTo(15.40m));
        Assert.That(session.AmountCents, Is.EqualTo(1540));
    }

    [Test]
    public async Task A_fee_in_percent_is_charged()
    {
        await Shop.SetSettingAsync("mionsettings.additionalfee", "3");
        await Shop.SetSettingAsync("mionsettings.additionalfeepercentage", "True");

        var (_, session) = await BuyWithSessionAsync();

        Assert.That(session.AmountCents, Is.EqualTo(1329), "3 % of 12.90 are 0.387");
    }

    [Test]
    public async Task The_time_to_pay_is_the_merchants()
    {
        await Shop.SetSettingAsync("mionsettings.sessionlifetimeminutes", "15");

        var (_, session) = await BuyWithSessionAsync();

        Assert.That(session.ExpiresOnUtc, Is.EqualTo(Time.UtcNow.AddMinutes(15)).Within(TimeSpan.FromMinutes(1)));
    }

    [Test]
    public async Task Sixteen_shoppers_at_once_have_a_session_each()
    {
        await Task.WhenAll(Enumerable.Range(0, 16).Select(async _ =>
        {
            var browser = NewBrowser();
            await browser.AddToCartAsync();
            using var response = await browser.ConfirmAsync();
            Assert.That(response.Headers.Location?.Authority, Is.EqualTo(Mion.BaseAddress.Authority));
        }));

        Assert.That(Mion.Sessions.Select(session => session.Reference).Distinct().Count(), Is.EqualTo(16));
        Assert.That(Mion.Calls(MionOperations.CreateSession), Is.EqualTo(16));
    }
}
