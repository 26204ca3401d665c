using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.Mion.Api;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Hosting.Logging;

namespace Nop.Plugin.Payments.Mion.Payments;

/// <summary>What a customer gives on top at the till.</summary>
/// <param name="Cents">Euro cents.</param>
/// <param name="Total">The same in the currency of the amount.</param>
public readonly record struct Tip(long Cents, decimal Total);

/// <summary>What somebody is to pay, online or at the till.</summary>
public sealed record OpeningRequest
{
    public required int StoreId { get; init; }

    /// <summary>The order as it is now; null where an amount without an order is charged.</summary>
    public Order? Order { get; init; }

    /// <summary>What is charged where there is no order; of a charge that goes on, what it was when it was made.</summary>
    public EuroQuote? Quote { get; init; }

    /// <summary>What the customer gives on top; chosen once and for all when a session is begun.</summary>
    public Tip Tip { get; init; }

    /// <summary><see cref="CheckTrigger.Checkout"/> or <see cref="CheckTrigger.Till"/>.</summary>
    public required CheckTrigger Trigger { get; init; }

    /// <summary>How long a new session can be paid.</summary>
    public required TimeSpan Lifetime { get; init; }

    /// <summary>A session that ends sooner than this is not gone on with; a new attempt is opened instead.</summary>
    public required TimeSpan ReuseMargin { get; init; }

    /// <summary>Our name of the first, second, … attempt at Mion; unique among all sessions.</summary>
    public required Func<int, string> GetReference { get; init; }

    /// <summary>Where Mion sends the shopper back to; null at the till.</summary>
    public Func<MionPaymentSession, Task<string>>? GetReturnUrl { get; init; }

    /// <summary>What a charge without an order is for.</summary>
    public string Note { get; init; } = string.Empty;

    /// <summary>The customer's screen beside a till.</summary>
    public string ScreenToken { get; init; } = string.Empty;

    /// <summary>Name of the till that charges, or empty.</summary>
    public string TillName { get; init; } = string.Empty;

    /// <summary>The account of the shop assistant who charges; null online.</summary>
    public int? AssistantId { get; init; }

    /// <summary>Whether staff offers Bitcoin for the order now, whatever method it was placed with.</summary>
    public bool IsOffer { get; init; }

    public bool IsTill => Trigger == CheckTrigger.Till;

    /// <summary>An order that is paid at Mion's hosted checkout.</summary>
    public static OpeningRequest Online(Order order, MionSettings settings) => new()
    {
        StoreId = order.StoreId,
        Order = order,
        Trigger = CheckTrigger.Checkout,
        Lifetime = TimeSpan.FromMinutes(settings.SessionLifetimeMinutes),
        ReuseMargin = MionDefaults.ReuseMargin,
        GetReference = attempt => PaymentUrls.GetReference(order, attempt)
    };
}

/// <summary>What came of opening a session.</summary>
/// <param name="Problem">Why there is nothing to pay, or none.</param>
/// <param name="Session">The session, where a row exists.</param>
public sealed record OpeningResult(OpeningProblem Problem, MionPaymentSession? Session = null);

