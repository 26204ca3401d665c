using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Api;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Sandbox.Shop;
using Nop.Plugin.Payments.Mion.Tests.Support;
using static Nop.Plugin.Payments.Mion.Payments.PaymentSessionState;

namespace Nop.Plugin.Payments.Mion.Tests.Payments.Integration;

/// <summary>
/// What each query of the table finds, and which columns of which row each update changes: those and no others.
/// </summary>
[Parallelizable(ParallelScope.Self)]
public sealed class PaymentSessionStoreTests
{
    private static readonly PropertyInfo[] _columns = [.. typeof(MionPaymentSession).GetProperties().Where(column =>
        column.Name is not ("State" or "ReviewReason" or "Finding" or "SettledFinding" or "AttemptProblem"))];

    private static readonly TimeSpan _lease = TimeSpan.FromMinutes(5);
    private static readonly DateTime _held = DateTime.UtcNow.Date.AddDays(2);
    private static readonly DateTime _lapsed = DateTime.UtcNow.Date.AddDays(-2);
    private static readonly Guid _mine = Guid.NewGuid();
    private static readonly Guid _theirs = Guid.NewGuid();

    private DemoShop _shop = null!;
    private AsyncServiceScope _scope;

    private static MionSession Answer { get; } = Some.PaidAnswer() with { FundingStatus = "well-funded", ExpiresOnUtc = Some.Now.AddMinutes(15) };

    private PaymentSessionStore Store => _scope.ServiceProvider.GetRequiredService<PaymentSessionStore>();

    private IRepository<MionPaymentSession> Rows => _scope.ServiceProvider.GetRequiredService<IRepository<MionPaymentSession>>();

    private IRepository<Order> Orders => _scope.ServiceProvider.GetRequiredService<IRepository<Order>>();

    [OneTimeSetUp]
    public async Task StartShop()
    {
        _shop = await DemoShop.StartAsync(new DemoShopOptions());
        _scope = _shop.Services.CreateAsyncScope();
    }

    [OneTimeTearDown]
    public async Task StopShop()
    {
        await _scope.DisposeAsync();
        await _shop.DisposeAsync();
    }

    [SetUp]
    public Task Empty() => Store.DeleteAllAsync();

    [Test]
    public async Task A_session_is_found_by_each_of_its_names()
    {
        var (session, other) = (await AddAsync(), await AddAsync(row => row.PaymentSessionId = Some.OtherPaymentSessionId));

        Assert.That((await Store.GetByIdAsync(session.Id))?.Id, Is.EqualTo(session.Id));
        Assert.That((await Store.GetByTokenAsync(session.Token))?.Id, Is.EqualTo(session.Id));
        Assert.That((await Store.GetByWebhookTokenAsync(session.WebhookToken))?.Id, Is.EqualTo(session.Id));
        Assert.That((await Store.GetByPaymentSessionIdAsync(session.PaymentSessionId))?.Id, Is.EqualTo(session.Id));
        Assert.That((await Store.GetByReferenceAsync(session.Reference))?.Id, Is.EqualTo(session.Id));
        Assert.That((await Store.GetByIdAsync(other.Id))?.Id, Is.EqualTo(other.Id));
        Assert.That((await Store.GetByIdAsync(session.Id))?.CreatedOnUtc.Kind, Is.EqualTo(DateTimeKind.Utc));
    }

    [Test]
    public async Task Nothing_is_found_by_another_name()
    {
        var session = await AddAsync();

        foreach (var token in new[] { null, "", "x", new string('0', 32), session.Token[1..], session.Reference })
        {
            Assert.That(await Store.GetByTokenAsync(token), Is.Null, token);
            Assert.That(await Store.GetByWebhookTokenAsync(token), Is.Null, token);
        }

        Assert.That(await Store.GetByTokenAsync(session.WebhookToken), Is.Null);
        Assert.That(await Store.GetByWebhookTokenAsync(session.Token), Is.Null);
        Assert.That(await Store.GetByIdAsync(session.Id + 1), Is.Null);
        Assert.That(await Store.GetByPaymentSessionIdAsync(Some.OtherPaymentSessionId), Is.Null);
        Assert.That(await Store.GetByReferenceAsync("x"), Is.Null);
    }

    [Test]
    public async Task A_charge_at_the_till_has_no_page_of_a_shopper()
    {
        var charge = await AddAsync(row => row.IsTill = true);

        Assert.That(await Store.GetByTokenAsync(charge.Token), Is.Null);
        Assert.That((await Store.GetByWebhookTokenAsync(charge.WebhookToken))?.Id, Is.EqualTo(charge.Id));
    }

    [Test]
    public async Task An_orders_sessions_come_newest_first_and_amounts_without_an_order_are_nobodys()
    {
        var first = await AddAsync(row => row.Attempt = 1);
        var third = await AddAsync(row => row.Attempt = 3);
        var second = await AddAsync(row => row.Attempt = 2);
        await AddAsync(row => row.OrderId = 8);
        await AddAsync(row => row.OrderId = 0);

        Assert.That((await Store.GetByOrderAsync(7)).Select(session => session.Id), Is.EqualTo(new[] { third.Id, second.Id, first.Id }));
        Assert.That(await Store.GetByOrderAsync(0), Is.Empty);
        Assert.That(await Store.GetByOrderAsync(9), Is.Empty);
    }

