using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Domain.Directory;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Sandbox.Mion;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Checkout.Integration;

/// <summary>A store that sells in dollars and has a rate for the euro: 1 EUR is 1.0842 USD.</summary>
[TestFixture]
public sealed class DollarStoreTests : ShopFixture
{
    protected override string PrimaryCurrency => "USD";

    [Test]
    public async Task The_total_is_converted_with_the_stores_own_rate_and_the_rate_is_kept_with_its_date()
    {
        var (_, session) = await BuyWithSessionAsync();

        var euro = await CurrencyAsync("EUR");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Mion.Sessions.Single().Amount, Is.EqualTo(1190), "12.90 / 1.0842 = 11.898…");
            Assert.That(session.AmountCents, Is.EqualTo(1190));
            Assert.That(session.OrderTotal, Is.EqualTo(12.90m));
            Assert.That(session.CurrencyCode, Is.EqualTo("USD"));
            Assert.That(session.ExchangeRate, Is.EqualTo(0.922339051835m));
            Assert.That(session.ExchangeRateOnUtc, Is.EqualTo(euro.UpdatedOnUtc).Within(TimeSpan.FromSeconds(1)));
        }
    }

    [Test]
    public async Task A_rate_that_moves_is_no_reason_for_another_session()
    {
        var (purchase, _) = await BuyWithSessionAsync();
        await MoveRateAsync();

        using var retried = await purchase.Browser.SendFormAsync($"/orderdetails/{purchase.OrderId}");

        Assert.That(retried.Headers.Location?.ToString(), Is.EqualTo(purchase.Redirect));
        Assert.That(Mion.Calls(MionOperations.CreateSession), Is.EqualTo(1));
    }

    [Test]
    public async Task A_payment_made_before_the_rate_moved_pays_the_order()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        await MoveRateAsync();
        Mion.PayByLightning(session.PaymentSessionId);

        await PollWhenDueAsync();

        await AssertPaidOnceAsync(purchase.OrderId, session.PaymentSessionId);
    }

    [Test]
    public async Task A_pay_link_shows_and_asks_for_what_the_rate_makes_of_it_when_it_is_opened()
    {
        var orderId = await PlaceAsync();
        var token = await Shop.InScopeAsync(async services => (await services.GetRequiredService<PayLinks>().GetAsync(await Shop.GetOrderAsync(orderId))).Session!.Token);
        await MoveRateAsync();
        var browser = NewBrowser();

        var page = await browser.OpenAsync($"/mion/payment/{token}");
        using var pressed = await browser.SubmitAsync(page, "form[data-for=Ready]");

        var session = await NewestSessionAsync(orderId);
        Assert.That((page.QuerySelector("#mion-amount")?.TextContent, session.AmountCents, (long)Mion.Sessions.Single().Amount), Is.EqualTo(("€10.75", 1075L, 1075L)));
    }

    [Test]
    public async Task A_new_attempt_takes_the_rate_of_its_time()
    {
        var (purchase, _) = await BuyWithSessionAsync();
        await MoveRateAsync();
        Time.Advance(TimeSpan.FromHours(25));

        using var retried = await purchase.Browser.SendFormAsync($"/orderdetails/{purchase.OrderId}");

        var session = await NewestSessionAsync(purchase.OrderId);
        Assert.That((session.Attempt, session.AmountCents, session.State), Is.EqualTo((2, 1075L, PaymentSessionState.Open)));
    }

    [Test]
    public async Task Checkout_says_before_the_order_is_confirmed_what_is_asked_for_in_euro_and_at_which_rate()
    {
        var browser = NewBrowser();
        await browser.AddToCartAsync();
        (await browser.SendFormAsync("/checkout/paymentmethod", ("paymentMethod", MionDefaults.SystemName))).Dispose();

        var page = await browser.OpenAsync("/checkout/paymentinfo");

        Assert.That(page.QuerySelector(".mion-info-euro")?.TextContent, Is.EqualTo("Mion asks for €11.90 in euro: $12.90 at the shop's rate of 0.922339 euro for 1 USD."));
    }

    [Test]
    public async Task A_store_that_skips_that_page_says_it_where_the_method_is_chosen()
    {
        var browser = NewBrowser();
        await browser.AddToCartAsync();
        Assert.That((await browser.OpenAsync("/checkout/paymentmethod")).Body!.TextContent, Does.Not.Contain("Mion asks for"));
        await Shop.SetSettingAsync("paymentsettings.skippaymentinfostepforredirectionpaymentmethods", "True");

        Assert.That((await browser.OpenAsync("/checkout/paymentmethod")).Body!.TextContent, Does.Contain("Mion asks for €11.90 in euro: $12.90 at"));
    }

    [Test]
    public async Task A_shopper_who_sees_euro_is_told_nothing_of_a_rate()
    {
        var browser = NewBrowser();
        await browser.ReckonAsync(1);
        await browser.AddToCartAsync();
        (await browser.SendFormAsync("/checkout/paymentmethod", ("paymentMethod", MionDefaults.SystemName))).Dispose();

        Assert.That((await browser.OpenAsync("/checkout/paymentinfo")).QuerySelector(".mion-info-euro"), Is.Null);
    }

    [Test]
    public async Task The_payment_page_shows_both_amounts()
    {
        var (purchase, session) = await BuyWithSessionAsync();

        var page = await purchase.Browser.OpenAsync($"/mion/payment/{session.Token}");

        Assert.That((page.QuerySelector("#mion-total")?.TextContent, page.QuerySelector("#mion-amount")?.TextContent), Is.EqualTo(("$12.90", "€11.90")));
    }

    private Task MoveRateAsync() => InScopeAsync<IRepository<Currency>, bool>(async currencies =>
    {
        var dollar = (await currencies.Table.ToListAsync()).Single(currency => currency.CurrencyCode == "USD");
        dollar.Rate = 1.2m;
        await currencies.UpdateAsync(dollar);
        return true;
    });

    private Task<Currency> CurrencyAsync(string code) => InScopeAsync<IRepository<Currency>, Currency>(async currencies =>
        (await currencies.Table.ToListAsync()).Single(currency => currency.CurrencyCode == code));
}
