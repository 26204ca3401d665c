using System.Globalization;
using Nop.Plugin.Payments.Mion.Api;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Hosting.Logging;
using Nop.Plugin.Payments.Mion.Payments;

namespace Nop.Plugin.Payments.Mion.Till;

/// <summary>Keeps a till's charge payable: asks Mion for the next payment attempt shortly before the last one ends.</summary>
/// <remarks>Driven by the screens that look on: while nobody looks, nothing is asked for. However many look, one asks.</remarks>
public class TillAttempts(
    PluginLog log,
    MionApiClient apiClient,
    PaymentAttemptStore store,
    PaymentMetrics metrics,
    StoreSettings storeSettings,
    TimeProvider timeProvider)
{
    /// <summary>The attempt to show, renewed where it is due. Throws nothing of Mion's: why there is none stands in the session.</summary>
    /// <param name="session">The session as stored; its <see cref="MionPaymentSession.AttemptProblem"/> follows.</param>
    /// <returns>The newest attempt, or null where there has been none yet.</returns>
    public async Task<MionPaymentAttempt?> GetCurrentAsync(MionPaymentSession session)
    {
        var newest = await store.GetNewestAsync(session.Id);
        if (!WantsNext(session, newest) || !await store.TryClaimAsync(session.Id, UtcNow, MionDefaults.AttemptLease))
            return newest;

        // another screen may have got one between our reading and our claim
        newest = await store.GetNewestAsync(session.Id);
        if (!WantsNext(session, newest))
        {
            await store.ReleaseAsync(session.Id, session.AttemptProblem, notBeforeUtc: null);
            return newest;
        }

        return await RequestAsync(session, newest);
    }

    private DateTime UtcNow => timeProvider.GetUtcNow().UtcDateTime;

    // what is on its way needs no second invoice, and a customer who sees one might pay twice
    private bool WantsNext(MionPaymentSession session, MionPaymentAttempt? newest) =>
        session is { State: PaymentSessionState.Open, CancelledOnUtc: null, FundsSeen: false }
        && session.ExpiresOnUtc > UtcNow
        && (newest is null || newest.IsDue(UtcNow));

    private async Task<MionPaymentAttempt?> RequestAsync(MionPaymentSession session, MionPaymentAttempt? newest)
    {
        try
        {
            var answer = await apiClient.CreatePaymentAttemptAsync(await storeSettings.LoadApiOptionsAsync(session.StoreId), session.PaymentSessionId);
            metrics.Attempted();
            var attempt = ToRow(session, answer);
            await store.InsertAsync(attempt);
            session.AttemptProblem = OpeningProblem.None;
            await store.ReleaseAsync(session.Id, OpeningProblem.None, notBeforeUtc: null);
            return attempt;
        }
        catch (MionApiException exception)
        {
            metrics.Attempted(exception.Kind);
            var problem = SessionOpening.ToProblem(exception);
            // every screen tries every few seconds; the log says it once
            if (session.AttemptProblem != problem)
                await log.WarningAsync($"the till got no payment attempt for session {LogField.MionId(session.PaymentSessionId)}. {LogField.Failure(exception)}");
            session.AttemptProblem = problem;
            await store.ReleaseAsync(session.Id, problem, UtcNow + MionDefaults.AttemptPause);
            return newest;
        }
    }

    private MionPaymentAttempt ToRow(MionPaymentSession session, MionAttempt answer) => new()
    {
        SessionId = session.Id,
        CreatedOnUtc = UtcNow,
        ExpiresOnUtc = answer.ExpiresOnUtc,
        AmountMsat = answer.AmountMsat,
        Invoice = Fit(answer.LightningInvoice, 2000),
        OnChainAddress = Fit(answer.OnChainAddress, 128),
        SuggestedFeeRate = answer.SuggestedFeeRate?.ToString(CultureInfo.InvariantCulture) ?? string.Empty,
        BlockedByCompliance = answer.BlockedByCompliance,
        MissingCustomerFields = TextLimits.Cut(string.Join(", ", answer.MissingCustomerFields), 400)
    };

    // half an invoice or address would be worse than none
    private static string Fit(string? text, int length) => text is not null && text.Length <= length ? text : string.Empty;
}