    [Test]
    public async Task Sessions_about_which_Mion_is_silent_are_counted_by_store()
    {
        var before = Some.Now.AddHours(-6).AddSeconds(-1);
        Task<MionPaymentSession> AddSilent(Action<MionPaymentSession>? change = null) => AddAsync(session =>
        {
            (session.NextCheckOnUtc, session.CheckFailures, session.LastCheckOnUtc, session.CreatedOnUtc) = (Some.Now, 5, before, before.AddDays(-1));
            change?.Invoke(session);
        });
        await AddSilent(session => session.LastError = "no answer");
        await AddSilent(session => (session.LastCheckOnUtc, session.State) = (before.AddHours(-1), Expired));
        await AddSilent(session => (session.StoreId, session.LastCheckOnUtc, session.CreatedOnUtc) = (2, null, before.AddHours(-2)));
        // each of these is something else
        await AddSilent(session => session.CheckFailures = 4);
        await AddSilent(session => session.LastCheckOnUtc = Some.Now.AddHours(-6));
        await AddSilent(session => session.NextCheckOnUtc = null);
        await AddSilent(session => session.PaymentSessionId = string.Empty);
        await AddSilent(session => session.State = Paid);
        await AddSilent(session => (session.LastCheckOnUtc, session.CreatedOnUtc) = (null, Some.Now.AddHours(-1)));

        Assert.That((await Store.GetUnansweredAsync(Some.Now)).OrderBy(store => store.StoreId), Is.EqualTo(new[]
        {
            (1, 2, before, "no answer"),
            (2, 1, before.AddHours(-2), string.Empty)
        }));
    }

    [Test]
    public async Task Sessions_are_counted_by_how_far_they_are()
    {
        Assert.That(await Store.GetCountsAsync(Some.Now), Is.EqualTo(new SessionCounts(0, 0, 0, 0, TimeSpan.Zero)));

        var late = Some.Now - MionDefaults.OverdueAfter;
        await AddAsync(session => session.NextCheckOnUtc = null);
        await AddAsync(session => session.NextCheckOnUtc = Some.Now.AddSeconds(1));
        Assert.That(await Store.GetCountsAsync(Some.Now), Is.EqualTo(new SessionCounts(2, 0, 0, 0, TimeSpan.Zero)), "nothing is due");
        await AddAsync(session => session.NextCheckOnUtc = late);
        Assert.That(await Store.GetCountsAsync(Some.Now), Is.EqualTo(new SessionCounts(3, 0, 0, 0, MionDefaults.OverdueAfter)), "until then it is not overdue");

        await AddAsync(session => (session.State, session.NextCheckOnUtc) = (Expired, late.AddSeconds(-1)));
        await AddAsync(session => (session.FundsSeen, session.PersonToldOf) = (true, MionPaymentSession.ToldOfStalled));
        await AddAsync(session => session.State = NeedsPerson);
        await AddAsync(session => session.State = NeedsPerson);

        Assert.That(await Store.GetCountsAsync(Some.Now), Is.EqualTo(new SessionCounts(4, 1, 1, 2, MionDefaults.OverdueAfter + TimeSpan.FromSeconds(1))));
        Assert.That(await Store.CountAsync(), Is.EqualTo(7));
        Assert.That(await Store.CountAsync(NeedsPerson), Is.EqualTo(2));
    }

    [Test]
    public async Task Facts_about_the_webhook_come_from_a_stores_latest_sessions()
    {
        Assert.That(await Store.GetWebhookFactsAsync(1), Is.EqualTo(((DateTime?)null, (DateTime?)null)));

        await AddAsync(session => (session.WebhookOnUtc, session.PaidOnUtc) = (Some.Now.AddMinutes(-9), Some.Now.AddMinutes(-8)));
        await AddAsync(session => (session.WebhookOnUtc, session.PaidOnUtc) = (Some.Now.AddMinutes(-7), Some.Now.AddMinutes(-6)));
        await AddAsync(session => (session.CreatedOnUtc, session.WebhookFailures) = (Some.Now.AddMinutes(-20), 3));
        await AddAsync(session => (session.CreatedOnUtc, session.WebhookFailures) = (Some.Now.AddMinutes(-10), 3));
        // paid before Mion had taken its webhook; refused not for good, or taken after all; of another store
        await AddAsync(session => (session.WebhookOnUtc, session.PaidOnUtc) = (Some.Now, Some.Now));
        await AddAsync(session => session.WebhookFailures = 2);
        await AddAsync(session => (session.WebhookOnUtc, session.WebhookFailures) = (Some.Now, 3));
        await AddAsync(session => (session.StoreId, session.WebhookOnUtc, session.PaidOnUtc) = (2, Some.Now.AddMinutes(-1), Some.Now));

        Assert.That(await Store.GetWebhookFactsAsync(1), Is.EqualTo(((DateTime?)Some.Now.AddMinutes(-6), (DateTime?)Some.Now.AddMinutes(-10))));
        Assert.That((await Store.GetWebhookFactsAsync(1)).PaidOnUtc?.Kind, Is.EqualTo(DateTimeKind.Utc));

        for (var count = 0; count < 50; count++)
            await AddAsync();
        Assert.That(await Store.GetWebhookFactsAsync(1), Is.EqualTo(((DateTime?)null, (DateTime?)null)), "what is older says nothing about now");
    }

