using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Nop.Core.Domain.Orders;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Api;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Sandbox.Mion;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Payments.Integration;

/// <summary>What the row says at each step of opening a session, and what comes of it where somebody else gets in between.</summary>
[TestFixture]
public sealed class OpeningStepsTests : ShopFixture
{
    private static readonly Guid _other = Guid.NewGuid();

    private Order _order = null!;

    [SetUp]
    public async Task Place() => _order = await Shop.GetOrderAsync(await PlaceAsync());

    [Test]
    public async Task A_new_attempt_is_in_its_openers_hands_before_Mion_is_asked()
    {
        var asked = await RowWhileMionIsAskedAsync(request => OpenAsync(request));

        using (Assert.EnterMultipleScope())
        {
            Assert.That((asked.State, asked.IsReserved, asked.Attempt), Is.EqualTo((PaymentSessionState.Opening, false, 1)));
            Assert.That(asked.ClaimToken, Is.Not.Null);
            AssertIn(asked.ClaimedUntilUtc, MionDefaults.OpenLease);
            AssertIn(asked.NextCheckOnUtc, MionDefaults.OpenLease);
            AssertIn(asked.ExpiresOnUtc, TimeSpan.FromHours(1));
            Assert.That((asked.Note, asked.ScreenToken, asked.TillName, asked.AssistantId), Is.EqualTo((string.Empty, string.Empty, string.Empty, (int?)null)));
        }
    }

