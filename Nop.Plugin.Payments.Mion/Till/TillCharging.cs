using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.Mion.Api;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Hosting.Logging;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Services.Configuration;

namespace Nop.Plugin.Payments.Mion.Till;

/// <summary>
/// What came of charging somebody at the till.
/// </summary>
/// <param name="Problem">Why there is nothing to pay, or none.</param>
/// <param name="Session">The charge, where a row exists.</param>
public sealed record TillResult(TillProblem Problem, MionPaymentSession? Session = null);

/// <summary>
/// Charges an order, or an amount, face to face.
/// </summary>
/// <remarks>
/// Idempotent as <see cref="PaymentSessionService"/> is, and by the same means: a charge's reference is unique in the
/// table. An order has one open charge whoever presses the button; an amount has one open charge for each key, which the page
/// makes when it is shown, so that a double click or a reload goes on with the same charge.
/// </remarks>
public class TillCharging(
    BackgroundScope backgroundScope,
    EuroConversion euroConversion,
    PluginLog log,
    ISettingService settingService,
    MionApiClient apiClient,
    OrderNotes orderNotes,
    PaymentAttemptStore attemptStore,
    PaymentHistory history,
    PaymentSessionStore store,
    StoreSettings storeSettings,
    TillAttempts attempts,
    TimeProvider timeProvider)
{
    private static readonly TimeSpan _waitForOther = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// Charges an order, or goes on with its open charge.
    /// </summary>
    /// <param name="order">The order, as it is now.</param>
    /// <param name="screenToken">The customer's screen beside this till.</param>
    public Task<TillResult> ChargeOrderAsync(Order order, string screenToken)
    {
        ArgumentNullException.ThrowIfNull(order);
        return OpenAsync(order.StoreId, async () =>
        {
            var sessions = await store.GetByOrderAsync(order.Id);
            if (sessions.FirstOrDefault(session => session.State is PaymentSessionState.Paid or PaymentSessionState.NeedsPerson) is { } settled)
                return new(new TillResult(TillProblem.AlreadyPaid, settled));
            if (order.Deleted || order.OrderStatus == OrderStatus.Cancelled || order.PaymentStatus != PaymentStatus.Pending)
                return new(new TillResult(TillProblem.OrderClosed));
            if (await euroConversion.QuoteAsync(order.OrderTotal) is not { } quote)
                return new(new TillResult(TillProblem.NoEuroAmount));
            if (sessions.FirstOrDefault(session => IsStillGood(session, quote)) is { } open)
                return new(Existing: open, Quote: quote);
            // at Mion's checkout, or for a charge that was given up
            if (sessions.FirstOrDefault(session => session.IsPaymentOnItsWay()) is { } onItsWay)
                return new(new TillResult(TillProblem.PaymentSeen, onItsWay));

            var attempt = (sessions.FirstOrDefault()?.Attempt ?? 0) + 1;
            var row = CreateRow(order.StoreId, quote, screenToken, $"{order.OrderGuid:N}-{attempt}");
            row.OrderId = order.Id;
            row.OrderGuid = order.OrderGuid;
            row.Attempt = attempt;
            return new(New: row, Quote: quote);
        });
    }

    /// <summary>
    /// Charges an amount without an order, or goes on with the charge of the same key.
    /// </summary>
    /// <param name="storeId">The store that is paid.</param>
    /// <param name="amountCents">Euro cents.</param>
    /// <param name="note">What it is for; may be empty.</param>
    /// <param name="chargeKey">A token that the page made for this charge.</param>
    /// <param name="screenToken">The customer's screen beside this till.</param>
    public Task<TillResult> ChargeAmountAsync(int storeId, long amountCents, string? note, string? chargeKey, string screenToken)
    {
        if (amountCents is <= 0 or > EuroInput.MaxCents || !SecretToken.IsWellFormed(chargeKey))
            return Task.FromResult(new TillResult(TillProblem.BadAmount));
        return OpenAmountAsync(storeId, amountCents, note, screenToken, async () =>
        {
            for (var repeat = 1; ; repeat++)
            {
                var reference = GetReference(chargeKey!, amountCents, repeat);
                if (await store.GetByReferenceAsync(reference) is not { } earlier)
                    return (reference, null);
                if (IsGoingOn(earlier, storeId))
                    return (reference, earlier);
            }
        });
    }

    /// <summary>
    /// Goes on with the charge of an amount that Mion has not confirmed.
    /// </summary>
    /// <param name="session">The charge, as stored.</param>
    public Task<TillResult> ResumeAmountAsync(MionPaymentSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        return OpenAmountAsync(session.StoreId, session.AmountCents, session.Note, session.ScreenToken,
            async () => (session.Reference, await store.GetByReferenceAsync(session.Reference)));
    }

    private Task<TillResult> OpenAmountAsync(int storeId, long amountCents, string? note, string screenToken,
        Func<Task<(string Reference, MionPaymentSession? Existing)>> findAsync)
    {
        var text = note?.Trim() ?? string.Empty;
        var quote = new EuroQuote(amountCents, EuroAmount.ToEuro(amountCents), MionDefaults.EuroCode, 1m, null);
        return OpenAsync(storeId, async () =>
        {
            var (reference, existing) = await findAsync();
            if (existing is not null)
                return new(Existing: existing, Quote: quote);
            var row = CreateRow(storeId, quote, screenToken, reference);
            row.Attempt = 1;
            row.Note = text.Length <= TillDefaults.MaxNoteLength ? text : text[..TillDefaults.MaxNoteLength];
            return new(New: row, Quote: quote);
        });
    }

    // the amount belongs to the key: a page that a browser shows again from its memory may be filled in anew
    private static string GetReference(string chargeKey, long amountCents, int repeat) =>
        string.Create(CultureInfo.InvariantCulture, $"till-{chargeKey}-{amountCents}") + (repeat > 1 ? $"-{repeat}" : string.Empty);

    // a charge that is over is not gone on with: the next customer would be shown that it is paid
    private bool IsGoingOn(MionPaymentSession session, int storeId) =>
        session.StoreId == storeId && session.CancelledOnUtc is null
        && (session.State == PaymentSessionState.Opening || session.State == PaymentSessionState.Open && (session.FundsSeen || session.ExpiresOnUtc > UtcNow));

    private DateTime UtcNow => timeProvider.GetUtcNow().UtcDateTime;

    /// <summary>What to do next: nothing because of an obstacle, go on with a row, or insert one.</summary>
    private readonly record struct Step(TillResult? Obstacle = null, MionPaymentSession? Existing = null, MionPaymentSession? New = null, EuroQuote? Quote = null);

    private async Task<TillResult> OpenAsync(int storeId, Func<Task<Step>> findAsync)
    {
        using var budget = new CancellationTokenSource(MionDefaults.OpenBudget, timeProvider);
        if (!storeSettings.IsConfigured(await storeSettings.LoadAsync(storeId)))
            return new(TillProblem.NotConfigured);
        while (true)
        {
            var step = await findAsync();
            if (step.Obstacle is { } obstacle)
                return obstacle;
            if (step.Existing is { State: not PaymentSessionState.Opening } existing)
                return new(TillProblem.None, existing);

            var claim = Guid.NewGuid();
            if (step.New is { } row)
            {
                row.ClaimToken = claim;
                row.ExpiresOnUtc = await GetExpiryAsync(storeId);
                if (await store.TryInsertAsync(row))
                    return await CreateAtMionAsync(row, claim, budget.Token);
            }
            else if (await store.TryClaimAsync(step.Existing!.Id, claim, UtcNow, MionDefaults.OpenLease))
            {
                // somebody may have finished it between our reading and our claim
                var claimed = await store.GetByIdAsync(step.Existing.Id);
                if (claimed is not { State: PaymentSessionState.Opening })
                    await store.ReleaseAsync(step.Existing.Id, claim, claimed?.LastError ?? string.Empty, claimed?.NextCheckOnUtc);
                else if (await ResumeAsync(claimed, step.Quote!, claim, budget.Token) is { } resumed)
                    return resumed;
                continue;
            }

            // another request is opening this very charge: what it gets is ours too
            if (budget.IsCancellationRequested)
                return new(TillProblem.Unreachable, step.Existing);
            await Task.Delay(_waitForOther, timeProvider, CancellationToken.None);
        }
    }

    // money that is on its way is waited for, whatever else has changed: nobody is charged twice
    private bool IsStillGood(MionPaymentSession session, EuroQuote quote) =>
        session is { IsTill: true, CancelledOnUtc: null }
        && (session.State == PaymentSessionState.Opening
            || session.IsPaymentOnItsWay()
            || session.State == PaymentSessionState.Open && IsOf(session, quote) && session.ExpiresOnUtc - UtcNow > TillDefaults.ReuseMargin);

    private static bool IsOf(MionPaymentSession session, EuroQuote quote) =>
        session.CurrencyCode == quote.CurrencyCode && session.AmountCents == EuroAmount.ToCents(quote.OrderTotal, session.ExchangeRate);

    private MionPaymentSession CreateRow(int storeId, EuroQuote quote, string screenToken, string reference) => new()
    {
        StoreId = storeId,
        IsTill = true,
        Reference = reference,
        Token = SecretToken.Create(),
        WebhookToken = SecretToken.Create(),
        ScreenToken = screenToken,
        AmountCents = quote.AmountCents,
        OrderTotal = quote.OrderTotal,
        CurrencyCode = quote.CurrencyCode,
        ExchangeRate = quote.ExchangeRate,
        ExchangeRateOnUtc = quote.ExchangeRateOnUtc,
        State = PaymentSessionState.Opening,
        CreatedOnUtc = UtcNow,
        ClaimedUntilUtc = UtcNow + MionDefaults.OpenLease,
        // should this process die now, the scheduled task looks whether Mion got the request
        NextCheckOnUtc = UtcNow + MionDefaults.OpenLease
    };

    private async Task<DateTime> GetExpiryAsync(int storeId) =>
        UtcNow + (await settingService.LoadSettingAsync<MionTillSettings>(storeId)).GetLifetime();

    /// <summary>Goes on with a charge that was begun but not confirmed; null where it turned out to be of another amount.</summary>
    private async Task<TillResult?> ResumeAsync(MionPaymentSession session, EuroQuote quote, Guid claim, CancellationToken cancellationToken)
    {
        try
        {
            if (await apiClient.FindByReferenceAsync(await storeSettings.LoadApiOptionsAsync(session.StoreId), session.Reference, cancellationToken) is { } found)
            {
                if (IsOf(session, quote))
                    return await OpenedAsync(session, claim, found);
                await RecordOpenedAsync(session, claim, found);
                return null;
            }
        }
        catch (MionApiException exception)
        {
            return await FailedAsync(session, claim, exception);
        }

        session.AmountCents = quote.AmountCents;
        session.OrderTotal = quote.OrderTotal;
        session.CurrencyCode = quote.CurrencyCode;
        session.ExchangeRate = quote.ExchangeRate;
        session.ExchangeRateOnUtc = quote.ExchangeRateOnUtc;
        session.ExpiresOnUtc = await GetExpiryAsync(session.StoreId);
        await store.RecordAmountAsync(session, claim);
        return await CreateAtMionAsync(session, claim, cancellationToken);
    }

    private async Task<TillResult> CreateAtMionAsync(MionPaymentSession session, Guid claim, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await apiClient.CreateOrFindSessionAsync(await storeSettings.LoadApiOptionsAsync(session.StoreId), new MionSessionRequest
            {
                AmountCents = session.AmountCents,
                ExpiresOnUtc = session.ExpiresOnUtc,
                Reference = session.Reference,
                RetailPos = true
            }, cancellationToken);
            return await OpenedAsync(session, claim, answer);
        }
        catch (MionApiException exception)
        {
            return await FailedAsync(session, claim, exception);
        }
    }

    private async Task<TillResult> OpenedAsync(MionPaymentSession session, Guid claim, MionSession answer)
    {
        var opened = await RecordOpenedAsync(session, claim, answer);
        // the first code is there when the page is
        await attempts.GetCurrentAsync(opened);
        return new(TillProblem.None, opened);
    }

    /// <summary>Records what Mion has confirmed.</summary>
    /// <returns>The session as its row is now.</returns>
    private async Task<MionPaymentSession> RecordOpenedAsync(MionPaymentSession session, Guid claim, MionSession answer)
    {
        var settings = await storeSettings.LoadAsync(session.StoreId);
        var isOurs = await store.TryRecordOpenedAsync(session, claim, answer, PollSchedule.First(TimeSpan.FromSeconds(settings.PollIntervalSeconds), UtcNow));
        // should the claim have lapsed, the row holds what another request got
        var opened = isOurs ? session : await store.GetByIdAsync(session.Id) ?? session;
        if (isOurs && opened.IsForOrder())
            await orderNotes.AddAsync(opened.OrderId, "TillOpened", EuroAmount.Format(opened.AmountCents), opened.PaymentSessionId);
        if (isOurs)
            await history.RecordAsync(opened, PaymentEventKind.Opened, CheckTrigger.Till);
        if (isOurs)
            backgroundScope.Start(opened.StoreId, services => services.GetRequiredService<WebhookRegistration>().RegisterAsync(opened, CheckTrigger.Till));
        return opened;
    }

    private async Task<TillResult> FailedAsync(MionPaymentSession session, Guid claim, MionApiException exception)
    {
        await log.ErrorAsync($"the till could not charge {LogField.Amount(session.AmountCents)}: {LogField.Failure(exception)}", exception);
        await store.ReleaseAsync(session.Id, claim, exception.Message, UtcNow + exception.LookAgainIn);
        session.AttemptProblem = TillAttempts.ToProblem(exception);
        await attemptStore.ReleaseAsync(session.Id, session.AttemptProblem, notBeforeUtc: null);
        await history.RecordAsync(session, PaymentEventKind.NotOpened, CheckTrigger.Till, exception.Message);
        return new(session.AttemptProblem, session);
    }
}