    [Test]
    public async Task What_is_due_is_taken_once_the_longest_overdue_first()
    {
        var now = await AddAsync(session => session.NextCheckOnUtc = Some.Now);
        var later = await AddAsync(session => session.NextCheckOnUtc = Some.Now.AddSeconds(1));
        var overdue = await AddAsync(session => session.NextCheckOnUtc = Some.Now.AddHours(-1));
        await AddAsync(session => session.NextCheckOnUtc = null);

        var first = await Store.TakeDueAsync(Some.Now, 1, _lease);
        Assert.That(first.Select(session => session.Id), Is.EqualTo(new[] { overdue.Id }));
        Assert.That(first[0].NextCheckOnUtc, Is.EqualTo(Some.Now), "when it was due at the latest");
        await AssertChangedAsync(overdue, ("CheckToken", first[0].CheckToken), ("NextCheckOnUtc", Some.Now + _lease));
        Assert.That(first[0].CheckToken, Is.Not.Null);

        var second = await Store.TakeDueAsync(Some.Now, 10, _lease);
        Assert.That(second.Select(session => session.Id), Is.EqualTo(new[] { now.Id }));
        Assert.That(second[0].CheckToken, Is.Not.EqualTo(first[0].CheckToken));
        Assert.That(await Store.TakeDueAsync(Some.Now, 10, _lease), Is.Empty);
        await AssertChangedAsync(later);

        Assert.That((await Store.TakeDueAsync(Some.Now + _lease, 10, _lease)).Select(session => session.Id),
            Is.EquivalentTo(new[] { now.Id, overdue.Id, later.Id }), "a worker that crashed has lost them");
    }

    [Test]
    public async Task A_reference_is_inserted_once_and_another_failure_is_not_taken_for_that()
    {
        var session = await AddAsync();

        var same = New();
        same.Reference = session.Reference;
        Assert.That(await Store.TryInsertAsync(same), Is.False);
        var sameToken = New();
        sameToken.Token = session.Token;
        Assert.That(() => Store.TryInsertAsync(sameToken), Throws.Exception);
        Assert.That(await Store.TryInsertAsync(New()), Is.True);
        Assert.That(await Store.CountAsync(), Is.EqualTo(2));
    }

    [TestCase(Opening, true)]
    [TestCase(Open, true)]
    [TestCase(Expired, true)]
    [TestCase(NeedsPerson, true)]
    [TestCase(Paid, false)]
    [TestCase(Handled, false)]
    public async Task A_session_is_claimed_until_it_is_settled(PaymentSessionState state, bool isClaimed)
    {
        var (session, other) = (await AddAsync(row => row.State = state), await AddAsync());

        Assert.That(await Store.TryClaimAsync(session.Id, _mine, _lease), Is.EqualTo(isClaimed));

        if (isClaimed)
            await AssertChangedAsync(session, ("ClaimToken", _mine), ("ClaimedUntilUtc", Soon));
        else
            await AssertChangedAsync(session);
        await AssertChangedAsync(other);
    }

    [Test]
    public async Task A_claim_holds_for_its_lease_and_a_rule_says_which_sessions_can_be_claimed()
    {
        var held = await AddAsync(row => (row.ClaimToken, row.ClaimedUntilUtc) = (_theirs, _held));
        var lapsed = await AddAsync(row => (row.ClaimToken, row.ClaimedUntilUtc) = (_theirs, _lapsed));
        var paid = await AddAsync(row => row.State = Paid);

        Assert.That(await Store.TryClaimAsync(held.Id, _mine, _lease), Is.False);
        Assert.That(await Store.TryClaimAsync(lapsed.Id, _mine, _lease), Is.True);
        Assert.That(await Store.TryClaimAsync(lapsed.Id, _mine, _lease), Is.False);
        Assert.That(await Store.TryClaimAsync(paid.Id, _mine, _lease, SessionRules.Concluded), Is.True);
        await AssertChangedAsync(held);
    }

    [Test]
    public async Task Only_what_is_reserved_is_begun()
    {
        var reserved = await AddAsync(row => (row.State, row.IsReserved) = (Opening, true));
        var begun = await AddAsync(row => row.State = Opening);
        var held = await AddAsync(row => (row.State, row.IsReserved, row.ClaimToken, row.ClaimedUntilUtc) = (Opening, true, _theirs, _held));

        foreach (var row in new[] { reserved, begun, held })
            Assert.That(await Store.TryBeginAsync(row.Id, _mine, _lease, Some.Now.AddHours(2), Some.Now.AddMinutes(1), new Tip(150, 1.5m)), Is.EqualTo(row == reserved));

        await AssertChangedAsync(reserved, ("ClaimToken", _mine), ("ClaimedUntilUtc", Soon), ("IsReserved", false), ("TipCents", 150L), ("TipTotal", 1.5m),
            ("ExpiresOnUtc", Some.Now.AddHours(2)), ("NextCheckOnUtc", Some.Now.AddMinutes(1)));
        await AssertChangedAsync(begun);
        await AssertChangedAsync(held);
    }