    [Test]
    public async Task What_is_reserved_is_in_nobodys_hands_and_not_looked_at()
    {
        var (problem, reserved) = await ReserveAsync(Request());
        var row = await NewestSessionAsync(_order.Id);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((problem, row.Id, row.IsReserved), Is.EqualTo((OpeningProblem.None, reserved!.Id, true)));
            Assert.That((row.ClaimToken, row.ClaimedUntilUtc, row.NextCheckOnUtc), Is.EqualTo(((Guid?)null, (DateTime?)null, (DateTime?)null)));
            Assert.That(Mion.Sessions, Is.Empty);
        }
    }

    [Test]
    public async Task What_is_reserved_is_its_openers_when_its_time_begins()
    {
        await ReserveAsync(Request());
        Time.Advance(TimeSpan.FromDays(2));

        var asked = await RowWhileMionIsAskedAsync(request => OpenAsync(request with { Lifetime = TimeSpan.FromMinutes(20) }));

        using (Assert.EnterMultipleScope())
        {
            Assert.That((asked.IsReserved, asked.Attempt), Is.EqualTo((false, 1)));
            AssertIn(asked.ClaimedUntilUtc, MionDefaults.OpenLease);
            AssertIn(asked.NextCheckOnUtc, MionDefaults.OpenLease);
            AssertIn(asked.ExpiresOnUtc, TimeSpan.FromMinutes(20));
        }

        Assert.That(Mion.Calls(MionOperations.GetByReference), Is.Zero, "it cannot be at Mion yet");
    }

    [Test]
    public async Task Two_who_reserve_at_the_same_moment_get_the_same_attempt()
    {
        MionPaymentSession? others = null;
        var between = Request();
        var (_, reserved) = await ReserveAsync(between with
        {
            GetReference = attempt =>
            {
                if (others is null)
                {
                    others = new();
                    others = ReserveAsync(Request()).GetAwaiter().GetResult().Session;
                }

                return between.GetReference(attempt);
            }
        });

        Assert.That(reserved!.Id, Is.EqualTo(others!.Id));
        Assert.That(await SessionsAsync(_order.Id), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task What_another_has_opened_meanwhile_is_used_and_left_as_it_is()
    {
        Mion.Faults.Add(new FaultRule { Kind = FaultKind.Status, Operation = MionOperations.CreateSession }, new FaultRule { Kind = FaultKind.Status, Operation = MionOperations.GetByReference });
        await OpenAsync(Request());
        Mion.Faults.Clear();
        var begun = await NewestSessionAsync(_order.Id);
        Assert.That(begun.State, Is.EqualTo(PaymentSessionState.Opening));
        var asked = Mion.AllCalls.Values.Sum();
        var soon = Time.UtcNow.Date.AddDays(1);
        OnceAfter("ClaimToken", () => ChangeAsync(begun, row =>
            (row.State, row.PaymentSessionId, row.LastError, row.NextCheckOnUtc) = (PaymentSessionState.Open, Some.PaymentSessionId, "as it was", soon)));

        var (problem, session) = await OpenAsync(Request());

        var now = await NewestSessionAsync(_order.Id);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((problem, session!.PaymentSessionId), Is.EqualTo((OpeningProblem.None, Some.PaymentSessionId)));
            Assert.That((now.LastError, now.NextCheckOnUtc, now.ClaimToken), Is.EqualTo(("as it was", (DateTime?)soon, (Guid?)null)));
            Assert.That(Mion.AllCalls.Values.Sum(), Is.EqualTo(asked), "Mion is not asked");
        }
    }

    [Test]
    public async Task Who_is_held_up_over_Mions_answer_and_replaced_has_opened_nothing()
    {
        var (problem, session) = await OpenAsync(Request() with
        {
            GetReturnUrl = async row =>
            {
                await ChangeAsync(row, claimed => claimed.ClaimToken = _other);
                return "https://shop.example/";
            }
        });

        Assert.That((problem, session!.State), Is.EqualTo((OpeningProblem.Unreachable, PaymentSessionState.Opening)));
        Assert.That((await NewestSessionAsync(_order.Id)).ClaimToken, Is.EqualTo(_other));
    }

    [Test]
    public async Task Who_is_held_up_and_replaced_by_somebody_who_opened_it_uses_that()
    {
        var (problem, session) = await OpenAsync(Request() with
        {
            GetReturnUrl = async row =>
            {
                await ChangeAsync(row, opened => (opened.ClaimToken, opened.State, opened.PaymentSessionId) = (null, PaymentSessionState.Open, Some.PaymentSessionId));
                return "https://shop.example/";
            }
        });

        Assert.That((problem, session!.PaymentSessionId), Is.EqualTo((OpeningProblem.None, Some.PaymentSessionId)));
    }

    [Test]
    public async Task A_session_that_two_rows_get_at_the_same_moment_is_taken_back()
    {
        OnceAfter("[PaymentSessionId] =", async () => await InsertAsync([Copy(Mion.Sessions.Single().PaymentSessionId)]));

        var (problem, _) = await OpenAsync(Request());

        var row = await NewestSessionAsync(_order.Id);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(problem, Is.EqualTo(OpeningProblem.Unreachable));
            Assert.That((row.State, row.PaymentSessionId), Is.EqualTo((PaymentSessionState.Opening, string.Empty)));
            Assert.That(row.LastError, Is.EqualTo("Initiate a new payment session: the answer cannot be read (another payment has it)"));
            AssertIn(row.NextCheckOnUtc, TimeSpan.FromMinutes(1));
            Assert.That(await MionNotesAsync(_order.Id), Has.Count.EqualTo(1), "the order says that it was not opened");
        }
    }

    [Test]
    public async Task An_answer_about_another_session_is_said_to_be_one()
    {
        Mion.Faults.Add(new FaultRule { Kind = FaultKind.Status, StatusCode = 200, Operation = MionOperations.CreateSession, Body = $"{{\"paymentSessionId\":\"{Guid.NewGuid()}\",\"amount\":1}}" });

        await OpenAsync(Request());

        Assert.That((await NewestSessionAsync(_order.Id)).LastError, Is.EqualTo("Initiate a new payment session: the answer cannot be read (it is about another session)"));
    }

    [TestCase(400, OpeningProblem.Refused, 10, 15)]
    [TestCase(403, OpeningProblem.PermissionMissing, 10, 15)]
    [TestCase(500, OpeningProblem.Unreachable, 1, null)]
    public async Task A_failure_says_when_Mion_is_asked_again(int status, OpeningProblem expected, int minutes, int? seconds)
    {
        Mion.Faults.Add(new FaultRule { Kind = FaultKind.Status, StatusCode = status, Operation = MionOperations.CreateSession }, new FaultRule { Kind = FaultKind.Status, Operation = MionOperations.GetByReference });

        var (problem, session) = await OpenAsync(Request());

        var row = await NewestSessionAsync(_order.Id);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((problem, row.AttemptProblem, session!.Id, row.ClaimToken), Is.EqualTo((expected, expected, row.Id, (Guid?)null)));
            AssertIn(row.NextCheckOnUtc, TimeSpan.FromMinutes(minutes));
            if (seconds is { } pause)
                AssertIn(row.NotBeforeUtc, TimeSpan.FromSeconds(pause));
            else
                Assert.That(row.NotBeforeUtc, Is.Null);
        }
    }

    [Test]
    public async Task After_a_refusal_Mion_is_not_asked_again_for_a_moment()
    {
        Mion.Faults.Add(new FaultRule { Kind = FaultKind.Status, StatusCode = 400, Operation = MionOperations.CreateSession });
        await OpenAsync(Request());
        Mion.Faults.Clear();
        var asked = Mion.AllCalls.Values.Sum();

        var (problem, session) = await OpenAsync(Request());

        Assert.That((problem, session!.State), Is.EqualTo((OpeningProblem.Refused, PaymentSessionState.Opening)));
        Assert.That(Mion.AllCalls.Values.Sum(), Is.EqualTo(asked));
        Time.Advance(TimeSpan.FromSeconds(16));
        Assert.That((await OpenAsync(Request())).Problem, Is.EqualTo(OpeningProblem.None));
    }

    [Test]
    public async Task What_another_is_opening_is_waited_for_as_long_as_the_shopper_would_wait()
    {
        await ReserveAsync(Request());
        var reserved = await NewestSessionAsync(_order.Id);
        await ChangeAsync(reserved, row => (row.IsReserved, row.ExpiresOnUtc, row.ClaimToken, row.ClaimedUntilUtc) = (false, Time.UtcNow.AddHours(1), _other, Time.UtcNow.AddHours(1)));
        var time = new FakeTimeProvider();

        var opening = Shop.InScopeAsync(services => ActivatorUtilities.CreateInstance<SessionOpening>(services, time).OpenAsync(Request()));
        while (!opening.IsCompleted)
        {
            time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }

        var (problem, session) = await opening;
        Assert.That((problem, session!.Id), Is.EqualTo((OpeningProblem.Unreachable, reserved.Id)));
        Assert.That((await NewestSessionAsync(_order.Id)).ClaimToken, Is.EqualTo(_other));
    }

    [Test]
    public async Task The_next_attempt_has_the_next_number_whichever_are_left_of_the_earlier_ones()
    {
        var third = Copy(Some.PaymentSessionId);
        (third.Attempt, third.State) = (3, PaymentSessionState.Expired);
        await InsertAsync([third]);
        Assert.That((await OpenAsync(Request())).Session!.Attempt, Is.EqualTo(4));

        // charges of an earlier version
        var order = await Shop.GetOrderAsync(await PlaceAsync());
        await InsertAsync([.. Enumerable.Range(0, 2).Select(_ =>
        {
            var row = Copy(Guid.NewGuid().ToString());
            (row.OrderId, row.State) = (order.Id, PaymentSessionState.Expired);
            return row;
        })]);
        Assert.That((await OpenAsync(Request() with { Order = order })).Session!.Attempt, Is.EqualTo(3));
    }

    [Test]
    public async Task An_order_of_less_than_a_cent_is_not_paid_and_its_last_attempt_is_named()
    {
        _order.OrderTotal = 0.001m;
        Assert.That(await OpenAsync(Request()), Is.EqualTo(new OpeningResult(OpeningProblem.NoEuroAmount)));
        _order.OrderTotal = 12.90m;
        var (_, first) = await OpenAsync(Request());
        _order.OrderTotal = 0.001m;

        Assert.That(await OpenAsync(Request()), Has.Property("Problem").EqualTo(OpeningProblem.NoEuroAmount).And.Property("Session").Property("Id").EqualTo(first!.Id));
        Assert.That((await ReserveAsync(Request())).Problem, Is.EqualTo(OpeningProblem.NoEuroAmount));
    }

    private OpeningRequest Request() => OpeningRequest.Online(_order, new MionSettings { SessionLifetimeMinutes = 60 }) with { GetReturnUrl = _ => Task.FromResult("https://shop.example/") };

    private Task<OpeningResult> OpenAsync(OpeningRequest request) => InScopeAsync<SessionOpening, OpeningResult>(opening => opening.OpenAsync(request));

    private Task<OpeningResult> ReserveAsync(OpeningRequest request) => InScopeAsync<SessionOpening, OpeningResult>(opening => opening.ReserveAsync(request));

    /// <summary>The row as it is in the table right before Mion is asked.</summary>
    private async Task<MionPaymentSession> RowWhileMionIsAskedAsync(Func<OpeningRequest, Task> open)
    {
        MionPaymentSession? asked = null;
        await open(Request() with
        {
            GetReturnUrl = async session =>
            {
                asked = await InScopeAsync<PaymentSessionStore, MionPaymentSession?>(store => store.GetByIdAsync(session.Id));
                return "https://shop.example/";
            }
        });
        return asked!;
    }

    private MionPaymentSession Copy(string paymentSessionId)
    {
        var row = Some.Session();
        (row.Id, row.OrderId, row.OrderGuid, row.PaymentSessionId) = (0, _order.Id, _order.OrderGuid, paymentSessionId);
        (row.Reference, row.Token, row.WebhookToken) = (Guid.NewGuid().ToString("N"), SecretToken.Create(), SecretToken.Create());
        return row;
    }

    private Task ChangeAsync(MionPaymentSession session, Action<MionPaymentSession> change) => InScopeAsync<IRepository<MionPaymentSession>, bool>(async rows =>
    {
        var row = await rows.GetByIdAsync(session.Id);
        change(row);
        await rows.UpdateAsync(row, publishEvent: false);
        return true;
    });

    private void AssertIn(DateTime? time, TimeSpan expected) =>
        Assert.That(time, Is.InRange(Time.UtcNow + expected - TimeSpan.FromSeconds(15), Time.UtcNow + expected));
}
