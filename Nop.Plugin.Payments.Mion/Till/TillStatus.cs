using Nop.Plugin.Payments.Mion.Api;
using Nop.Plugin.Payments.Mion.Hosting.Logging;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.Mion.Till;

/// <summary>What a screen shows of a charge.</summary>
/// <param name="Session">The charge.</param>
/// <param name="Attempt">The newest payment attempt, where there is one.</param>
/// <param name="Problem">Why there is no code.</param>
/// <param name="IsMionReachable">Whether the state is as Mion says it now.</param>
/// <param name="NextLook">When to look again: as soon as Mion may be asked again, so that all screens see what one read brings.</param>
public sealed record TillStatus(TillState State, MionPaymentSession Session, MionPaymentAttempt? Attempt, OpeningProblem Problem, bool IsMionReachable, TimeSpan NextLook)
{
    /// <summary>Milliseconds after which to look again.</summary>
    public long NextMilliseconds => (long)Math.Ceiling(NextLook.TotalMilliseconds);

    /// <summary>Whether nothing will change any more that a screen need ask for.</summary>
    public bool IsFinal => State is TillState.Paid or TillState.Expired or TillState.Cancelled or TillState.NeedsHelp;
}

/// <summary>Brings a charge up to date for the screens that show it.</summary>
/// <remarks>
/// All screens share one read at Mion a second, and the payment goes to its order through the same funnel as online. A
/// payment of an earlier attempt is seen as well, since the session is read and not the attempt.
/// </remarks>
public class TillStatusService(
    PluginLog log,
    IOrderService orderService,
    PaymentConfirmation confirmation,
    PaymentSessionStore store,
    StatusReader reader,
    TillAttempts attempts,
    TimeProvider timeProvider)
{
    /// <summary>Reads the state, from Mion where it can still change.</summary>
    public async Task<TillStatus> ReadAsync(MionPaymentSession session)
    {
        var isReachable = true;
        if (session.IsAtMion() && session.State is PaymentSessionState.Open)
        {
            isReachable = await TryCheckAsync(session);
            session = await store.GetByIdAsync(session.Id) ?? session;
        }

        if (!await MayGoOnAsync(session))
            return new(TillState.Problem, session, Attempt: null, OpeningProblem.OrderClosed, isReachable, GetNextLook(session));
        var attempt = session.State == PaymentSessionState.Opening ? null : await attempts.GetCurrentAsync(session);
        var state = GetState(session, attempt, timeProvider.GetUtcNow().UtcDateTime);
        // asked just now, Mion does not call it paid
        if (state == TillState.Unknown && isReachable)
            state = TillState.Expired;
        return new(state, session, attempt, state == TillState.Problem ? session.AttemptProblem : OpeningProblem.None, isReachable, GetNextLook(session));
    }

    /// <summary>Whether an open charge's order still wants it: it may have been edited, cancelled, or paid otherwise meanwhile.</summary>
    private async Task<bool> MayGoOnAsync(MionPaymentSession session)
    {
        var utcNow = timeProvider.GetUtcNow().UtcDateTime;
        if (!session.IsForOrder() || session is not { State: PaymentSessionState.Open, CancelledOnUtc: null, FundsSeen: false } || session.ExpiresOnUtc <= utcNow)
            return true;
        return PaymentDecision.MayBePaid(session, await orderService.GetOrderByGuidAsync(session.OrderGuid), utcNow);
    }

    // screens that looked at moments of their own would be shown, at worst, a read of one second ago for another second
    private TimeSpan GetNextLook(MionPaymentSession session) =>
        session.IsAtMion() && reader.GetAge(session) is { } age && age < MionDefaults.TillReadAge
            ? MionDefaults.TillReadAge - age
            : MionDefaults.TillReadAge;

    /// <summary>Where a charge stands. Pure.</summary>
    /// <param name="attempt">Its newest attempt.</param>
    public static TillState GetState(MionPaymentSession session, MionPaymentAttempt? attempt, DateTime utcNow) => session switch
    {
        { State: PaymentSessionState.Paid } => TillState.Paid,
        { State: PaymentSessionState.NeedsPerson or PaymentSessionState.Handled } => TillState.NeedsHelp,
        // money on its way is said even where the charge was given up: the assistant must not let the customer go
        { FundsSeen: true } => TillState.Seen,
        { CancelledOnUtc: not null } => TillState.Cancelled,
        { State: PaymentSessionState.Expired } => TillState.Expired,
        { State: PaymentSessionState.Opening, IsReserved: true } => TillState.Tip,
        { State: PaymentSessionState.Open } when session.ExpiresOnUtc <= utcNow => TillState.Unknown,
        { State: PaymentSessionState.Open } when attempt is { BlockedByCompliance: true } => TillState.Blocked,
        { State: PaymentSessionState.Open } when attempt is { MissingCustomerFields.Length: > 0 } => TillState.DetailsMissing,
        { State: PaymentSessionState.Open } when attempt is not null && attempt.IsPayable() && attempt.ExpiresOnUtc > utcNow => TillState.Waiting,
        { AttemptProblem: not OpeningProblem.None } => TillState.Problem,
        _ => TillState.Starting
    };

    private async Task<bool> TryCheckAsync(MionPaymentSession session)
    {
        try
        {
            await confirmation.CheckAsync(session, CheckTrigger.Till);
            return true;
        }
        catch (MionApiException)
        {
            // said on the screen, and by the scheduled task in the log; a line a second would bury everything else there
            return false;
        }
        catch (Exception exception)
        {
            // a screen asks every second
            await log.ErrorAsync($"the charge {LogField.Row(session.Id)} could not be brought up to date.", exception, $"till {exception.GetType().Name}");
            return false;
        }
    }
}