    [Test]
    public async Task A_session_of_Mions_that_two_rows_have_is_suspicious()
    {
        var session = await AddAsync();
        Assert.That(await Store.FindSuspicionAsync(session), Is.EqualTo(ReviewReason.None));
        Assert.That(await Store.IsSharedAsync(session.Id, session.PaymentSessionId), Is.False);

        var other = await AddAsync(row => row.OrderId = 8);
        Assert.That(await Store.FindSuspicionAsync(session), Is.EqualTo(ReviewReason.SharedSession));
        Assert.That(await Store.IsSharedAsync(other.Id, session.PaymentSessionId), Is.True);
        Assert.That(await Store.IsSharedAsync(session.Id, Some.OtherPaymentSessionId), Is.False);
    }

    [Test]
    public async Task A_charge_beside_which_a_later_one_of_the_same_key_stands_is_suspicious()
    {
        Task<MionPaymentSession> AddCharge(string reference, int orderId = 0) => AddAsync(row =>
            (row.OrderId, row.Reference, row.IsTill, row.PaymentSessionId) = (orderId, reference, true, Guid.NewGuid().ToString()));
        var first = await AddCharge("till-abc-100");
        await AddCharge("till-abcd-100");
        Assert.That(await Store.FindSuspicionAsync(first), Is.EqualTo(ReviewReason.None), "another key");

        var last = await AddCharge("till-abc-200");
        var ofOrder = await AddCharge("till-abc-50", orderId: 7);
        var other = await AddCharge("x");
        await AddCharge("till-abc-300");

        Assert.That(await Store.FindSuspicionAsync(first), Is.EqualTo(ReviewReason.LateAtTill));
        Assert.That(await Store.FindSuspicionAsync(last), Is.EqualTo(ReviewReason.LateAtTill));
        Assert.That(await Store.FindSuspicionAsync(ofOrder), Is.EqualTo(ReviewReason.None), "its order says what it is worth");
        Assert.That(await Store.FindSuspicionAsync(other), Is.EqualTo(ReviewReason.None));
    }

    [Test]
    public async Task Only_whose_claim_it_is_renews_it()
    {
        var (mine, theirs) = (await AddClaimedAsync(_mine), await AddClaimedAsync(_theirs));

        Assert.That(await Store.TryRenewAsync(mine.Id, _mine, _lease), Is.True);
        Assert.That(await Store.TryRenewAsync(theirs.Id, _mine, _lease), Is.False);

        await AssertChangedAsync(mine, ("ClaimedUntilUtc", Soon));
        await AssertChangedAsync(theirs);
    }

    private static IEnumerable<TestCaseData> StampCases()
    {
        static TestCaseData Case(string name, bool isStamped, Action<Order> change) => new TestCaseData(isStamped, change).SetArgDisplayNames(name);
        return
        [
            Case("as it was read", true, _ => { }),
            Case("in processing", true, order => order.OrderStatus = OrderStatus.Processing),
            Case("deleted", false, order => order.Deleted = true),
            Case("another total", false, order => order.OrderTotal += 0.01m),
            Case("another transaction", false, order => order.CaptureTransactionId = "x"),
            Case("paid", false, order => order.PaymentStatus = PaymentStatus.Paid),
            Case("cancelled", false, order => order.OrderStatus = OrderStatus.Cancelled)
        ];
    }

    [TestCaseSource(nameof(StampCases))]
    public async Task An_order_is_stamped_while_it_is_as_it_was_read(bool isStamped, Action<Order> change)
    {
        var session = await AddAsync();
        var order = await AddOrderAsync();
        var untouched = await AddOrderAsync();
        var changed = await Orders.GetByIdAsync(order.Id);
        change(changed);
        await Orders.UpdateAsync(changed);

        Assert.That(await Store.TryStampOrderAsync(order, session), Is.EqualTo(isStamped));

        Assert.That(order.CaptureTransactionId, Is.EqualTo(isStamped ? Some.PaymentSessionId : null));
        Assert.That((await Orders.GetByIdAsync(order.Id)).CaptureTransactionId, Is.EqualTo(isStamped ? Some.PaymentSessionId : changed.CaptureTransactionId));
        Assert.That((await Orders.GetByIdAsync(untouched.Id)).CaptureTransactionId, Is.Null);
    }

    [Test]
    public async Task An_order_is_not_stamped_with_a_session_that_another_row_has()
    {
        var (session, _) = (await AddAsync(), await AddAsync(row => row.OrderId = 8));

        Assert.That(await Store.TryStampOrderAsync(await AddOrderAsync(), session), Is.False);
    }

