using Nop.Plugin.Payments.Mion.Api;
using Nop.Plugin.Payments.Mion.Hosting.Logging;

namespace Nop.Plugin.Payments.Mion.Payments;

/// <summary>Checks the sessions whose time has come.</summary>
/// <remarks>
/// Mion is asked in parallel, the database is used one session after another: nopCommerce's scoped services are not
/// made for parallel use. A batch bounds the memory; the run ends early rather than run into the next one. A batch is
/// taken by one statement, so that two runs at a time, on two machines too, share the work; sessions about which there
/// is nothing new are recorded together.
/// </remarks>
public class PaymentPollService(
    OverdueSessions overdue,
    PaymentConfirmation confirmation,
    PaymentJournal journal,
    PaymentSessionStore store,
    PluginLog log,
    StatusReader reader,
    TimeProvider timeProvider,
    WebhookRegistration webhookRegistration)
{
    /// <summary>Sessions that are loaded at a time: so many rounds of parallel calls that the wait for the last one counts little.</summary>
    public const int BatchSize = 320;

    /// <summary>No further batch is begun after this; the rest is the next run's.</summary>
    public static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(40);

    /// <summary>A run that took a session has looked at it by then, or has crashed.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    /// <summary>Checks all due sessions, or as many as fit into the time.</summary>
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
            var answers = await reader.ReadAsync(batch.Where(confirmation.NeedsMion), CheckTrigger.Poll);
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
        await journal.PolledAsync(total, failed, failures.Count > 0 ? failures.MaxBy(failure => failure.Value).Key.ToString() : string.Empty);
        return (total, failed);
    }

    /// <summary>Records the sessions about which there is nothing new, one statement for each time of the next check.</summary>
    /// <returns>The others.</returns>
    private async Task<List<MionPaymentSession>> RecordUnchangedAsync(IReadOnlyList<MionPaymentSession> batch,
        IReadOnlyDictionary<int, StatusAnswer> answers)
    {
        var others = new List<MionPaymentSession>();
        var unchanged = new List<(MionPaymentSession Session, DateTime? NextCheckOnUtc)>();
        foreach (var session in batch)
        {
            if (!await webhookRegistration.IsDueAsync(session) && answers.GetValueOrDefault(session.Id).Answer is { } answer
                && await confirmation.FindUnchangedAsync(session, answer) is { IsUnchanged: true } found)
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

    /// <summary>Brings one session up to date; one that fails does not stop the others.</summary>
    /// <returns>What went wrong, or null.</returns>
    private async Task<LogField?> CheckAsync(MionPaymentSession session, StatusAnswer read)
    {
        try
        {
            if (session.State == PaymentSessionState.Paid)
            {
                await confirmation.CheckPaidAsync(session, read.Answer);
                return null;
            }

            if (read.Error is not null)
                throw read.Error;
            var done = read.Answer is not null
                ? await confirmation.ApplyAsync(session, read.Answer, CheckTrigger.Poll)
                : await confirmation.CheckAsync(session, CheckTrigger.Poll);
            if (SessionRules.WebhookMissing.Holds(session))
                await webhookRegistration.RegisterAsync(session, CheckTrigger.Poll);
            return done ? null : LogField.Name("The payment could not be brought to its order.");
        }
        catch (MionApiException exception)
        {
            if (!await overdue.TryHandOverAsync(session, exception))
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
            await confirmation.RecordFailureAsync(session, error);
        }
        catch (Exception exception)
        {
            await log.ErrorAsync($"the failed check of payment session {LogField.Row(session.Id)} could not be recorded.", exception);
        }
    }
}
