using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Moq;
using Nop.Core;
using Nop.Core.Domain.Customers;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Checkout;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Tests.Support;
using Nop.Services.Configuration;
using Nop.Services.Orders;
using static Nop.Plugin.Payments.Mion.Payments.PaymentSessionState;

namespace Nop.Plugin.Payments.Mion.Tests.Checkout;

public class PaymentPageModelFactoryTests
{
    private PluginServices _services = null!;
    private FakeTimeProvider _time = null!;
    private List<MionPaymentSession> _sessions = null!;
    private Order? _order;

    [SetUp]
    public void SetUp()
    {
        _time = new FakeTimeProvider(new DateTimeOffset(Some.Now));
        _sessions = [];
        _order = Some.Order();
        _services = new PluginServices();
        _services.Collection.AddSingleton<TimeProvider>(_time);
        _services.Nop<IRepository<MionPaymentSession>>().Setup(repository => repository.Table).Returns(() => _sessions.AsEnumerable().Reverse().AsQueryable());
        _services.Nop<IOrderService>().Setup(service => service.GetOrderByGuidAsync(Some.OrderGuid)).ReturnsAsync(() => _order!);
        _services.Nop<ISettingService>().Setup(service => service.LoadSettingAsync<MionSettings>(1)).ReturnsAsync(new MionSettings());
        _services.Nop<IWorkContext>().Setup(context => context.GetCurrentCustomerAsync()).ReturnsAsync(new Customer { Id = 3 });
    }

    [TearDown]
    public async Task TearDown() => await _services.DisposeAsync();

    /// <summary>The states of an order's sessions, the newest first, and what the shopper is told.</summary>
    [TestCase(PaymentPageState.NotStarted, Opening)]
    [TestCase(PaymentPageState.Waiting, Open)]
    [TestCase(PaymentPageState.Expired, Expired)]
    [TestCase(PaymentPageState.Paid, Paid)]
    [TestCase(PaymentPageState.NeedsHelp, NeedsPerson)]
    [TestCase(PaymentPageState.Waiting, Open, Expired)]
    [TestCase(PaymentPageState.NotStarted, Opening, Expired)]
    [TestCase(PaymentPageState.Paid, Open, Paid)]
    [TestCase(PaymentPageState.Paid, NeedsPerson, Paid)]
    [TestCase(PaymentPageState.NeedsHelp, Open, NeedsPerson)]
    public async Task The_shopper_is_told_where_the_order_stands_and_not_only_the_session_of_the_address(PaymentPageState expected, params PaymentSessionState[] states)
    {
        Sessions(states);

        Assert.That((await PrepareAsync(_sessions[^1])).State, Is.EqualTo(expected));
    }

    [Test]
    public async Task A_session_whose_time_is_over_is_expired_before_anybody_has_looked()
    {
        Sessions(Open);
        _time.SetUtcNow(new DateTimeOffset(_sessions[0].ExpiresOnUtc));

        Assert.That((await PrepareAsync()).State, Is.EqualTo(PaymentPageState.Expired));
    }

