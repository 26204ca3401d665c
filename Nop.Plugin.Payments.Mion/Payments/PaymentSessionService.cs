using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.Mion.Api;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Hosting.Health;
using Nop.Plugin.Payments.Mion.Hosting.Logging;
using Nop.Plugin.Payments.Mion.Setup;

namespace Nop.Plugin.Payments.Mion.Payments;

/// <summary>
/// Opens a payment session for an order, or finds the one that can still be used.
/// </summary>
/// <remarks>
/// Idempotent, for any number of callers on any number of machines: an attempt's reference is unique in the table, so
/// one caller inserts its row and speaks with Mion, and the others wait for what it gets. Where Mion's answer was lost,
/// the session is looked for by its reference before another is created.
/// </remarks>
public class PaymentSessionService(
    BackgroundScope backgroundScope,
    EuroConversion euroConversion,
    HealthRecord healthRecord,
    MionApiClient apiClient,
    OrderNotes orderNotes,
    PaymentHistory history,
    PaymentSessionStore store,
    PaymentUrls paymentUrls,
    StoreSettings storeSettings,
    TimeProvider timeProvider,
    WebhookRegistration webhookRegistration,
    PluginLog log)
{
    private static readonly TimeSpan _firstLooks = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan _waitForOther = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// As <see cref="OpenAsync"/>, for callers that stand in front of a shopper: throws nothing.
    /// </summary>
    /// <param name="order">The order, as it is now.</param>
    public async Task<OpenSessionResult> TryOpenAsync(Order order)
    {
        try
        {
            return await OpenAsync(order);
        }
        catch (Exception exception)
        {
            await log.ErrorAsync($"no payment session for order {LogField.Order(order.Id)}.", exception);
            return new(OpenSessionProblem.Unreachable);
        }
    }

    /// <summary>
    /// Opens or reuses a session. Takes at most <see cref="MionDefaults.OpenBudget"/>.
    /// </summary>
    /// <param name="order">The order, as it is now.</param>
    public async Task<OpenSessionResult> OpenAsync(Order order)
    {
        ArgumentNullException.ThrowIfNull(order);
        using var budget = new CancellationTokenSource(MionDefaults.OpenBudget, timeProvider);
        var settings = await storeSettings.LoadAsync(order.StoreId);
        while (true)
        {
            var sessions = await store.GetByOrderAsync(order.Id);
            if (FindObstacle(order, sessions) is { } obstacle)
                return obstacle;
            if (!storeSettings.IsConfigured(settings))
                return new(OpenSessionProblem.NotConfigured, sessions.FirstOrDefault());
            if (await euroConversion.QuoteAsync(order.OrderTotal) is not { } quote)
                return new(OpenSessionProblem.NoEuroAmount, sessions.FirstOrDefault());

            // a charge at the till has no checkout page to be sent to, and its assistant goes on with it
            var newest = sessions.FirstOrDefault(session => !session.IsTill);
            if (newest is not null && IsReusable(newest, order, quote))
                return new(OpenSessionProblem.None, newest, PaymentUrls.GetCheckoutUrl(settings, newest));

            var claim = Guid.NewGuid();
            if (newest is { State: PaymentSessionState.Opening })
            {
                if (await store.TryClaimAsync(newest.Id, claim, UtcNow, MionDefaults.OpenLease))
                {
                    // somebody may have finished it between our reading and our claim
                    var claimed = await store.GetByIdAsync(newest.Id);
                    if (claimed is not { State: PaymentSessionState.Opening })
                        await store.ReleaseAsync(newest.Id, claim, claimed?.LastError ?? string.Empty, claimed?.NextCheckOnUtc);
                    else if (await ResumeAsync(order, settings, claimed, quote, claim, budget.Token) is { } resumed)
                        return resumed;
                    continue;
                }
            }
            else
            {
                var session = CreateRow(order, settings, quote, (sessions.FirstOrDefault()?.Attempt ?? 0) + 1, claim);
                if (await store.TryInsertAsync(session))
                    return await CreateAtMionAsync(order, settings, session, claim, budget.Token);
            }

            // another request is opening this very attempt: what it gets is ours too
            if (budget.IsCancellationRequested)
                return new(OpenSessionProblem.Unreachable, newest);
            await Task.Delay(_waitForOther, timeProvider, CancellationToken.None);
        }
    }

    /// <summary>
    /// Finds a session at Mion whose answer was lost. Called by the scheduled task, so that a session that does exist
    /// there is watched whether or not the shopper comes back.
    /// </summary>
    /// <param name="session">A session that Mion has not confirmed.</param>
    /// <param name="trigger">What made us look.</param>
    /// <returns>Always true: what has not come into being needs no further try in this call.</returns>
    /// <exception cref="MionApiException">Mion could not be asked.</exception>
    public async Task<bool> TryRecoverAsync(MionPaymentSession session, CheckTrigger trigger)
    {
        var claim = Guid.NewGuid();
        if (!await store.TryClaimAsync(session.Id, claim, UtcNow, MionDefaults.OpenLease))
            return true;
        var settings = await storeSettings.LoadAsync(session.StoreId);
        // an attempt that never came into being is looked for for a day, less and less often: long enough for any answer to be late
        var age = UtcNow - session.CreatedOnUtc;
        var next = age > TimeSpan.FromDays(1) ? (DateTime?)null : UtcNow + (age > _firstLooks ? age : _firstLooks);
        try
        {
            var answer = await apiClient.FindByReferenceAsync(storeSettings.ToApiOptions(settings), session.Reference);
            if (answer is null)
                await store.ReleaseAsync(session.Id, claim, session.LastError, next);
            else
                await RecordOpenedAsync(settings, session, claim, answer, trigger);
            return true;
        }
        catch (MionApiException exception)
        {
            await store.ReleaseAsync(session.Id, claim, exception.Message, next);
            throw;
        }
    }

    private DateTime UtcNow => timeProvider.GetUtcNow().UtcDateTime;

    private static OpenSessionResult? FindObstacle(Order order, IReadOnlyList<MionPaymentSession> sessions)
    {
        if (sessions.FirstOrDefault(session => session.HasMoney()) is { } settled)
            return new(OpenSessionProblem.AlreadyPaid, settled);
        if (sessions.FirstOrDefault(session => session.IsPaymentOnItsWay()) is { } onItsWay)
            return new(OpenSessionProblem.PaymentSeen, onItsWay);
        return order.Deleted || order.OrderStatus == OrderStatus.Cancelled || order.PaymentStatus != PaymentStatus.Pending
            ? new(OpenSessionProblem.OrderClosed, sessions.FirstOrDefault())
            : null;
    }

    // a total in another currency is compared by the rate the shopper was shown: a moving rate is no reason for a new session
    private bool IsReusable(MionPaymentSession session, Order order, EuroQuote quote) =>
        session.CurrencyCode == quote.CurrencyCode && session.IsReusable(EuroAmount.ToCents(order.OrderTotal, session.ExchangeRate), UtcNow);

    private MionPaymentSession CreateRow(Order order, MionSettings settings, EuroQuote quote, int attempt, Guid claim)
    {
        var session = new MionPaymentSession
        {
            OrderId = order.Id,
            OrderGuid = order.OrderGuid,
            StoreId = order.StoreId,
            Attempt = attempt,
            Reference = $"{order.OrderGuid:N}-{attempt}",
            Token = SecretToken.Create(),
            WebhookToken = SecretToken.Create(),
            State = PaymentSessionState.Opening,
            CreatedOnUtc = UtcNow,
            ClaimToken = claim,
            ClaimedUntilUtc = UtcNow + MionDefaults.OpenLease,
            // should this process die now, the scheduled task looks whether Mion got the request
            NextCheckOnUtc = UtcNow + MionDefaults.OpenLease
        };
        SetQuote(session, settings, quote);
        return session;
    }

    private void SetQuote(MionPaymentSession session, MionSettings settings, EuroQuote quote)
    {
        session.AmountCents = quote.AmountCents;
        session.OrderTotal = quote.OrderTotal;
        session.CurrencyCode = quote.CurrencyCode;
        session.ExchangeRate = quote.ExchangeRate;
        session.ExchangeRateOnUtc = quote.ExchangeRateOnUtc;
        session.ExpiresOnUtc = UtcNow + TimeSpan.FromMinutes(settings.SessionLifetimeMinutes);
    }

    /// <summary>Goes on with an attempt that was begun but not confirmed; null where it turned out to be of another amount.</summary>
    private async Task<OpenSessionResult?> ResumeAsync(Order order, MionSettings settings, MionPaymentSession session, EuroQuote quote, Guid claim, CancellationToken cancellationToken)
    {
        try
        {
            if (await apiClient.FindByReferenceAsync(storeSettings.ToApiOptions(settings), session.Reference, cancellationToken) is { } found)
            {
                var recovered = await RecordOpenedAsync(settings, session, claim, found, CheckTrigger.Checkout);
                return IsReusable(recovered, order, quote) ? Opened(settings, recovered) : null;
            }
        }
        catch (MionApiException exception)
        {
            return await FailedAsync(order, session, claim, exception);
        }

        SetQuote(session, settings, quote);
        await store.RecordAmountAsync(session, claim);
        return await CreateAtMionAsync(order, settings, session, claim, cancellationToken);
    }

    private async Task<OpenSessionResult> CreateAtMionAsync(Order order, MionSettings settings, MionPaymentSession session, Guid claim, CancellationToken cancellationToken)
    {
        var options = storeSettings.ToApiOptions(settings);
        MionSession answer;
        try
        {
            answer = await apiClient.CreateOrFindSessionAsync(options, new MionSessionRequest
            {
                AmountCents = session.AmountCents,
                ExpiresOnUtc = session.ExpiresOnUtc,
                RedirectUrl = await paymentUrls.GetReturnUrlAsync(session),
                Reference = session.Reference
            }, cancellationToken);
        }
        catch (MionApiException exception)
        {
            return await FailedAsync(order, session, claim, exception);
        }

        return Opened(settings, await RecordOpenedAsync(settings, session, claim, answer, CheckTrigger.Checkout));
    }

    /// <summary>Records what Mion has confirmed.</summary>
    /// <returns>The session as its row is now: should the claim have lapsed, it holds what another request got.</returns>
    private async Task<MionPaymentSession> RecordOpenedAsync(MionSettings settings, MionPaymentSession session, Guid claim, MionSession answer, CheckTrigger trigger)
    {
        if (!await store.TryRecordOpenedAsync(session, claim, answer, PollSchedule.First(TimeSpan.FromSeconds(settings.PollIntervalSeconds), UtcNow)))
            return await store.GetByIdAsync(session.Id) ?? session;
        // what is told about it later is nothing that the shopper waits for
        backgroundScope.Start(session.StoreId, async services =>
        {
            await services.GetRequiredService<PaymentHistory>().RecordAsync(session, PaymentEventKind.Opened, trigger);
            var health = services.GetRequiredService<HealthRecord>();
            await health.NoteAsync(HealthName.Opened, StoreSettings.GetFingerprint(settings), session.StoreId);
            await health.NoteAsync(HealthName.Success);
        });
        return session;
    }

    private OpenSessionResult Opened(MionSettings settings, MionPaymentSession session)
    {
        if (!session.IsAtMion())
            return new(OpenSessionProblem.Unreachable, session);
        backgroundScope.Start(session.StoreId, services => services.GetRequiredService<PaymentSessionService>().TellOpenedAsync(session));
        return new(OpenSessionProblem.None, session, PaymentUrls.GetCheckoutUrl(settings, session));
    }

    /// <summary>What follows a session's opening behind the shopper's back. Throws nothing.</summary>
    private async Task TellOpenedAsync(MionPaymentSession session)
    {
        try
        {
            await orderNotes.AddAsync(session.OrderId, "Opened", EuroAmount.Format(session.AmountCents), session.Attempt, session.PaymentSessionId,
                session.ExpiresOnUtc.ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture));
        }
        catch (Exception exception)
        {
            await log.ErrorAsync($"the note about payment session {LogField.Row(session.Id)} could not be added to its order.", exception);
        }

        await webhookRegistration.RegisterAsync(session, CheckTrigger.Checkout);
    }

    private async Task<OpenSessionResult> FailedAsync(Order order, MionPaymentSession session, Guid claim, MionApiException exception)
    {
        var refused = exception.Kind is MionApiErrorKind.Unauthorized or MionApiErrorKind.Forbidden or MionApiErrorKind.Rejected
            or MionApiErrorKind.NotFound or MionApiErrorKind.Redirected or MionApiErrorKind.Misconfigured;
        await log.ErrorAsync($"no payment session for order {LogField.Order(order.Id)}: {LogField.Failure(exception)}", exception);
        await store.ReleaseAsync(session.Id, claim, exception.Message, UtcNow + exception.LookAgainIn);
        await history.RecordAsync(session, PaymentEventKind.NotOpened, CheckTrigger.Checkout, exception.Message);
        await healthRecord.NoteAsync(HealthName.Error, exception.Message);
        if (exception.Kind is MionApiErrorKind.Unauthorized or MionApiErrorKind.Forbidden)
        {
            var found = exception.Kind == MionApiErrorKind.Unauthorized ? ConnectionTestResult.KeyRefused : ConnectionTestResult.PermissionMissing;
            await healthRecord.NoteAsync(HealthName.ConnectionTest, $"{found} {StoreSettings.GetFingerprint(await storeSettings.LoadAsync(session.StoreId))}", session.StoreId);
        }

        await orderNotes.AddAsync(order.Id, refused ? "NotOpened.Refused" : "NotOpened.Unreachable", exception.Message);
        return new(refused ? OpenSessionProblem.Refused : OpenSessionProblem.Unreachable, session);
    }
}
