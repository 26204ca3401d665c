using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Moq;
using Nop.Core;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Core.Domain.Stores;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Checkout;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Tests.Support;
using Nop.Services.Configuration;
using Nop.Services.Localization;
using Nop.Services.Logging;
using Nop.Services.Payments;

namespace Nop.Plugin.Payments.Mion.Tests.Checkout;

public class MionPaymentMethodTests
{
    private PluginServices _services = null!;
    private IServiceScope _scope = null!;
    private MionPaymentMethod _method = null!;

    [SetUp]
    public void SetUp()
    {
        _services = new PluginServices();
        _services.Accessor.HttpContext = new DefaultHttpContext();
        _services.Nop<ISettingService>().Setup(service => service.LoadSettingAsync<MionSettings>(1)).ReturnsAsync(new MionSettings { AdditionalFee = 2m });
        _services.Nop<IStoreContext>().Setup(context => context.GetCurrentStoreAsync()).ReturnsAsync(new Store { Id = 1 });
        _scope = _services.Provider.CreateScope();
        _method = ActivatorUtilities.CreateInstance<MionPaymentMethod>(_scope.ServiceProvider);
    }

    [TearDown]
    public async Task TearDown()
    {
        _scope.Dispose();
        await _services.DisposeAsync();
    }

    [Test]
    public void The_shopper_is_redirected_and_nothing_is_promised_that_a_Bitcoin_payment_cannot_do() => Assert.Multiple(() =>
    {
        Assert.That(_method.PaymentMethodType, Is.EqualTo(PaymentMethodType.Redirection));
        Assert.That(_method.RecurringPaymentType, Is.EqualTo(RecurringPaymentType.NotSupported));
        Assert.That(_method.SupportCapture, Is.False);
        Assert.That(_method.SupportPartiallyRefund, Is.False);
        Assert.That(_method.SupportRefund, Is.False);
        Assert.That(_method.SupportVoid, Is.False);
        Assert.That(_method.SkipPaymentInfo, Is.False, "the shopper is told what will happen");
    });

    [Test]
    public async Task Placing_the_order_takes_no_money() => Assert.That(await _method.ProcessPaymentAsync(new ProcessPaymentRequest()),
        Has.Property("Success").True.And.Property("NewPaymentStatus").EqualTo(PaymentStatus.Pending));

    [Test]
    public void What_is_not_supported_says_so_instead_of_throwing() => Assert.Multiple(async () =>
    {
        Assert.That((await _method.CaptureAsync(new CapturePaymentRequest())).Errors, Has.One.Contains("not supported"));
        Assert.That((await _method.RefundAsync(new RefundPaymentRequest())).Errors, Has.One.Contains("at Mion"));
        Assert.That((await _method.VoidAsync(new VoidPaymentRequest())).Errors, Has.One.Contains("not supported"));
        Assert.That((await _method.ProcessRecurringPaymentAsync(new ProcessPaymentRequest())).Errors, Has.One.Contains("not supported"));
        Assert.That((await _method.CancelRecurringPaymentAsync(new CancelRecurringPaymentRequest())).Errors, Has.One.Contains("not supported"));
    });

    [Test]
    public void The_shopper_fills_in_nothing() => Assert.Multiple(async () =>
    {
        Assert.That(await _method.ValidatePaymentFormAsync(new FormCollection([])), Is.Empty);
        Assert.That(await _method.GetPaymentInfoAsync(new FormCollection([])), Is.Not.Null);
        Assert.That(_method.GetPublicViewComponent(), Is.EqualTo(typeof(PaymentInfoViewComponent)));
    });

    [Test]
    public async Task The_description_is_a_text_of_the_store()
    {
        _services.Nop<ILocalizationService>().Setup(service => service.GetResourceAsync("Plugins.Payments.Mion.PaymentMethodDescription")).ReturnsAsync("Mit Bitcoin zahlen");

        Assert.That(await _method.GetPaymentMethodDescriptionAsync(), Is.EqualTo("Mit Bitcoin zahlen"));
    }

    [Test]
    public async Task Without_a_key_the_method_is_hidden() => Assert.That(await _method.HidePaymentMethodAsync([]), Is.True);

    [Test]
    public async Task The_fee_is_the_merchants() => Assert.That(await _method.GetAdditionalHandlingFeeAsync([]), Is.EqualTo(2m));

    [Test]
    public void The_configuration_page_is_found_with_and_without_a_request() => Assert.Multiple(() =>
    {
        _services.Accessor.HttpContext!.Request.PathBase = "/shop";
        Assert.That(_method.GetConfigurationPageUrl(), Is.EqualTo("/shop/Plugin.Payments.Mion.Configure"));
        _services.Accessor.HttpContext = null;
        Assert.That(_method.GetConfigurationPageUrl(), Is.EqualTo("/Plugin.Payments.Mion.Configure"));
    });