    [Test]
    public async Task An_orders_claim_stands_in_its_first_session_whichever_of_them_is_paid()
    {
        // the row of the first attempt need not be the oldest
        var second = await AddAsync(row => row.Attempt = 2);
        var first = await AddAsync(row => row.Attempt = 1);
        var other = await AddAsync(row => row.OrderId = 8);

        Assert.That(await Store.TryClaimOrderAsync(second, _theirs, _lease), Is.True);
        Assert.That(await Store.TryClaimOrderAsync(first, _mine, _lease), Is.False);
        await AssertChangedAsync(first, ("OrderClaimToken", _theirs), ("OrderClaimedUntilUtc", Soon));
        await AssertChangedAsync(second);
        Assert.That(await Store.TryClaimOrderAsync(other, _mine, _lease), Is.True);

        await Store.ReleaseOrderAsync(7, _mine);
        Assert.That(await Store.TryClaimOrderAsync(first, _mine, _lease), Is.False, "who has no claim gives none back");
        await Store.ReleaseOrderAsync(8, _theirs);
        await Store.ReleaseOrderAsync(7, _theirs);
        await AssertChangedAsync(first);
        await AssertChangedAsync(other, ("OrderClaimToken", _mine), ("OrderClaimedUntilUtc", Soon));
        Assert.That(await Store.TryClaimOrderAsync(first, _mine, _lease), Is.True);
    }

    [Test]
    public async Task A_claim_that_is_given_back_leaves_what_went_wrong_and_when_to_try_again()
    {
        var (first, second, theirs) = (await AddClaimedAsync(_mine), await AddClaimedAsync(_mine), await AddClaimedAsync(_theirs));

        await Store.ReleaseAsync(first.Id, _mine, new string('e', 500), Some.Now.AddMinutes(2));
        await Store.ReleaseAsync(second.Id, _mine, string.Empty, null, OpeningProblem.Refused, Some.Now.AddMinutes(3));
        await Store.ReleaseAsync(theirs.Id, _mine, "x", null);

        await AssertChangedAsync(first, ("ClaimToken", null), ("ClaimedUntilUtc", null), ("CheckToken", null), ("LastError", new string('e', 400)),
            ("NotBeforeUtc", null), ("NextCheckOnUtc", Some.Now.AddMinutes(2)));
        await AssertChangedAsync(second, ("ClaimToken", null), ("ClaimedUntilUtc", null), ("CheckToken", null), ("LastError", string.Empty),
            ("NotBeforeUtc", Some.Now.AddMinutes(3)), ("NextCheckOnUtc", null), ("AttemptProblemId", (int)OpeningProblem.Refused));
        await AssertChangedAsync(theirs);
    }

    [Test]
    public async Task What_Mion_has_opened_is_recorded_in_the_row_and_in_memory()
    {
        static void BeOpening(MionPaymentSession row) =>
            (row.State, row.PaymentSessionId, row.AttemptProblem, row.CheckFailures, row.LastError) = (Opening, string.Empty, OpeningProblem.Unreachable, 2, "no answer");
        var (session, theirs, open) = (await AddClaimedAsync(_mine, BeOpening), await AddClaimedAsync(_theirs, BeOpening), await AddClaimedAsync(_mine));
        var second = await AddClaimedAsync(_mine, BeOpening);

        foreach (var row in new[] { session, theirs, open })
        {
            var inMemory = await ReadAsync(row);
            Assert.That(await Store.TryRecordOpenedAsync(inMemory, _mine, Answer, Some.Now.AddMinutes(1)), Is.EqualTo(row == session));
            Assert.That(Values(inMemory), Is.EqualTo(Values(await ReadAsync(row))), "in memory it says what the row says");
        }

        await AssertChangedAsync(session, ("StateId", (int)Open), ("PaymentSessionId", Answer.PaymentSessionId), ("MionStatus", Answer.Status), ("ExpiresOnUtc", Some.Now.AddMinutes(15)),
            ("NextCheckOnUtc", Some.Now.AddMinutes(1)), ("CheckFailures", 0), ("LastError", string.Empty), ("AttemptProblemId", (int)OpeningProblem.None), ("ClaimToken", null), ("ClaimedUntilUtc", null));
        await AssertChangedAsync(theirs);
        await AssertChangedAsync(open);
        Assert.That(await Store.TryRecordOpenedAsync(second, _mine, Answer with { ExpiresOnUtc = null }, null), Is.True);
        Assert.That((await ReadAsync(second)).ExpiresOnUtc, Is.EqualTo(Some.Now.AddDays(1)), "Mion has not said when it ends");
    }

    [Test]
    public async Task A_session_that_turns_out_to_be_another_rows_is_taken_back()
    {
        var alone = await AddAsync(row => row.PaymentSessionId = Some.OtherPaymentSessionId);
        var (shared, other) = (await AddAsync(), await AddAsync(row => row.State = Paid));

        Assert.That(await Store.TryWithdrawSharedAsync(alone, "x", null), Is.False);
        var inMemory = await ReadAsync(shared);
        Assert.That(await Store.TryWithdrawSharedAsync(inMemory, "another payment has it", Some.Now.AddMinutes(1)), Is.True);

        Assert.That((inMemory.State, inMemory.PaymentSessionId, inMemory.NextCheckOnUtc), Is.EqualTo((Opening, string.Empty, (DateTime?)Some.Now.AddMinutes(1))));
        await AssertChangedAsync(shared, ("StateId", (int)Opening), ("PaymentSessionId", string.Empty), ("LastError", "another payment has it"), ("NextCheckOnUtc", Some.Now.AddMinutes(1)));
        await AssertChangedAsync(alone);
        await AssertChangedAsync(other);
    }

