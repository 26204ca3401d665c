using Nop.Plugin.Payments.Mion.Api;
using Nop.Plugin.Payments.Mion.Hosting;

namespace Nop.Plugin.Payments.Mion.Payments;

/// <summary>Mion's word about a session, or why there is none.</summary>
public readonly record struct StatusAnswer(MionSession? Answer, MionApiException? Error);

/// <summary>Reads sessions at Mion and changes nothing. All who ask about one session at the same time share a read.</summary>
/// <param name="reads">One per process; by Mion's id.</param>
public class StatusReader(MionApiClient apiClient, PaymentMetrics metrics, SingleFlight<string, MionSession> reads, StoreSettings storeSettings)
{
    /// <summary>Calls to Mion at a time; with 50 ms each, 10,000 sessions fit into one run of the scheduled task.</summary>
    public const int ParallelCalls = 16;

    /// <summary>Reads a session.</summary>
    /// <param name="trigger">What made us look: what anybody can cause shares a read of up to two seconds ago, a till's screens one of a second ago.</param>
    /// <exception cref="MionApiException">Mion could not be asked; also for those who share the read.</exception>
    public async Task<MionSession> ReadAsync(MionPaymentSession session, CheckTrigger trigger) =>
        await ReadAsync(session, await storeSettings.LoadApiOptionsAsync(session.StoreId), trigger);

    /// <summary>Reads many sessions at a time.</summary>
    /// <param name="sessions">Those that Mion has not confirmed are left out.</param>
    /// <param name="trigger">As in <see cref="ReadAsync(MionPaymentSession, CheckTrigger)"/>.</param>
    /// <returns>The answers by the rows' ids.</returns>
    public async Task<IReadOnlyDictionary<int, StatusAnswer>> ReadAsync(IEnumerable<MionPaymentSession> sessions, CheckTrigger trigger)
    {
        var batch = sessions.Where(session => session.IsAtMion()).ToList();
        // loaded before: the database is used by one at a time
        var options = new Dictionary<int, MionApiOptions>();
        foreach (var storeId in batch.Select(session => session.StoreId).Distinct())
            options[storeId] = await storeSettings.LoadApiOptionsAsync(storeId);

        using var slots = new SemaphoreSlim(ParallelCalls);
        var answers = await Task.WhenAll(batch.Select(async session =>
        {
            await slots.WaitAsync();
            try
            {
                return (session.Id, new StatusAnswer(await ReadAsync(session, options[session.StoreId], trigger), Error: null));
            }
            catch (MionApiException exception)
            {
                return (session.Id, new StatusAnswer(Answer: null, exception));
            }
            finally
            {
                slots.Release();
            }
        }));
        return answers.ToDictionary();
    }

    /// <summary>How long ago the latest read of a session began; null where none is remembered.</summary>
    public TimeSpan? GetAge(MionPaymentSession session) => reads.GetAge(session.PaymentSessionId);

    private async Task<MionSession> ReadAsync(MionPaymentSession session, MionApiOptions options, CheckTrigger trigger)
    {
        try
        {
            var answer = await ShareAsync(session, options, trigger);
            metrics.Checked(trigger, answer);
            return answer;
        }
        catch (MionApiException exception)
        {
            metrics.Checked(trigger, answer: null, exception.Kind);
            throw;
        }
    }

    private Task<MionSession> ShareAsync(MionPaymentSession session, MionApiOptions options, CheckTrigger trigger) =>
        reads.RunAsync(session.PaymentSessionId, trigger switch
        {
            CheckTrigger.PaymentPage or CheckTrigger.Return => MionDefaults.SharedReadAge,
            CheckTrigger.Till => MionDefaults.TillReadAge,
            _ => TimeSpan.Zero
        }, () => apiClient.GetStatusAsync(options, session.PaymentSessionId));
}