    [Test]
    public async Task A_payment_on_its_way_is_told_also_when_it_is_to_an_earlier_session()
    {
        Sessions(Open, Expired);
        _sessions[1].FundsSeen = true;

        var model = await PrepareAsync();
        Assert.That((model.State, model.ContinueUrl), Is.EqualTo((PaymentPageState.Seen, "")), "and nobody is sent to the later one");
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Nobody_is_sent_to_a_charge_of_the_till(bool isSeen)
    {
        Sessions(Open);
        (_sessions[0].IsTill, _sessions[0].FundsSeen) = (true, isSeen);

        Assert.That((await PrepareAsync()).ContinueUrl, Is.Empty);
    }

    [TestCase(Open)]
    [TestCase(Expired)]
    public async Task An_order_that_is_to_be_paid_in_another_way_by_now_is_not_to_be_paid_here(PaymentSessionState state)
    {
        Sessions(state);
        _order!.PaymentMethodSystemName = "Payments.CheckMoneyOrder";

        var model = await PrepareAsync();

        Assert.That((model.State, model.ContinueUrl), Is.EqualTo((PaymentPageState.Closed, "")));
    }

    [Test]
    public async Task Nobody_goes_on_with_a_seen_session_beside_another_payment_on_its_way()
    {
        Sessions(Open, Open);
        _sessions[0].FundsSeen = true;
        Assert.That((await PrepareAsync()).ContinueUrl, Is.Not.Empty);

        _sessions[1].FundsSeen = true;
        Assert.That((await PrepareAsync()).ContinueUrl, Is.Empty);
    }

    [TestCase(0, true)]
    [TestCase(1, false)]
    public async Task Who_has_paid_too_little_can_go_on_while_the_order_wants_the_same(int added, bool canGoOn)
    {
        Sessions(Open);
        _sessions[0].FundsSeen = true;
        _order!.OrderTotal += added;

        var model = await PrepareAsync();
        Assert.That((model.State, model.ContinueUrl.Length > 0), Is.EqualTo((PaymentPageState.Seen, canGoOn)));
    }

    [Test]
    public async Task While_a_payment_is_on_its_way_nobody_is_sent_to_a_session_that_has_ended()
    {
        Sessions(Expired, Expired);
        _sessions[1].FundsSeen = true;

        var model = await PrepareAsync();
        Assert.That((model.State, model.ContinueUrl), Is.EqualTo((PaymentPageState.Seen, "")));
    }

    [TestCase(Open, PaymentPageState.Closed)]
    [TestCase(Opening, PaymentPageState.Closed)]
    [TestCase(Paid, PaymentPageState.Paid)]
    [TestCase(NeedsPerson, PaymentPageState.NeedsHelp)]
    public async Task An_order_that_is_gone_is_not_to_be_paid_but_money_that_came_is_not_forgotten(PaymentSessionState state, PaymentPageState expected) => Assert.Multiple(async () =>
    {
        Sessions(state);
        _order!.OrderStatus = OrderStatus.Cancelled;
        Assert.That((await PrepareAsync()).State, Is.EqualTo(expected), "cancelled");
        (_order.OrderStatus, _order.Deleted) = (OrderStatus.Pending, true);
        Assert.That((await PrepareAsync()).State, Is.EqualTo(expected), "deleted");
        _order = null;
        Assert.That((await PrepareAsync()).State, Is.EqualTo(expected), "gone");
    });

    [TestCase(PaymentStatus.Authorized, PaymentPageState.Closed)]
    [TestCase(PaymentStatus.Paid, PaymentPageState.Paid)]
    [TestCase(PaymentStatus.PartiallyRefunded, PaymentPageState.Closed)]
    [TestCase(PaymentStatus.Refunded, PaymentPageState.Closed)]
    [TestCase(PaymentStatus.Voided, PaymentPageState.Closed)]
    public async Task An_order_that_was_settled_otherwise_is_not_to_be_paid_again(PaymentStatus status, PaymentPageState expected)
    {
        Sessions(Open);
        _order!.PaymentStatus = status;
        var model = await PrepareAsync();

        Assert.That((model.State, model.ContinueUrl), Is.EqualTo((expected, "")));
    }

    [Test]
    public async Task The_page_names_the_newest_amount_and_the_orders_number()
    {
        Sessions(Open, Expired);
        _sessions[0].AmountCents = 5000;

        var model = await PrepareAsync(_sessions[1]);

        Assert.That((model.Amount, model.OrderNumber, model.Key), Is.EqualTo(("€50.00", "7", _sessions[1].Token)));
    }

    [TestCase(Opening, false)]
    [TestCase(Open, true)]
    [TestCase(Expired, false)]
    [TestCase(Paid, false)]
    [TestCase(NeedsPerson, false)]
    public async Task The_way_on_to_Mion_is_shown_while_the_payment_can_be_made(PaymentSessionState state, bool isShown)
    {
        Sessions(state);

        Assert.That((await PrepareAsync()).ContinueUrl, Is.EqualTo(isShown ? $"https://app.mion.group/checkout/{Some.PaymentSessionId}" : ""));
    }

    [Test]
    public async Task Whose_order_it_is_sees_the_way_to_it()
    {
        Sessions(Paid);
        ComeAsCustomer();

        var model = await PrepareAsync();

        Assert.That((model.OrderUrl, model.CompletedUrl), Is.EqualTo(("/order/7", "/completed/7")));
    }

    [Test]
    public async Task Checkout_is_completed_only_once_the_order_is_paid()
    {
        Sessions(Open);
        ComeAsCustomer();

        var model = await PrepareAsync();

        Assert.That((model.OrderUrl, model.CompletedUrl), Is.EqualTo(("/order/7", "")));
    }

    [Test]
    public async Task Who_only_has_the_address_sees_no_way_to_the_order()
    {
        Sessions(Paid);

        var model = await PrepareAsync();

        Assert.That((model.OrderUrl, model.CompletedUrl), Is.EqualTo(("", "")));
    }

    [Test]
    public async Task A_store_without_these_pages_shows_no_way_to_them()
    {
        Sessions(Paid);
        ComeAsCustomer();

        var model = await PrepareAsync(_sessions[0], _ => null);

        Assert.That((model.OrderUrl, model.CompletedUrl), Is.EqualTo(("", "")));
    }

    private Task<PaymentPageModel> PrepareAsync() => PrepareAsync(_sessions[0]);

    private async Task<PaymentPageModel> PrepareAsync(MionPaymentSession session, Func<int, string?>? getUrl = null)
    {
        using var scope = _services.Provider.CreateScope();
        return await scope.ServiceProvider.GetRequiredService<PaymentPageModelFactory>()
            .PrepareAsync(session, session.Token, getUrl ?? (id => $"/completed/{id}"), getUrl ?? (id => $"/order/{id}"));
    }

    private void Sessions(params PaymentSessionState[] newestFirst)
    {
        foreach (var state in newestFirst)
        {
            var session = Some.Session(state);
            (session.Id, session.Attempt) = (70 - _sessions.Count, newestFirst.Length - _sessions.Count);
            if (state == Opening)
                session.PaymentSessionId = "";
            _sessions.Add(session);
        }

    }

    private void ComeAsCustomer()
    {
        _services.Accessor.HttpContext = new DefaultHttpContext();
        _services.Accessor.HttpContext.Request.Headers.Cookie = ".Nop.Customer=x";
    }
}