/// <summary>Opens a payment session at Mion, or finds the one that can still be used.</summary>
/// <remarks>
/// Idempotent, for any number of callers on any number of machines: an attempt's reference is unique in the table, so
/// one caller inserts its row and speaks with Mion, and the others wait for what it gets. Where Mion's answer was lost,
/// the session is looked for by its reference before it is created again. An amount belongs to its reference: what has
/// been sent to Mion is never changed, and another amount is another attempt.
/// </remarks>
public class SessionOpening(
    BackgroundScope backgroundScope,
    CheckSchedule schedule,
    EuroConversion euroConversion,
    MionApiClient apiClient,
    PaymentJournal journal,
    PaymentSessionStore store,
    StoreSettings storeSettings,
    TimeProvider timeProvider)
{
    private static readonly TimeSpan _firstLooks = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan _longestLook = TimeSpan.FromDays(1);
    private static readonly TimeSpan _afterRefusal = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan _waitForOther = TimeSpan.FromMilliseconds(100);

    /// <summary>Opens or reuses a session. Takes at most <see cref="MionDefaults.OpenBudget"/>.</summary>
    public Task<OpeningResult> OpenAsync(OpeningRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PaymentTracing.RunAsync("mion open session", async activity =>
        {
            activity?.SetTag("mion.channel", request.IsTill ? "till" : "checkout");
            var result = await FindOrOpenAsync(request);
            activity?.SetTag("mion.outcome", result.Problem.ToString());
            return result;
        });
    }

    private async Task<OpeningResult> FindOrOpenAsync(OpeningRequest request)
    {
        using var budget = new CancellationTokenSource(MionDefaults.OpenBudget, timeProvider);
        var settings = await storeSettings.LoadAsync(request.StoreId);
        while (true)
        {
            var (obstacle, sessions, quote) = await PrepareAsync(request, settings);
            if (obstacle is not null)
                return obstacle;

            var current = sessions.FirstOrDefault(session => CanGoOn(session, request, quote!, schedule.UtcNow));
            if (current is { State: PaymentSessionState.Open })
                return new(OpeningProblem.None, current);
            if (current?.NotBeforeUtc > schedule.UtcNow)
                return new(current.AttemptProblem, current);

            var claim = Guid.NewGuid();
            if (current is null)
            {
                var session = CreateRow(request, quote!, sessions, claim);
                if (await store.TryInsertAsync(session))
                    return await SpeakWithMionAsync(request, settings, session, claim, isNew: true, budget.Token);
            }
            else if (current.IsReserved
                ? await store.TryBeginAsync(current.Id, claim, MionDefaults.OpenLease, schedule.UtcNow + request.Lifetime, schedule.UtcNow + MionDefaults.OpenLease, request.Tip)
                : await store.TryClaimAsync(current.Id, claim, MionDefaults.OpenLease))
            {
                // another worker may have finished it between our reading and our claim
                var claimed = await store.GetByIdAsync(current.Id);
                if (claimed is { State: PaymentSessionState.Opening })
                    return await SpeakWithMionAsync(request, settings, claimed, claim, isNew: current.IsReserved, budget.Token);
                await store.ReleaseAsync(current.Id, claim, claimed?.LastError ?? string.Empty, claimed?.NextCheckOnUtc);
                continue;
            }

            // another request is opening this very attempt, and this one uses what that gets
            if (budget.IsCancellationRequested)
                return new(OpeningProblem.Unreachable, current);
            await Task.Delay(_waitForOther, timeProvider, CancellationToken.None);
        }
    }

    /// <summary>
    /// Gives an attempt its address without a word to Mion: the session is opened by whoever presses the button there. One that can be
    /// gone on with is found instead.
    /// </summary>
    public async Task<OpeningResult> ReserveAsync(OpeningRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var settings = await storeSettings.LoadAsync(request.StoreId);
        while (true)
        {
            var (obstacle, sessions, quote) = await PrepareAsync(request, settings);
            if (obstacle is not null)
                return obstacle;
            if (sessions.FirstOrDefault(session => CanGoOn(session, request, quote!, schedule.UtcNow)) is { } current)
                return new(OpeningProblem.None, current);
            var reserved = CreateRow(request, quote!, sessions, claim: null);
            if (await store.TryInsertAsync(reserved))
                return new(OpeningProblem.None, reserved);
        }
    }

    /// <summary>
    /// Finds a session at Mion whose answer was lost. Called by the scheduled task, so that a session that does exist
    /// there is watched whether or not the shopper comes back.
    /// </summary>
    /// <param name="session">A session that Mion has not confirmed.</param>
    /// <returns>Always true: what has not come into being needs no further try in this call.</returns>
    /// <exception cref="MionApiException">Mion could not be asked.</exception>
    public async Task<bool> RecoverAsync(MionPaymentSession session, CheckTrigger trigger)
    {
        // an open payment page asks every few seconds; whether an answer was lost is found out at the time that was set for it, if one was
        if (session.IsReserved || trigger is CheckTrigger.PaymentPage or CheckTrigger.Return && !(session.NextCheckOnUtc <= schedule.UtcNow))
            return true;
        var claim = Guid.NewGuid();
        if (!await store.TryClaimAsync(session.Id, claim, MionDefaults.OpenLease))
            return true;
        // an attempt that never came into being is looked for for a day, less and less often: long enough for any answer to be late
        var age = schedule.UtcNow - session.CreatedOnUtc;
        var next = schedule.UtcNow + TimeSpan.FromTicks(Math.Clamp(age.Ticks, _firstLooks.Ticks, _longestLook.Ticks));
        try
        {
            if (await apiClient.FindByReferenceAsync(await storeSettings.LoadApiOptionsAsync(session.StoreId), session.Reference) is { } answer)
                await RecordOpenedAsync(session, claim, Verify(session, answer), trigger);
            else
                await store.ReleaseAsync(session.Id, claim, session.LastError, age > _longestLook ? null : next);
            return true;
        }
        catch (MionApiException exception)
        {
            // who could not be asked has not said that there is none
            await store.ReleaseAsync(session.Id, claim, exception.Message, next);
            throw;
        }
    }

    /// <summary>All attempts to pay what is asked for, the newest first.</summary>
    private async Task<IReadOnlyList<MionPaymentSession>> FindSessionsAsync(OpeningRequest request)
    {
        if (request.Order is { } order)
            return await store.GetByOrderAsync(order.Id);
        var found = new List<MionPaymentSession>();
        while (await store.GetByReferenceAsync(request.GetReference(found.Count + 1)) is { } session)
            found.Insert(0, session);
        return found;
    }

    /// <summary>What is in the way, or all attempts and what is asked for now.</summary>
    private async Task<(OpeningResult? Obstacle, IReadOnlyList<MionPaymentSession> Sessions, EuroQuote? Quote)> PrepareAsync(OpeningRequest request, MionSettings settings)
    {
        var sessions = await FindSessionsAsync(request);
        if (FindObstacle(request.Order, request.IsTill || request.IsOffer, sessions) is { } obstacle)
            return (obstacle, sessions, null);
        if (!storeSettings.IsConfigured(settings))
            return (new(OpeningProblem.NotConfigured, sessions.FirstOrDefault()), sessions, null);
        return await QuoteAsync(request) is { } quote ? (null, sessions, quote) : (new(OpeningProblem.NoEuroAmount, sessions.FirstOrDefault()), sessions, null);
    }

    /// <summary>Why an order, or an amount, is not to be paid now; null for nothing.</summary>
    /// <param name="isOffered">Whether the merchant's staff chooses Bitcoin for it now, whatever method it was placed with.</param>
    internal static OpeningResult? FindObstacle(Order? order, bool isOffered, IReadOnlyList<MionPaymentSession> sessions)
    {
        // a charge without an order that is paid is over: the next customer is charged anew
        if (order is not null && sessions.FirstOrDefault(session => session.HasMoney()) is { } settled)
            return new(OpeningProblem.AlreadyPaid, settled);
        if (sessions.FirstOrDefault(session => session.IsPaymentOnItsWay()) is { } onItsWay)
            return new(OpeningProblem.PaymentSeen, onItsWay);
        var isClosed = order is { Deleted: true } or { OrderStatus: OrderStatus.Cancelled } or { PaymentStatus: not PaymentStatus.Pending }
            || order is not null && !isOffered && !PaymentDecision.IsMethod(order) && !sessions.Any(session => session.IsOffered);
        return isClosed ? new(OpeningProblem.OrderClosed, sessions.FirstOrDefault()) : null;
    }

    private async Task<EuroQuote?> QuoteAsync(OpeningRequest request) => request.Order is { } order
        ? await euroConversion.QuoteAsync(order.OrderTotal)
        : request.Quote;

    /// <summary>
    /// Whether an attempt can be gone on with. A total in another currency is compared by the rate that the payer was
    /// shown: a moving rate is no reason for a new session. What is only reserved has been shown no rate, and its time has not begun.
    /// Who pays at Mion's checkout is never sent to a charge of a till. Pure.
    /// </summary>
    internal static bool CanGoOn(MionPaymentSession session, OpeningRequest request, EuroQuote quote, DateTime utcNow) =>
        (session.State == PaymentSessionState.Opening || session.State == PaymentSessionState.Open && session.IsAtMion())
        && session.IsTill == request.IsTill && session.StoreId == request.StoreId && session.CancelledOnUtc is null
        && (request.Order is null || PaymentDecision.IsMethod(request.Order, session)) && session.CurrencyCode == quote.CurrencyCode
        && (session.IsReserved ? session.AmountCents == quote.AmountCents
            : session.AmountCents == EuroAmount.ToCents(quote.OrderTotal, session.ExchangeRate) && session.ExpiresOnUtc - utcNow > request.ReuseMargin);

    /// <param name="claim">Who opens it right now; null for nobody yet.</param>
    private MionPaymentSession CreateRow(OpeningRequest request, EuroQuote quote, IReadOnlyList<MionPaymentSession> sessions, Guid? claim) => new()
    {
        OrderId = request.Order?.Id ?? 0,
        OrderGuid = request.Order?.OrderGuid ?? Guid.Empty,
        StoreId = request.StoreId,
        IsTill = request.IsTill,
        IsReserved = claim is null,
        IsOffered = request is { IsTill: false, Order: { } order } && !PaymentDecision.IsMethod(order),
        Attempt = NextAttempt(sessions),
        Reference = request.GetReference(NextAttempt(sessions)),
        Token = SecretToken.Create(),
        WebhookToken = SecretToken.Create(),
        ScreenToken = request.ScreenToken,
        TillName = request.TillName,
        AssistantId = request.AssistantId,
        Note = request.Note,
        AmountCents = quote.AmountCents,
        TipCents = request.Tip.Cents,
        TipTotal = request.Tip.Total,
        OrderTotal = quote.OrderTotal,
        CurrencyCode = quote.CurrencyCode,
        ExchangeRate = quote.ExchangeRate,
        ExchangeRateOnUtc = quote.ExchangeRateOnUtc,
        State = PaymentSessionState.Opening,
        CreatedOnUtc = schedule.UtcNow,
        ExpiresOnUtc = schedule.UtcNow + request.Lifetime,
        ClaimToken = claim,
        ClaimedUntilUtc = claim is null ? null : schedule.UtcNow + MionDefaults.OpenLease,
        // should this process crash now, the scheduled task looks whether Mion got the request
        NextCheckOnUtc = claim is null ? null : schedule.UtcNow + MionDefaults.OpenLease
    };

    // charges without an order that an earlier version made all have attempt 1
    private static int NextAttempt(IReadOnlyList<MionPaymentSession> sessions) => Math.Max(sessions.Count, sessions.FirstOrDefault()?.Attempt ?? 0) + 1;

    /// <summary>Creates the session at Mion; of an attempt that was begun before, looks first whether it came into being.</summary>
    private async Task<OpeningResult> SpeakWithMionAsync(OpeningRequest request, MionSettings settings, MionPaymentSession session, Guid claim, bool isNew, CancellationToken cancellationToken)
    {
        var options = storeSettings.ToApiOptions(settings);
        try
        {
            var answer = isNew ? null : await apiClient.FindByReferenceAsync(options, session.Reference, cancellationToken);
            answer ??= await apiClient.CreateOrFindSessionAsync(options, new MionSessionRequest
            {
                AmountCents = session.SumCents(),
                ExpiresOnUtc = session.ExpiresOnUtc,
                RedirectUrl = request.GetReturnUrl is { } getReturnUrl ? await getReturnUrl(session) : null,
                Reference = session.Reference,
                RetailPos = session.IsTill
            }, cancellationToken);
            if (answer.IsPaid)
                throw MionApiException.PaidUnseen();
            var opened = await RecordOpenedAsync(session, claim, Verify(session, answer), request.Trigger);
            return new(opened.IsAtMion() ? OpeningProblem.None : OpeningProblem.Unreachable, opened);
        }
        catch (MionApiException exception)
        {
            session.AttemptProblem = ToProblem(exception);
            await store.ReleaseAsync(session.Id, claim, exception.Message, schedule.UtcNow + exception.LookAgainIn, session.AttemptProblem,
                session.AttemptProblem == OpeningProblem.Unreachable ? null : schedule.UtcNow + _afterRefusal);
            await journal.NotOpenedAsync(session, exception, request.Trigger);
            return new(session.AttemptProblem, session);
        }
    }

    /// <summary>What a failed call to Mion means for whoever wants to pay.</summary>
    public static OpeningProblem ToProblem(MionApiException exception) => exception.Kind switch
    {
        MionApiErrorKind.Unauthorized or MionApiErrorKind.Forbidden => OpeningProblem.PermissionMissing,
        MionApiErrorKind.Rejected or MionApiErrorKind.NotFound or MionApiErrorKind.Redirected or MionApiErrorKind.Misconfigured => OpeningProblem.Refused,
        _ => OpeningProblem.Unreachable
    };

    /// <summary>An answer that names another amount or reference is about another session, whatever Mion was asked.</summary>
    private static MionSession Verify(MionPaymentSession session, MionSession answer) =>
        PaymentDecision.AnswerDiffers(session, answer) || answer.Reference is { } reference && reference != session.Reference
            ? throw OtherSession("it is about another session")
            : answer;

    private static MionApiException OtherSession(string detail) => new(MionApiErrorKind.UnreadableAnswer, "Initiate a new payment session", detail);

    /// <summary>Records what Mion has confirmed.</summary>
    /// <returns>The session as its row is now: should the claim have lapsed, it holds what another request got.</returns>
    private async Task<MionPaymentSession> RecordOpenedAsync(MionPaymentSession session, Guid claim, MionSession answer, CheckTrigger trigger)
    {
        var shared = OtherSession("another payment has it");
        // whatever Mion was asked: not even a process that dies after the next line leaves somebody else's session to this payer
        if (await store.IsSharedAsync(session.Id, answer.PaymentSessionId))
            throw shared;
        if (!await store.TryRecordOpenedAsync(session, claim, answer, await schedule.FirstAsync(session.StoreId)))
            return await store.GetByIdAsync(session.Id) ?? session;
        if (await store.TryWithdrawSharedAsync(session, shared.Message, schedule.UtcNow + shared.LookAgainIn))
            throw shared;
        // what is told about it is nothing that the payer waits for
        backgroundScope.Start(session.StoreId, async services =>
        {
            await services.GetRequiredService<PaymentJournal>().OpenedAsync(session, trigger);
            await services.GetRequiredService<WebhookRegistration>().RegisterAsync(session, trigger);
            // nobody has been shown where to pay it
            if (answer is { IsSeen: true, FundingAmountAvailable: > 0 })
            {
                await services.GetRequiredService<StoreSettings>().DisbelieveFundingAmountAsync();
                await services.GetRequiredService<PluginLog>().WarningAsync(
                    $"Mion names an available amount in a new session: fundingAmountAvailable is not taken for what has arrived any more.", onceFor: "available amount");
            }
        });
        return session;
    }
}
