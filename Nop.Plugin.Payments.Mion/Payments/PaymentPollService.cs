using Nop.Plugin.Payments.Mion.Api;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Hosting.Health;
using Nop.Plugin.Payments.Mion.Hosting.Logging;

namespace Nop.Plugin.Payments.Mion.Payments;

/// <summary>
/// Checks the sessions whose time has come.
/// </summary>
/// <remarks>
/// Mion is asked in parallel, the database is used one session after another: nopCommerce's scoped services are not
/// made for parallel use. A batch bounds the memory; the run ends early rather than run into the next one. A batch is
/// taken by one statement, so that two runs at a time, on two machines too, share the work; sessions about which there
/// is nothing new are recorded together.
/// </remarks>
public class PaymentPollService(
    HealthRecord healthRecord,
    PaymentConfirmationService confirmationService,
    PaymentSessionStore store,
    PluginLog log,
    StoreSettings storeSettings,
    TimeProvider timeProvider,
    UnknownSessions unknownSessions,
    WebhookRegistration webhookRegistration)
{
    /// <summary>Sessions that are loaded at a time: so many rounds of parallel calls that the wait for the last one counts little.</summary>
    public const int BatchSize = 320;

    /// <summary>Calls to Mion at a time; with 50 ms each, 10,000 sessions fit into one run.</summary>
    public const int ParallelCalls = 16;

    /// <summary>No further batch is begun after this; the rest is the next run's.</summary>
    public static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(40);

    /// <summary>A run that took a session has looked at it by then, or has died.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Checks all due sessions, or as many as fit into the time.
    /// </summary>
    /// <returns>How many were checked, and for how many that failed.</returns>
    public async Task<(int Checked, int Failed)> RunAsync()
    {
        var startedAt = timeProvider.GetTimestamp();
        var (total, failed) = (0, 0);
        var failures = new Dictionary<LogField, int>();
        while (timeProvider.GetElapsedTime(startedAt) < TimeLimit)
        {
            var batch = await store.TakeDueAsync(timeProvider.GetUtcNow().UtcDateTime, BatchSize, Lease);
            if (batch.Count == 0)
                break;

            total += batch.Count;
            var answers = await ReadAsync(batch);
            foreach (var session in await RecordUnchangedAsync(batch, answers))
            {
                if (await CheckAsync(session, answers.GetValueOrDefault(session.Id)) is not { } error)
                    continue;
                failed++;
                failures[error] = failures.GetValueOrDefault(error) + 1;
            }
        }

        // one line a cause and run, however many sessions it hits
        foreach (var (error, count) in failures)
            await log.WarningAsync($"{LogField.Count(count)} payment session(s) could not be checked and will be tried again. {error}");
        await log.DebugAsync($"the scheduled task has checked {LogField.Count(total)} payment session(s), {LogField.Count(failed)} in vain.");
        await healthRecord.NoteAsync(HealthName.Poll, $"{total} checked, {failed} failed");
        if (total > failed)
            await healthRecord.NoteAsync(HealthName.Success);
        if (failures.Count > 0)
            await healthRecord.NoteAsync(HealthName.Error, failures.MaxBy(failure => failure.Value).Key.ToString());
        return (total, failed);
    }

    /// <summary>Records the sessions about which there is nothing new, one statement for each time of the next check.</summary>
    /// <returns>The others.</returns>
    private async Task<List<MionPaymentSession>> RecordUnchangedAsync(IReadOnlyList<MionPaymentSession> batch,
        Dictionary<int, (MionSession? Answer, MionApiException? Error)> answers)
    {
        var others = new List<MionPaymentSession>();
        var unchanged = new List<(MionPaymentSession Session, DateTime? NextCheckOnUtc)>();
        foreach (var session in batch)
        {
            if (!await webhookRegistration.IsDueAsync(session) && answers.GetValueOrDefault(session.Id).Answer is { } answer
                && await confirmationService.FindUnchangedAsync(session, answer) is { IsUnchanged: true } found)
                unchanged.Add((session, found.NextCheckOnUtc));
            else
                others.Add(session);
        }

        var utcNow = timeProvider.GetUtcNow().UtcDateTime;
        // to the second, so that sessions of one pause make one group
        foreach (var group in unchanged.GroupBy(each => each.NextCheckOnUtc is { } next ? next.Ticks / TimeSpan.TicksPerSecond : (long?)null))
            await store.RecordUnchangedAsync(group.Select(each => each.Session.Id).ToList(), batch[0].CheckToken, utcNow, group.First().NextCheckOnUtc);
        return others;
    }

    private async Task<Dictionary<int, (MionSession? Answer, MionApiException? Error)>> ReadAsync(IReadOnlyList<MionPaymentSession> batch)
    {
        var answers = new Dictionary<int, (MionSession? Answer, MionApiException? Error)>();
        var options = new Dictionary<int, MionApiOptions>();
        foreach (var storeId in batch.Select(session => session.StoreId).Distinct())
            options[storeId] = await storeSettings.LoadApiOptionsAsync(storeId);

        using var slots = new SemaphoreSlim(ParallelCalls);
        var reads = batch.Where(session => session.IsAtMion()).Select(async session =>
        {
            await slots.WaitAsync();
            try
            {
                var answer = await confirmationService.ReadAsync(session, options[session.StoreId], CheckTrigger.Poll);
                return (session.Id, Answer: (MionSession?)answer, Error: (MionApiException?)null);
            }
            catch (MionApiException exception)
            {
                return (session.Id, Answer: null, Error: exception);
            }
            finally
            {
                slots.Release();
            }
        });
        foreach (var (id, answer, error) in await Task.WhenAll(reads))
            answers[id] = (answer, error);
        return answers;
    }

    /// <summary>Brings one session up to date; one that fails does not stop the others.</summary>
    /// <returns>What went wrong, or null.</returns>
    private async Task<LogField?> CheckAsync(MionPaymentSession session, (MionSession? Answer, MionApiException? Error) read)
    {
        try
        {
            if (read.Error is not null)
                throw read.Error;
            var done = read.Answer is not null
                ? await confirmationService.ApplyAsync(session, read.Answer, CheckTrigger.Poll)
                : await confirmationService.CheckAsync(session, CheckTrigger.Poll);
            if (WebhookRegistration.IsMissing(session))
                await webhookRegistration.RegisterAsync(session, CheckTrigger.Poll);
            return done ? null : LogField.Name("The payment could not be brought to its order.");
        }
        catch (MionApiException exception)
        {
            if (!await unknownSessions.TryHandOverAsync(session, exception))
                await RecordFailureAsync(session, exception.Message);
            return LogField.Failure(exception);
        }
        catch (Exception exception)
        {
            await log.ErrorAsync($"payment session {LogField.Row(session.Id)} could not be checked.", exception);
            await RecordFailureAsync(session, "An error in the store; see the log.");
            return LogField.Name("An error in the store; see the log.");
        }
    }

    private async Task RecordFailureAsync(MionPaymentSession session, string error)
    {
        try
        {
            await confirmationService.RecordFailureAsync(session, error);
        }
        catch (Exception exception)
        {
            await log.ErrorAsync($"the failed check of payment session {LogField.Row(session.Id)} could not be recorded.", exception);
        }
    }
}