    [Test]
    public async Task What_a_run_found_unchanged_is_recorded_where_it_is_still_that_runs()
    {
        var (first, second) = (await AddAsync(row => row.CheckToken = _mine), await AddAsync(row => row.CheckToken = _mine));
        var (taken, paid, unasked) = (await AddAsync(row => row.CheckToken = _theirs), await AddAsync(row => (row.CheckToken, row.State) = (_mine, Paid)), await AddAsync(row => row.CheckToken = _mine));

        await Store.RecordUnchangedAsync([first.Id, second.Id, taken.Id, paid.Id], _mine, Some.Now, Some.Now.AddMinutes(1));

        foreach (var row in new[] { first, second })
            await AssertChangedAsync(row, ("LastCheckOnUtc", Some.Now), ("NextCheckOnUtc", Some.Now.AddMinutes(1)));
        foreach (var row in new[] { taken, paid, unasked })
            await AssertChangedAsync(row);
    }

    [Test]
    public async Task An_answer_that_was_overtaken_changes_nothing()
    {
        var session = await AddAsync();
        var (taken, asked, paid) = (await AddAsync(), await AddAsync(), await AddAsync());
        await ChangeAsync(taken, row => row.CheckToken = _theirs);
        await ChangeAsync(asked, row => row.LastCheckOnUtc = Some.Now);
        await ChangeAsync(paid, row => row.State = Paid);
        var before = new[] { await ReadAsync(taken), await ReadAsync(asked), await ReadAsync(paid) };

        foreach (var row in new[] { session, taken, asked, paid })
        {
            var read = row;
            (read.State, read.FundsSeen, read.ExpiresOnUtc, read.NextCheckOnUtc) = (Expired, true, Some.Now.AddMinutes(7), Some.Now.AddMinutes(1));
            Assert.That(await Store.TryRecordUnpaidAsync(read, Answer, Some.Now), Is.EqualTo(row == session));
            await Store.RecordFailureAsync(read, "no answer", null);
        }

        Assert.That((await ReadAsync(session)).State, Is.EqualTo(Expired));
        foreach (var row in before)
            await AssertChangedAsync(row);
    }

    [Test]
    public async Task An_answer_that_it_is_unpaid_is_recorded()
    {
        var session = await AddAsync(row => (row.State, row.ReviewReason, row.CheckFailures, row.LastError) = (NeedsPerson, ReviewReason.UnknownAtMion, 3, "no answer"));
        var read = await ReadAsync(session);
        (read.State, read.FundsSeen, read.ExpiresOnUtc, read.NextCheckOnUtc) = (Open, true, Some.Now.AddMinutes(7), Some.Now.AddMinutes(1));

        Assert.That(await Store.TryRecordUnpaidAsync(read, Answer, Some.Now), Is.True);

        await AssertChangedAsync(session, ("StateId", (int)Open), ("ReviewReasonId", (int)ReviewReason.None), ("FundsSeen", true), ("ExpiresOnUtc", Some.Now.AddMinutes(7)),
            ("MionStatus", Answer.Status), ("FundingStatus", Answer.FundingStatus), ("PaymentMethod", Answer.PaymentMethod), ("LastCheckOnUtc", Some.Now),
            ("NextCheckOnUtc", Some.Now.AddMinutes(1)), ("CheckFailures", 0), ("LastError", string.Empty));
    }

    [Test]
    public async Task A_failure_to_ask_is_recorded_and_the_state_stays()
    {
        var session = await AddAsync();
        var read = await ReadAsync(session);
        read.CheckFailures = 4;

        await Store.RecordFailureAsync(read, new string('e', 500), Some.Now.AddMinutes(1));

        await AssertChangedAsync(session, ("CheckFailures", 4), ("LastError", new string('e', 400)), ("NextCheckOnUtc", Some.Now.AddMinutes(1)));
    }

    [Test]
    public async Task A_settled_session_holds_the_answer_and_gives_its_own_claims_back([Values] bool holdsOrder)
    {
        var (session, theirs) = (await AddClaimedAsync(_mine, Begun), await AddClaimedAsync(_theirs, Begun));
        var read = await ReadAsync(session);
        (read.State, read.ReviewReason, read.NextCheckOnUtc) = (NeedsPerson, ReviewReason.PaidTwice, Some.Now.AddHours(1));

        Assert.That(await Store.TrySettleAsync(read, _mine, Answer, Some.Now), Is.True);
        (read.Id, read.State) = (theirs.Id, Paid);
        Assert.That(await Store.TrySettleAsync(read, _mine, Answer, Some.Now), Is.False);

        await AssertChangedAsync(session, ("StateId", (int)NeedsPerson), ("ReviewReasonId", (int)ReviewReason.PaidTwice), ("FundsSeen", false), ("PaidOnUtc", Answer.PaidOnUtc),
            ("SettledOnUtc", Some.Now), ("MionStatus", Answer.Status), ("FundingStatus", Answer.FundingStatus), ("PaymentMethod", Answer.PaymentMethod), ("LastCheckOnUtc", Some.Now),
            ("NextCheckOnUtc", Some.Now.AddHours(1)), ("CheckFailures", 0), ("LastError", string.Empty), ("ClaimToken", null), ("ClaimedUntilUtc", null),
            ("OrderClaimToken", holdsOrder ? null : _theirs));
        await AssertChangedAsync(theirs);

        void Begun(MionPaymentSession row) =>
            (row.FundsSeen, row.CheckFailures, row.LastError, row.OrderClaimToken) = (true, 2, "no answer", holdsOrder ? _mine : _theirs);
    }

