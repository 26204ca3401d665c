using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Moq;
using Nop.Core;
using Nop.Core.Domain.Customers;
using Nop.Plugin.Payments.Mion.Checkout;
using Nop.Plugin.Payments.Mion.Tests.Support;
using Nop.Services.Localization;

namespace Nop.Plugin.Payments.Mion.Tests.Checkout;

public class CurrentShopperTests
{
    private const string CustomerCookie = ".Nop.Customer=6f9619ff-8b86-d011-b42d-00c04fc964ff";

    private Mock<IWorkContext> _workContext = null!;
    private HttpContextAccessor _accessor = null!;
    private CurrentShopper _shopper = null!;

    [SetUp]
    public void SetUp()
    {
        _workContext = new Mock<IWorkContext>();
        CustomerIs(Some.Order().CustomerId);
        _accessor = new HttpContextAccessor { HttpContext = new DefaultHttpContext() };
        _shopper = new CurrentShopper(_accessor, Mock.Of<ILanguageService>(), _workContext.Object);
    }

    [Test]
    public async Task A_guest_owns_the_order_that_their_cookie_stands_for()
    {
        ComeWith(CustomerCookie);

        Assert.That(await _shopper.OwnsAsync(Some.Order()), Is.True);
    }

    [Test]
    public async Task A_customer_who_is_signed_in_owns_their_order()
    {
        _accessor.HttpContext!.User = new ClaimsPrincipal(new ClaimsIdentity([], "Authentication"));

        Assert.That(await _shopper.OwnsAsync(Some.Order()), Is.True);
    }

    [Test]
    public async Task Nobody_owns_the_order_of_another()
    {
        ComeWith(CustomerCookie);
        CustomerIs(99);

        Assert.That(await _shopper.OwnsAsync(Some.Order()), Is.False);
    }

    [TestCase(null)]
    [TestCase(".Nop.Antiforgery=x; other=y")]
    [TestCase("Customer=x")]
    public async Task A_browser_without_nopCommerces_cookie_owns_nothing_and_is_made_no_guest(string? cookies)
    {
        ComeWith(cookies);

        Assert.That(await _shopper.OwnsAsync(Some.Order()), Is.False);
        _workContext.VerifyNoOtherCalls();
    }

    [Test]
    public async Task A_user_who_is_not_authenticated_owns_nothing()
    {
        _accessor.HttpContext!.User = new ClaimsPrincipal(new ClaimsIdentity());

        Assert.That(await _shopper.OwnsAsync(Some.Order()), Is.False);
        _workContext.VerifyNoOtherCalls();
    }

    [Test]
    public async Task There_is_nothing_to_own_without_an_order()
    {
        ComeWith(CustomerCookie);

        Assert.That(await _shopper.OwnsAsync(null), Is.False);
        _workContext.VerifyNoOtherCalls();
    }

    [Test]
    public async Task A_deleted_order_is_nobodys()
    {
        ComeWith(CustomerCookie);
        var order = Some.Order();
        order.Deleted = true;

        Assert.That(await _shopper.OwnsAsync(order), Is.False);
    }

    [Test]
    public async Task Work_without_a_request_owns_nothing()
    {
        _accessor.HttpContext = null;

        Assert.That(await _shopper.OwnsAsync(Some.Order()), Is.False);
        _workContext.VerifyNoOtherCalls();
    }

    private void CustomerIs(int id) => _workContext.Setup(context => context.GetCurrentCustomerAsync()).ReturnsAsync(new Customer { Id = id });

    private void ComeWith(string? cookies) => _accessor.HttpContext!.Request.Headers.Cookie = cookies;
}