    [Test]
    public async Task Whatever_breaks_the_shopper_is_redirected_to_the_order_and_never_shown_an_exception()
    {
        _services.Nop<ISettingService>().Setup(service => service.LoadSettingAsync<MionSettings>(1)).ThrowsAsync(new TimeoutException("database"));

        await _method.PostProcessPaymentAsync(new PostProcessPaymentRequest { Order = Some.Order() });

        Assert.That(Redirect, Is.EqualTo((302, "/OrderDetails/orderId=7")));
        _services.Nop<ILogger>().Verify(logger => logger.ErrorAsync(It.Is<string>(text => text.Contains("order 7")), It.Is<Exception>(written => written.ToString().Contains(nameof(TimeoutException))), null), Times.Once);
    }

    [Test]
    public async Task A_store_without_order_pages_redirects_to_its_home()
    {
        ((FakeLinks)_scope.ServiceProvider.GetRequiredService<LinkGenerator>()).Missing = "OrderDetails";
        _services.Accessor.HttpContext!.Request.PathBase = "/shop";
        _services.Nop<ISettingService>().Setup(service => service.LoadSettingAsync<MionSettings>(1)).ThrowsAsync(new TimeoutException());

        await _method.PostProcessPaymentAsync(new PostProcessPaymentRequest { Order = Some.Order() });

        Assert.That(Redirect, Is.EqualTo((302, "/shop/")));
    }

    [Test]
    public void Without_a_request_there_is_nobody_to_redirect()
    {
        _services.Accessor.HttpContext = null;

        Assert.That(async () => await _method.PostProcessPaymentAsync(new PostProcessPaymentRequest { Order = Some.Order() }), Throws.Nothing);
    }

    [TestCase(false, "Plugin.Payments.Mion.Payment/token=0123456789abcdef0123456789abcdef")]
    [TestCase(true, "OrderDetails/orderId=7")]
    public async Task Who_pays_once_more_for_an_order_that_is_paid_is_shown_so_but_never_given_the_token_of_a_charge_at_the_till(bool isTill, string page)
    {
        var paid = Some.Session(PaymentSessionState.Paid);
        (paid.IsTill, paid.Token) = (isTill, "0123456789abcdef0123456789abcdef");
        _services.Nop<IRepository<MionPaymentSession>>().Setup(repository => repository.Table).Returns(new List<MionPaymentSession> { paid }.AsQueryable());

        await _method.PostProcessPaymentAsync(new PostProcessPaymentRequest { Order = Some.Order() });

        Assert.That(Redirect, Is.EqualTo((302, $"/{page}")));
    }

    [TestCase(true)]
    [TestCase(true, PaymentSessionState.Opening)]
    [TestCase(true, PaymentSessionState.Open)]
    [TestCase(true, PaymentSessionState.Expired, PaymentSessionState.Expired)]
    [TestCase(false, PaymentSessionState.Paid)]
    [TestCase(false, PaymentSessionState.Open, PaymentSessionState.Paid)]
    [TestCase(false, PaymentSessionState.NeedsPerson, PaymentSessionState.Open)]
    public async Task An_order_can_be_paid_again_until_money_has_arrived(bool canRetry, params PaymentSessionState[] states)
    {
        _services.Nop<IRepository<MionPaymentSession>>().Setup(repository => repository.Table).Returns(states.Select(Some.Session).ToList().AsQueryable());

        Assert.That(await _method.CanRePostProcessPaymentAsync(Some.Order()), Is.EqualTo(canRetry));
    }

    [Test]
    public async Task The_sessions_of_other_orders_do_not_matter()
    {
        var other = Some.Session(PaymentSessionState.Paid);
        other.OrderId = 8;
        _services.Nop<IRepository<MionPaymentSession>>().Setup(repository => repository.Table).Returns(new List<MionPaymentSession> { other }.AsQueryable());

        Assert.That(await _method.CanRePostProcessPaymentAsync(Some.Order()), Is.True);
    }

    [Test]
    public void There_is_no_order_to_pay_again_without_an_order() =>
        Assert.That(async () => await _method.CanRePostProcessPaymentAsync(null!), Throws.ArgumentNullException);

    [Test]
    public async Task An_update_that_fails_does_not_keep_the_store_from_starting()
    {
        _services.Nop<ILanguageService>().Setup(service => service.GetAllLanguagesAsync(true, 0)).ThrowsAsync(new TimeoutException());

        await _method.UpdateAsync("4.90.1", "4.90.2");

        _services.Nop<ILogger>().Verify(logger => logger.ErrorAsync(It.Is<string>(text => text.Contains("4.90.1") && text.Contains("4.90.2")), It.Is<Exception>(written => written.ToString().Contains(nameof(TimeoutException))), null), Times.Once);
    }

    private (int, string) Redirect => (_services.Accessor.HttpContext!.Response.StatusCode, _services.Accessor.HttpContext.Response.Headers.Location.ToString());
}
