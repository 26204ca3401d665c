using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.Mion.Checkout;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Sandbox.Mion;
using Nop.Plugin.Payments.Mion.Tests.Support;
using Nop.Plugin.Payments.Mion.Till;
using MionPermissions = Nop.Plugin.Payments.Mion.Sandbox.Mion.MionPermissions;

namespace Nop.Plugin.Payments.Mion.Tests.Till.Integration;

/// <summary>Charging an amount or an order: once, whoever presses the button and however often.</summary>
[TestFixture]
public sealed class ChargingTests : TillFixture
{
    [Test]
    public async Task An_amount_is_charged_face_to_face_and_has_a_code_at_once()
    {
        var result = await ChargeAmountAsync(1250, "  Two coffees ");

        var session = await SessionAsync(result.Session!.Id);
        var atMion = Mion.Sessions.Single();
        var attempts = await AttemptsAsync(session.Id);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Problem, Is.EqualTo(OpeningProblem.None));
            Assert.That(session, Has.Property("OrderId").EqualTo(0).And.Property("IsTill").True.And.Property("Note").EqualTo("Two coffees").And.Property("AmountCents").EqualTo(1250));
            Assert.That(atMion, Has.Property("RetailPos").True.And.Property("Amount").EqualTo(1250).And.Property("RedirectUrl").Null);
            Assert.That(atMion.ExpiresAt.UtcDateTime, Is.EqualTo(Time.UtcNow.AddMinutes(15)).Within(TimeSpan.FromMinutes(1)));
            Assert.That(attempts, Has.Count.EqualTo(1));
            Assert.That(attempts[0].Invoice, Is.EqualTo(atMion.Attempts.Single().LnInvoice));
        }
    }

    [Test]
    public async Task Twenty_presses_of_one_button_are_one_charge()
    {
        var key = NewKey();

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => ChargeAmountAsync(key: key)));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(results.Select(result => result.Session?.Id).Distinct().Count(), Is.EqualTo(1));
            Assert.That(results.Select(result => result.Problem), Is.All.EqualTo(OpeningProblem.None));
            Assert.That(Mion.Sessions, Has.Count.EqualTo(1));
        }
    }

    [Test]
    public async Task A_page_that_the_browser_shows_again_from_its_memory_charges_what_is_typed_now()
    {
        var key = NewKey();
        var first = (await ChargeAmountAsync(500, key: key)).Session!;

        var other = (await ChargeAmountAsync(700, key: key)).Session!;

        Assert.That((other.Id != first.Id, other.AmountCents), Is.EqualTo((true, 700L)));
    }

    [Test]
    public async Task The_next_customer_is_charged_anew_even_with_the_key_of_the_one_who_has_paid()
    {
        var key = NewKey();
        var first = (await ChargeAmountAsync(500, key: key)).Session!;
        Mion.PayByLightning(first.PaymentSessionId);
        await LookAsync(first.Id);

        var results = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => ChargeAmountAsync(500, key: key)));

        var next = results.Select(result => result.Session!.Id).Distinct().Single();
        Assert.That((next != first.Id, (await LookAsync(next)).State), Is.EqualTo((true, TillState.Waiting)));
    }

    [Test]
    public async Task Ten_tills_that_charge_one_order_share_one_charge()
    {
        var orderId = await PlaceOrderAsync();

        var results = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => ChargeOrderAsync(orderId)));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(results.Select(result => result.Session?.Id).Distinct().Count(), Is.EqualTo(1));
            Assert.That(Mion.Sessions.Count(session => session.RetailPos), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task A_paid_order_of_another_method_becomes_ours_with_a_note_and_is_paid_once()
    {
        var orderId = await PlaceOrderAsync();
        var charge = (await ChargeOrderAsync(orderId)).Session!;
        Mion.PayByLightning(charge.PaymentSessionId);

        var looks = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => LookAsync(charge.Id)));
        await Soon.Async("the charge is paid", async () => (await LookAsync(charge.Id)).State == TillState.Paid);

        await AssertPaidOnceAsync(orderId, charge.PaymentSessionId);
        var order = await Shop.GetOrderAsync(orderId);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(looks, Is.Not.Empty);
            Assert.That(order.PaymentMethodSystemName, Is.EqualTo(MionDefaults.SystemName));
            Assert.That((await MionNotesAsync(orderId)).Count(note => note.Contains("placed with the payment method Payments.CheckMoneyOrder", StringComparison.Ordinal)), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task A_paid_order_cannot_be_charged_again()
    {
        var orderId = await PlaceOrderAsync();
        var charge = (await ChargeOrderAsync(orderId)).Session!;
        Mion.PayByLightning(charge.PaymentSessionId);
        await LookAsync(charge.Id);

        Assert.That((await ChargeOrderAsync(orderId)).Problem, Is.EqualTo(OpeningProblem.AlreadyPaid));
    }

    [Test]
    public async Task An_order_paid_in_another_way_cannot_be_charged()
    {
        var orderId = await PlaceOrderAsync();
        await ChangeOrderAsync(orderId, order => order.PaymentStatus = PaymentStatus.Paid);

        Assert.That((await ChargeOrderAsync(orderId)).Problem, Is.EqualTo(OpeningProblem.OrderClosed));
    }

    [Test]
    public async Task A_changed_total_is_charged_anew()
    {
        var orderId = await PlaceOrderAsync();
        var first = (await ChargeOrderAsync(orderId)).Session!;
        await ChangeOrderAsync(orderId, order => order.OrderTotal += 1);

        var second = (await ChargeOrderAsync(orderId)).Session!;

        Assert.That((second.Id != first.Id, second.AmountCents - first.AmountCents), Is.EqualTo((true, 100L)));
    }

    [Test]
    public async Task An_order_whose_payment_is_on_its_way_online_is_not_charged()
    {
        var (purchase, online) = await BuyWithSessionAsync();
        Mion.PayOnChain(online.PaymentSessionId);
        await PollWhenDueAsync();

        var result = await ChargeOrderAsync(purchase.OrderId);

        Assert.That((result.Problem, result.Session?.Id), Is.EqualTo((OpeningProblem.PaymentSeen, online.Id)));
        Assert.That(Mion.Sessions, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_charge_whose_opening_was_lost_is_gone_on_with_at_todays_total()
    {
        var orderId = await PlaceOrderAsync();
        Mion.Faults.Add(new FaultRule { Kind = FaultKind.LostAnswer, Operation = MionOperations.CreateSession, Count = 1 });
        Mion.Faults.Add(new FaultRule { Kind = FaultKind.Status, StatusCode = 503, Operation = MionOperations.GetByReference });
        Assert.That((await ChargeOrderAsync(orderId)).Problem, Is.Not.EqualTo(OpeningProblem.None));
        Mion.Faults.Clear();
        await ChangeOrderAsync(orderId, order => order.OrderTotal += 1);

        var charge = (await ChargeOrderAsync(orderId)).Session!;

        var order = await Shop.GetOrderAsync(orderId);
        Assert.That((charge.AmountCents, charge.Attempt), Is.EqualTo(((long)(order.OrderTotal * 100), 3)));
    }

    [Test]
    public async Task A_shopper_who_retries_online_is_not_sent_to_the_tills_charge()
    {
        var (purchase, _) = await BuyWithSessionAsync();
        var charge = (await ChargeOrderAsync(purchase.OrderId)).Session!;

        var reopened = await Shop.InScopeAsync(async services =>
        {
            var sessions = (CheckoutOpening)services.GetService(typeof(CheckoutOpening))!;
            return await sessions.TryOpenAsync(await Shop.GetOrderAsync(purchase.OrderId));
        });

        Assert.That((reopened.Session!.IsTill, reopened.Session.Id == charge.Id), Is.EqualTo((false, false)));
    }

    [Test]
    public async Task A_key_without_the_permission_is_told_and_the_charge_goes_on_once_it_has_it()
    {
        Mion.Permissions = MionPermissions.PaymentsReadWrite;
        var key = NewKey();
        var refused = await ChargeAmountAsync(key: key);

        Mion.Permissions = MionPermissions.All;
        Time.Advance(TimeSpan.FromSeconds(16));
        var again = await ChargeAmountAsync(key: key);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(refused.Problem, Is.EqualTo(OpeningProblem.PermissionMissing));
            Assert.That((await LookAsync(again.Session!.Id)).State, Is.EqualTo(TillState.Waiting));
            Assert.That(again.Session.Id, Is.EqualTo(refused.Session!.Id));
        }
    }

    [Test]
    public async Task Without_a_key_nothing_is_charged()
    {
        await Shop.SetSettingAsync("mionsettings.apikey", string.Empty);

        Assert.That(await ChargeAmountAsync(), Is.EqualTo(new OpeningResult(OpeningProblem.NotConfigured)));
    }

    [TestCase(0)]
    [TestCase(-100)]
    [TestCase(10_000_000)]
    public async Task An_amount_that_nobody_means_is_not_charged(long cents) =>
        Assert.That((await ChargeAmountAsync(cents)).Problem, Is.EqualTo(OpeningProblem.BadAmount));

    [Test]
    public async Task Many_amounts_without_an_order_have_nothing_to_do_with_each_other()
    {
        var first = (await ChargeAmountAsync()).Session!;
        var second = (await ChargeAmountAsync()).Session!;
        Mion.PayByLightning(first.PaymentSessionId);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((await LookAsync(first.Id)).State, Is.EqualTo(TillState.Paid));
            Assert.That((await LookAsync(second.Id)).State, Is.EqualTo(TillState.Waiting));
        }
    }
}