    [Test]
    public async Task Only_what_is_paid_is_set_back_and_its_processing_recorded()
    {
        var (paid, open) = (await AddAsync(row => row.State = Paid), await AddAsync());

        foreach (var row in new[] { paid, open })
            await Store.RecordProcessingAsync(row.Id, Answer);
        await AssertChangedAsync(paid, ("MionStatus", Answer.Status), ("FundingStatus", Answer.FundingStatus));
        await AssertChangedAsync(open);

        paid = await ReadAsync(paid);
        foreach (var row in new[] { paid, open })
            Assert.That(await Store.TryRecordSetBackAsync(row.Id, ReviewReason.OrderSetBack), Is.EqualTo(row == paid));
        await AssertChangedAsync(paid, ("StateId", (int)NeedsPerson), ("ReviewReasonId", (int)ReviewReason.OrderSetBack));
        await AssertChangedAsync(open);
    }

    [TestCase(Paid, ReviewReason.None, true)]
    [TestCase(NeedsPerson, ReviewReason.PaidTwice, true)]
    [TestCase(Handled, ReviewReason.UnknownAtMion, true)]
    [TestCase(Handled, ReviewReason.PaidTwice, false)]
    [TestCase(Open, ReviewReason.None, false)]
    public async Task The_next_look_is_set_of_what_waits_or_is_paid(PaymentSessionState state, ReviewReason reason, bool isSet)
    {
        var session = await AddAsync(row => (row.State, row.ReviewReason) = (state, reason));

        await Store.RecordStillWaitingAsync(session.Id, Some.Now.AddHours(1));

        await AssertChangedAsync(session, isSet ? [("NextCheckOnUtc", Some.Now.AddHours(1))] : []);
    }

    [Test]
    public async Task What_Mion_does_not_know_needs_a_person_unless_somebody_works_on_it()
    {
        var (session, paid, held) = (await AddAsync(row => row.FundsSeen = true), await AddAsync(row => row.State = Paid), await AddClaimedAsync(_theirs));

        foreach (var row in new[] { session, paid, held })
        {
            var read = await ReadAsync(row);
            (read.CheckFailures, read.NextCheckOnUtc) = (2, Some.Now.AddDays(1));
            Assert.That(await Store.TryRecordUnknownAsync(read, new string('e', 500)), Is.EqualTo(row == session));
        }

        await AssertChangedAsync(session, ("StateId", (int)NeedsPerson), ("ReviewReasonId", (int)ReviewReason.UnknownAtMion), ("FundsSeen", false), ("CheckFailures", 2),
            ("LastError", new string('e', 400)), ("NextCheckOnUtc", Some.Now.AddDays(1)));
        await AssertChangedAsync(paid);
        await AssertChangedAsync(held);
    }

    [Test]
    public async Task What_a_person_has_dealt_with_is_left_alone_but_where_Mion_does_not_know_it()
    {
        Task<MionPaymentSession> AddWaiting(ReviewReason reason) => AddAsync(row => (row.State, row.ReviewReason, row.NextCheckOnUtc) = (NeedsPerson, reason, Some.Now));
        var (twice, unknown, open) = (await AddWaiting(ReviewReason.PaidTwice), await AddWaiting(ReviewReason.UnknownAtMion), await AddAsync());
        var held = await AddClaimedAsync(_theirs, row => row.State = NeedsPerson);

        foreach (var row in new[] { twice, unknown, open, held })
            Assert.That(await Store.TryRecordHandledAsync(row.Id), Is.EqualTo(row == twice || row == unknown));

        await AssertChangedAsync(twice, ("StateId", (int)Handled), ("NextCheckOnUtc", null));
        await AssertChangedAsync(unknown, ("StateId", (int)Handled));
        await AssertChangedAsync(open);
        await AssertChangedAsync(held);
    }

    [TestCase(Opening, true)]
    [TestCase(Open, true)]
    [TestCase(Expired, true)]
    [TestCase(Paid, false)]
    [TestCase(NeedsPerson, false)]
    [TestCase(Handled, false)]
    public async Task A_charge_is_given_up_once_unless_it_is_concluded(PaymentSessionState state, bool isCancelled)
    {
        var (charge, online) = (await AddAsync(row => (row.State, row.IsTill) = (state, true)), await AddAsync(row => row.State = state));

        Assert.That(await Store.TryCancelAsync(charge.Id, Some.Now), Is.EqualTo(isCancelled));
        Assert.That(await Store.TryCancelAsync(charge.Id, Some.Now.AddMinutes(1)), Is.False);
        Assert.That(await Store.TryCancelAsync(online.Id, Some.Now), Is.False);

        await AssertChangedAsync(charge, isCancelled ? [("CancelledOnUtc", Some.Now)] : []);
        await AssertChangedAsync(online);
    }

