using Newtonsoft.Json.Linq;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Desk;
using Nop.Plugin.Payments.Mion.Localization;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Sandbox.Mion;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Desk.Integration;

/// <summary>The doctor finds each kind of mismatch made by hand, changes nothing by looking, and offers one safe action.</summary>
[TestFixture]
public sealed class DoctorTests : ShopFixture
{
    private const string Examine = "/Admin/MionDoctor/Examine";
    private const string Handle = "/Admin/MionDoctor/Handle";

    [Test]
    public async Task Where_everything_fits_nothing_is_found()
    {
        await PaidAsync();
        await BuyWithSessionAsync();

        var step = await ExamineAsync();

        Assert.That((step.Examined, step.Total, step.IsDone, step.Diagnoses.Count), Is.EqualTo((2, 2, true, 0)));
    }

    [Test]
    public async Task A_payment_that_Mion_has_is_found_and_applied()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        Mion.PayByLightning(session.PaymentSessionId);
        var admin = await AdminAsync();

        var finding = (await PostAsync(admin, Examine))["Findings"]!.Single();
        Assert.That((bool)finding["CanApply"]!, Is.True);
        Assert.That((bool)finding["CanHandle"]!, Is.False, "one action");
        Assert.That(Shop.PaidOrders, Is.Empty, "looking changes nothing");
        var applied = await PostAsync(admin, "/Admin/MionDoctor/Apply", ("id", (string)finding["Id"]!));

