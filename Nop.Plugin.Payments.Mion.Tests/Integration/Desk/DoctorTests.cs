using Newtonsoft.Json.Linq;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Domain;
using Nop.Plugin.Payments.Mion.Services;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Integration.Desk;

/// <summary>The doctor finds each kind of mismatch, changes nothing by looking, and applies what is safe.</summary>
[TestFixture]
public sealed class DoctorTests : ShopFixture
{
    [Test]
    public async Task Where_everything_fits_nothing_is_found()
    {
        var (_, paid) = await BuyWithSessionAsync();
        Mion.PayByLightning(paid.PaymentSessionId);
        await PollWhenDueAsync();
        await BuyWithSessionAsync();

        var batch = await ExamineAsync();

        Assert.That((batch.Examined, batch.NextBelow, batch.Diagnoses.Count), Is.EqualTo((2, 0, 0)));
    }

    [Test]
    public async Task A_payment_that_Mion_has_is_found_and_applied()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        Mion.PayByLightning(session.PaymentSessionId);
        var admin = NewBrowser();
        await admin.EnterAdminAsync();

        using var examined = await admin.SendFormAsync("/Admin/MionDoctor/Examine", ("below", "0"));
        var finding = JObject.Parse(await examined.Content.ReadAsStringAsync())["findings"]!.Single();
        Assert.That((bool)finding["canApply"]!, Is.True);
        Assert.That(Shop.PaidOrders, Is.Empty, "looking changes nothing");
        using var applied = await admin.SendFormAsync("/Admin/MionDoctor/Apply", ("id", (string)finding["id"]!));

        await AssertPaidOnceAsync(purchase.OrderId, session.PaymentSessionId);
        Assert.That((await ExamineAsync()).Diagnoses, Is.Empty);
    }

    [TestCase(DoctorFinding.OrderNotPaid)]
    [TestCase(DoctorFinding.OrderGone)]
    public async Task An_order_that_does_not_follow_its_payment_is_found(DoctorFinding expected)
    {
        var (purchase, session) = await BuyWithSessionAsync();
        Mion.PayByLightning(session.PaymentSessionId);
        await PollWhenDueAsync();

        await ChangeOrderAsync(purchase.OrderId, order =>
        {
            order.PaymentStatus = PaymentStatus.Pending;
            order.Deleted = expected == DoctorFinding.OrderGone;
        });

        Assert.That((await ExamineAsync()).Diagnoses.Single().Finding, Is.EqualTo(expected));
    }

    [Test]
    public async Task What_waits_for_a_person_and_what_Mion_does_not_know_is_found()
    {
        var (purchase, late) = await BuyWithSessionAsync();
        await ChangeOrderAsync(purchase.OrderId, order => order.OrderStatus = OrderStatus.Cancelled);
        Mion.PayByLightning(late.PaymentSessionId);
        await PollWhenDueAsync();
        var (_, unknown) = await BuyWithSessionAsync();
        await ChangeSessionAsync(unknown, session => session.PaymentSessionId = Guid.NewGuid().ToString("D"));

        Assert.That((await ExamineAsync()).Diagnoses.Select(diagnosis => diagnosis.Finding), Is.EqualTo(new[] { DoctorFinding.UnknownAtMion, DoctorFinding.NeedsPerson }));
    }

    [Test]
    public async Task A_payment_that_Mion_does_not_call_paid_is_found()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        await ChangeSessionAsync(session, changed => changed.State = PaymentSessionState.Paid);
        await ChangeOrderAsync(purchase.OrderId, order => order.PaymentStatus = PaymentStatus.Paid);

        Assert.That((await ExamineAsync()).Diagnoses.Single().Finding, Is.EqualTo(DoctorFinding.NotPaidAtMion));
    }

    [Test]
    public async Task It_goes_on_where_it_was_left()
    {
        var (_, session) = await BuyWithSessionAsync();
        await InScopeAsync<IRepository<MionPaymentSession>, bool>(async sessions =>
        {
            for (var i = 0; i < PaymentDoctor.BatchSize + 4; i++)
            {
                await sessions.InsertAsync(new MionPaymentSession
                {
                    OrderId = session.OrderId, Attempt = 100 + i, Reference = $"r{i}", Token = $"t{i}", WebhookToken = $"w{i}",
                    State = PaymentSessionState.Handled, CreatedOnUtc = session.CreatedOnUtc, ExpiresOnUtc = session.ExpiresOnUtc
                });
            }

            return true;
        });

        var first = await ExamineAsync();
        var second = await ExamineAsync(first.NextBelow);

        Assert.That((first.Examined, second.Examined, second.NextBelow), Is.EqualTo((PaymentDoctor.BatchSize, 5, 0)));
    }

    private Task<DoctorBatch> ExamineAsync(int below = int.MaxValue) => InScopeAsync<PaymentDoctor, DoctorBatch>(doctor => doctor.ExamineAsync(below));

    private Task<bool> ChangeSessionAsync(MionPaymentSession session, Action<MionPaymentSession> change) => InScopeAsync<IRepository<MionPaymentSession>, bool>(async sessions =>
    {
        var row = await sessions.GetByIdAsync(session.Id);
        change(row);
        await sessions.UpdateAsync(row);
        return true;
    });
}