    [Test]
    public async Task Marking_mail_and_webhook_are_recorded_in_their_own_columns()
    {
        var (session, other) = (await AddAsync(), await AddAsync());

        await Store.RecordPersonToldAsync(session.Id, "told");
        await Store.RecordMarkedAsync(session.Id, Some.Now);
        await Store.RecordWebhookAsync(session.Id, Some.Now.AddMinutes(1));
        await Store.RecordWebhookAsync(session.Id, null);
        await Store.RecordWebhookAsync(session.Id, null);

        await AssertChangedAsync(session, ("PersonToldOf", "told"), ("MarkedOnUtc", Some.Now), ("WebhookOnUtc", Some.Now.AddMinutes(1)), ("WebhookFailures", 2));
        await AssertChangedAsync(other);
    }

    [Test]
    public async Task Refunds_are_dated_by_the_first_and_nobody_elses_claim_is_given_back()
    {
        var (session, none, theirs) = (await AddClaimedAsync(_mine), await AddClaimedAsync(_mine), await AddClaimedAsync(_theirs));

        await Store.RecordRefundsAsync(session.Id, _mine, "a", Some.Now);
        await Store.RecordRefundsAsync(none.Id, _mine, null, Some.Now);
        await Store.RecordRefundsAsync(theirs.Id, _mine, "a", Some.Now);

        await AssertChangedAsync(session, ("RefundSessionIds", "a"), ("RefundedOnUtc", Some.Now), ("ClaimToken", null), ("ClaimedUntilUtc", null));
        await AssertChangedAsync(none, ("ClaimToken", null), ("ClaimedUntilUtc", null));
        await AssertChangedAsync(theirs);

        await ChangeAsync(session, row => row.ClaimToken = _mine);
        await Store.RecordRefundsAsync(session.Id, _mine, "a,b", Some.Now.AddDays(1));
        var again = await ReadAsync(session);
        Assert.That((again.RefundSessionIds, again.RefundedOnUtc), Is.EqualTo(("a,b", (DateTime?)Some.Now)));
    }

    [Test]
    public async Task Every_record_can_be_deleted()
    {
        await AddAsync();

        await Store.DeleteAllAsync();

        Assert.That(await Store.CountAsync(), Is.Zero);
    }

    /// <summary>The end of a lease that has just begun, by the database's clock.</summary>
    private static object Soon { get; } = new();

    private static MionPaymentSession New()
    {
        var session = Some.Session();
        (session.Id, session.Reference, session.Token, session.WebhookToken) = (0, SecretToken.Create(), SecretToken.Create(), SecretToken.Create());
        return session;
    }

    private async Task<MionPaymentSession> AddAsync(Action<MionPaymentSession>? change = null)
    {
        var session = New();
        change?.Invoke(session);
        await Rows.InsertAsync(session, publishEvent: false);
        return session;
    }

    private Task<MionPaymentSession> AddClaimedAsync(Guid claim, Action<MionPaymentSession>? change = null) => AddAsync(session =>
    {
        (session.ClaimToken, session.ClaimedUntilUtc, session.CheckToken) = (claim, _held, _theirs);
        change?.Invoke(session);
    });

    private async Task<Order> AddOrderAsync()
    {
        var order = Some.Order();
        (order.Id, order.OrderGuid) = (0, Guid.NewGuid());
        await Orders.InsertAsync(order, publishEvent: false);
        return order;
    }

    private async Task ChangeAsync(MionPaymentSession session, Action<MionPaymentSession> change)
    {
        var row = await ReadAsync(session);
        change(row);
        await Rows.UpdateAsync(row, publishEvent: false);
    }

    private async Task<MionPaymentSession> ReadAsync(MionPaymentSession session) => (await Store.GetByIdAsync(session.Id))!;

    private static Dictionary<string, object?> Values(MionPaymentSession session) => _columns.ToDictionary(column => column.Name, column => column.GetValue(session));

    /// <summary>Of all columns these have these values, and every other has what it had.</summary>
    /// <param name="before">The row as it was.</param>
    private async Task AssertChangedAsync(MionPaymentSession before, params (string Column, object? Value)[] changes)
    {
        var (expected, actual) = (Values(before), Values(await ReadAsync(before)));
        foreach (var (column, value) in changes)
        {
            expected[column] = value;
            if (value != Soon)
                continue;
            Assert.That(actual[column], Is.EqualTo(DateTime.UtcNow + _lease).Within(TimeSpan.FromMinutes(1)), column);
            expected[column] = actual[column];
        }

        Assert.That(actual.Where(value => !Equals(value.Value, expected[value.Key])), Is.Empty, $"row {before.Id}");
    }
}