        Assert.That((bool)applied["IsSettled"]!, Is.True);
        await AssertPaidOnceAsync(purchase.OrderId, session.PaymentSessionId);
        Assert.That(await StandingAsync(), Is.Empty);
    }

    [TestCase(DoctorFinding.OrderNotPaid)]
    [TestCase(DoctorFinding.OrderGone)]
    [TestCase(DoctorFinding.PaidTwice)]
    [TestCase(DoctorFinding.OrderCancelled)]
    [TestCase(DoctorFinding.AmountDiffers)]
    public async Task An_order_that_does_not_follow_its_payment_is_found_and_marked_as_handled_once(DoctorFinding expected)
    {
        var (purchase, session) = await PaidAsync();
        await ChangeOrderAsync(purchase.OrderId, order =>
        {
            order.PaymentStatus = expected == DoctorFinding.OrderNotPaid ? PaymentStatus.Pending : PaymentStatus.Paid;
            order.Deleted = expected == DoctorFinding.OrderGone;
            order.CaptureTransactionId = expected == DoctorFinding.PaidTwice ? Guid.NewGuid().ToString("D") : order.CaptureTransactionId;
            order.OrderStatus = expected == DoctorFinding.OrderCancelled ? OrderStatus.Cancelled : order.OrderStatus;
            order.OrderTotal += expected == DoctorFinding.AmountDiffers ? 1 : 0;
        });
        var admin = await AdminAsync();

        Assert.That((await ExamineAsync()).Diagnoses.Single().Finding, Is.EqualTo(expected));
        var without = await PostAsync(admin, Handle, ("id", $"{session.Id}"), ("comment", " "));
        var handled = await PostAsync(admin, Handle, ("id", $"{session.Id}"), ("comment", "settled by phone"));
        var again = await PostAsync(admin, Handle, ("id", $"{session.Id}"), ("comment", "settled by phone"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That((bool)without["IsSettled"]!, Is.False, "a comment is missing");
            Assert.That((bool)handled["IsSettled"]!, Is.True);
            Assert.That((string?)again["Message"], Does.Contain("does not wait for a decision any more"));
            Assert.That((await ExamineAsync()).Diagnoses, Is.Empty, "it is not brought up again");
            Assert.That((await NewestSessionAsync(purchase.OrderId)).State, Is.EqualTo(PaymentSessionState.Paid), "the books stay what they are");
            Assert.That(await MionNotesAsync(purchase.OrderId), Has.One.Contains("was marked as handled. settled by phone"));
        }
    }

    [TestCase(ReviewReason.OrderCancelled)]
    [TestCase(ReviewReason.PaidTwice)]
    [TestCase(ReviewReason.AmountChanged)]
    [TestCase(ReviewReason.OrderGone)]
    public async Task What_waits_for_a_person_is_found_with_its_reason_and_marked_as_handled(ReviewReason reason)
    {
        var session = await NeedingPersonAsync(reason);
        var admin = await AdminAsync();

        var finding = (await PostAsync(admin, Examine))["Findings"]!.Single();
        var handled = await PostAsync(admin, Handle, ("id", $"{session.Id}"), ("comment", "refunded at Mion"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)finding["Finding"], Does.Contain(Words(reason)));
            Assert.That((bool)finding["CanHandle"]!, Is.True);
            Assert.That((bool)handled["IsSettled"]!, Is.True);
            Assert.That((await InScopeAsync<PaymentSessionStore, MionPaymentSession?>(store => store.GetByIdAsync(session.Id)))!.State, Is.EqualTo(PaymentSessionState.Handled));
            Assert.That((await ExamineAsync()).Diagnoses, Is.Empty);
            Assert.That(await Shop.GetLogAsync(), Has.None.Property(nameof(Nop.Core.Domain.Logging.Log.LogLevelId)).EqualTo(40));
        }
    }

    [Test]
    public async Task A_payment_that_Mion_does_not_know_is_found_and_marked_as_handled()
    {
        var (_, session) = await BuyWithSessionAsync();
        await ChangeSessionAsync(session, changed => changed.PaymentSessionId = Guid.NewGuid().ToString("D"));
        var admin = await AdminAsync();

        Assert.That((await ExamineAsync()).Diagnoses.Single().Finding, Is.EqualTo(DoctorFinding.UnknownAtMion));
        await PostAsync(admin, Handle, ("id", $"{session.Id}"), ("comment", "made with the old account"));

        Assert.That((await ExamineAsync()).Diagnoses, Is.Empty);
    }

    [Test]
    public async Task A_payment_that_was_seen_and_did_not_become_complete_is_found_and_marked_as_handled()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        Mion.PayTooLittle(session.PaymentSessionId);
        await PollWhenDueAsync();
        Assert.That((await ExamineAsync()).Diagnoses, Is.Empty, "its time is not over");
        Time.Advance(TimeSpan.FromDays(1) + OverdueSessions.MinStall);
        await RunPollAsync();
        var admin = await AdminAsync();

        var finding = (await PostAsync(admin, Examine))["Findings"]!.Single();
        var handled = await PostAsync(admin, Handle, ("id", $"{session.Id}"), ("comment", "refunded at Mion"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)finding["Finding"], Does.Contain("it is not complete"));
            Assert.That((bool)handled["IsSettled"]!, Is.True);
            Assert.That((await ExamineAsync()).Diagnoses, Is.Empty);
            Assert.That((await NewestSessionAsync(purchase.OrderId)).State, Is.EqualTo(PaymentSessionState.Open), "should it become complete, it counts");
        }
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
    public async Task While_Mion_cannot_be_asked_it_waits_where_it_is()
    {
        await BuyWithSessionAsync();
        await BuyWithSessionAsync();
        Mion.Faults.Add(new FaultRule { Kind = FaultKind.Status, StatusCode = 401, Operation = MionOperations.GetStatus, Count = 1 });
        var first = await ExamineAsync();
        Mion.Faults.Add(new FaultRule { Kind = FaultKind.Status, StatusCode = 503, Operation = MionOperations.GetStatus });

        var outage = await ExamineAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(first.Diagnoses.Single().Finding, Is.EqualTo(DoctorFinding.MionFailed), "one that cannot be asked is a finding");
            Assert.That((outage.Examined, outage.IsDone, outage.Diagnoses.Count), Is.EqualTo((0, false, 0)), "all of them are none");
            Assert.That(outage.Outage, Is.Not.Empty);
        }
    }

    [Test]
    public async Task What_was_found_is_there_for_whoever_opens_the_page_next_and_gone_once_it_is_settled_elsewhere()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        Mion.PayByLightning(session.PaymentSessionId);
        await PostAsync(await AdminAsync(), Examine);

        var page = await (await AdminAsync()).OpenAsync("/Admin/MionDoctor/Index");
        Assert.That(JArray.Parse(page.QuerySelector("#mion-doctor-findings")!.GetAttribute("data-rows")!).Select(row => (int)row["OrderId"]!), Is.EqualTo(new[] { purchase.OrderId }));
        await PollWhenDueAsync();

        Assert.That(await StandingAsync(), Is.Empty);
    }

    private Task<DoctorStep> ExamineAsync() => InScopeAsync<PaymentDoctor, DoctorStep>(doctor => doctor.ContinueAsync(restart: true));

    private Task<IReadOnlyList<MionPaymentSession>> StandingAsync() => InScopeAsync<ExaminationStore, IReadOnlyList<MionPaymentSession>>(store => store.GetFindingsAsync(10));

    private static async Task<JObject> PostAsync(ShopBrowser admin, string action, params (string Name, string Value)[] fields)
    {
        using var answer = await admin.SendFormAsync(action, fields);
        return JObject.Parse(await answer.Content.ReadAsStringAsync());
    }

    private async Task<(Purchase Purchase, MionPaymentSession Session)> PaidAsync()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        Mion.PayByLightning(session.PaymentSessionId);
        await PollWhenDueAsync();
        return (purchase, session);
    }

    private async Task<MionPaymentSession> NeedingPersonAsync(ReviewReason reason)
    {
        var (purchase, session) = await BuyWithSessionAsync();
        if (reason == ReviewReason.PaidTwice)
        {
            // time is over, the shopper begins anew and pays, and then pays the first one too
            Mion.Expire(session.PaymentSessionId);
            await PollWhenDueAsync();
            using var retried = await purchase.Browser.PostAsync($"/mion/payment/{session.Token}/retry");
            Mion.PayByLightning((await NewestSessionAsync(purchase.OrderId)).PaymentSessionId);
            await PollWhenDueAsync();
            Mion.PayLate(session.PaymentSessionId);
            using var hook = await NewBrowser().PostAsync($"/mion/webhook/{session.WebhookToken}");
            return session;
        }

        await ChangeOrderAsync(purchase.OrderId, order =>
        {
            order.OrderStatus = reason == ReviewReason.OrderCancelled ? OrderStatus.Cancelled : order.OrderStatus;
            order.OrderTotal += reason == ReviewReason.AmountChanged ? 1 : 0;
            order.Deleted = reason == ReviewReason.OrderGone;
        });
        Mion.PayByLightning(session.PaymentSessionId);
        await PollWhenDueAsync();
        return session;
    }

    private static string Words(ReviewReason reason) => MionStrings.English[$"{MionDefaults.ResourcePrefix}.Reason.{reason}"];

    private Task<bool> ChangeSessionAsync(MionPaymentSession session, Action<MionPaymentSession> change) => InScopeAsync<IRepository<MionPaymentSession>, bool>(async sessions =>
    {
        var row = await sessions.GetByIdAsync(session.Id);
        change(row);
        await sessions.UpdateAsync(row);
        return true;
    });
}
