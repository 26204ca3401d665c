using Microsoft.AspNetCore.Http;
using Moq;
using Nop.Core.Domain.Stores;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Tests.Support;
using Nop.Services.Stores;

namespace Nop.Plugin.Payments.Mion.Tests.Payments;

public class PaymentUrlsTests
{
    private Store _store = null!;
    private readonly HttpContextAccessor _accessor = new();
    private Mock<IStoreService> _stores = null!;
    private PaymentUrls _urls = null!;

    [SetUp]
    public void SetUp()
    {
        _accessor.HttpContext = null;
        _store = new Store { Id = 1, Url = "http://shop.example/", SslEnabled = true };
        _stores = new Mock<IStoreService>();
        _stores.Setup(service => service.GetStoreByIdAsync(1)).ReturnsAsync(_store);
        _stores.Setup(service => service.ContainsHostValue(_store, "www.shop.example")).Returns(true);
        _urls = new PaymentUrls(_accessor, _stores.Object);
    }

    [TestCase("http://shop.example/", false, "http://shop.example")]
    [TestCase("http://shop.example/", true, "https://shop.example")]
    [TestCase("HTTP://shop.example", true, "https://shop.example")]
    [TestCase("https://shop.example/", true, "https://shop.example")]
    [TestCase("https://shop.example/", false, "https://shop.example")]
    [TestCase(" https://shop.example/sub// ", true, "https://shop.example/sub")]
    [TestCase("http://127.0.0.1:5080/", false, "http://127.0.0.1:5080")]
    public void A_stores_address_has_no_slash_at_the_end_and_https_where_the_store_has_it(string url, bool ssl, string expected) =>
        Assert.That(PaymentUrls.GetStoreUrl(new Store { Url = url, SslEnabled = ssl }), Is.EqualTo(expected));

    [Test]
    public async Task The_shopper_comes_back_to_the_host_where_their_cookies_are()
    {
        VisitBy("https", "www.shop.example", "/sub");

        Assert.That(await _urls.GetReturnUrlAsync(Some.Session()), Is.EqualTo($"https://www.shop.example/sub/mion/return/{Some.Session().Token}"));
    }

    [TestCase("http://shop.example/", true, "https")]
    [TestCase("https://shop.example/", false, "https")]
    [TestCase("http://shop.example/", false, "http")]
    public async Task Behind_a_proxy_that_ends_TLS_the_shopper_comes_back_by_https_where_the_store_says_that_it_has_it(string url, bool ssl, string scheme)
    {
        (_store.Url, _store.SslEnabled) = (url, ssl);
        VisitBy("http", "www.shop.example");

        Assert.That(await _urls.GetReturnUrlAsync(Some.Session()), Is.EqualTo($"{scheme}://www.shop.example/mion/return/{Some.Session().Token}"));
    }

    [Test]
    public async Task A_host_that_is_not_the_stores_is_not_believed()
    {
        VisitBy("https", "evil.example");

        Assert.That(await _urls.GetReturnUrlAsync(Some.Session()), Is.EqualTo($"https://shop.example/mion/return/{Some.Session().Token}"));
    }

    [Test]
    public async Task Without_a_request_the_shopper_comes_back_to_the_stores_address() =>
        Assert.That(await _urls.GetReturnUrlAsync(Some.Session()), Is.EqualTo($"https://shop.example/mion/return/{Some.Session().Token}"));

    [Test]
    public async Task A_request_without_a_host_is_no_place_to_come_back_to()
    {
        _accessor.HttpContext = new DefaultHttpContext();

        Assert.That(await _urls.GetReturnUrlAsync(Some.Session()), Does.StartWith("https://shop.example/"));
    }

    [Test]
    public async Task Mion_calls_the_stores_own_address_wherever_the_shopper_is()
    {
        VisitBy("https", "www.shop.example");

        Assert.That(await _urls.GetWebhookUrlAsync(Some.Session()), Is.EqualTo($"https://shop.example/mion/webhook/{Some.Session().WebhookToken}"));
    }

    [Test]
    public void The_address_that_Mion_calls_does_not_tell_the_shoppers_token_nor_the_other_way_round() => Assert.Multiple(async () =>
    {
        Assert.That(await _urls.GetWebhookUrlAsync(Some.Session()), Does.Not.Contain(Some.Session().Token));
        Assert.That(await _urls.GetReturnUrlAsync(Some.Session()), Does.Not.Contain(Some.Session().WebhookToken));
    });

    [Test]
    public void A_store_that_is_gone_is_an_error() => Assert.Multiple(() =>
    {
        var session = Some.Session();
        session.StoreId = 9;

        Assert.That(async () => await _urls.GetReturnUrlAsync(session), Throws.InvalidOperationException.With.Message.Contains("store 9"));
        Assert.That(async () => await _urls.GetWebhookUrlAsync(session), Throws.InvalidOperationException.With.Message.Contains("store 9"));
    });

    [TestCase("https://app.mion.group/checkout/{paymentSessionId}", "https://app.mion.group/checkout/" + Some.PaymentSessionId)]
    [TestCase("https://pay.example/?s={paymentSessionId}&x=1", "https://pay.example/?s=" + Some.PaymentSessionId + "&x=1")]
    public void The_shopper_pays_where_the_template_says(string template, string expected) =>
        Assert.That(PaymentUrls.GetCheckoutUrl(new MionSettings { CheckoutUrlTemplate = template }, Some.Session()), Is.EqualTo(expected));

    [Test]
    public void The_template_is_the_guides_by_default() =>
        Assert.That(PaymentUrls.GetCheckoutUrl(new MionSettings(), Some.Session()), Is.EqualTo("https://app.mion.group/checkout/" + Some.PaymentSessionId));

    private void VisitBy(string scheme, string host, string pathBase = "")
    {
        var context = new DefaultHttpContext();
        (context.Request.Scheme, context.Request.Host, context.Request.PathBase) = (scheme, new HostString(host), pathBase);
        _accessor.HttpContext = context;
    }
}
