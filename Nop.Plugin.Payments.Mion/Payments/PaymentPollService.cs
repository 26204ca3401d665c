using Nop.Plugin.Payments.Mion.Api;
using Nop.Plugin.Payments.Mion.Hosting.Logging;

namespace Nop.Plugin.Payments.Mion.Payments;

/// <summary>Checks the sessions whose time has come.</summary>
/// <remarks>
/// Mion is asked in parallel, the database is used one session after another: nopCommerce's scoped services are not
/// made for parallel use. A batch bounds the memory; the run ends early rather than run into the next one. Payments come
/// first: what else is asked of Mion, sessions whose answer was lost and webhooks, has what time is left. A batch is
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

    /// <summary>Sessions that are read at a time; the time is looked at between.</summary>
    public const int PartSize = 80;

    /// <summary>Calls without an answer after which nothing more is looked for.</summary>
    private const int MaxSilences = 2;

    /// <summary>Nothing further is begun after this; the rest is the next run's.</summary>
    public static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(40);

    /// <summary>A run that took a session has looked at it by then, or has crashed.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    /// <summary>Checks all due sessions, or as many as fit into the time.</summary>
    /// <returns>How many were checked, and for how many that failed.</returns>
    public Task<(int Checked, int Failed)> RunAsync() => PaymentTracing.RunAsync("mion check due sessions", async activity =>
    {
        var (total, failed) = await CheckDueAsync();
        activity?.SetTag("mion.sessions", total);
        activity?.SetTag("mion.failed", failed);
        return (total, failed);
    });

    private async Task<(int Checked, int Failed)> CheckDueAsync()
    {
        var startedAt = timeProvider.GetTimestamp();
        bool HasTime() => timeProvider.GetElapsedTime(startedAt) < TimeLimit;
        var (total, failed) = (0, 0);
        var failures = new Dictionary<string, (LogField Error, int Count)>();
        var (lost, unregistered) = (new List<MionPaymentSession>(), new List<MionPaymentSession>());

        void Count(Failure? failure)
        {
            total++;
            if (failure is null)
                return;
            failed++;
            var (error, count) = failures.GetValueOrDefault(failure.Cause, (failure.Error, 0));
            failures[failure.Cause] = (error, count + 1);
        }

        while (HasTime())
        {
            var batch = await store.TakeDueAsync(timeProvider.GetUtcNow().UtcDateTime, BatchSize, Lease);
            if (batch.Count == 0)
                break;

            lost.AddRange(batch.Where(session => !session.IsAtMion()));
            // what is left of a batch when the time is over is taken again after its lease
            foreach (var part in batch.Where(session => session.IsAtMion()).Chunk(PartSize).TakeWhile(_ => HasTime()))
            {
                var answers = await reader.ReadAsync(part.Where(confirmation.NeedsMion), CheckTrigger.Poll);
                var others = await RecordUnchangedAsync(part, answers);
                total += part.Length - others.Count;
                foreach (var session in others)
                {
                    var failure = await CheckAsync(session, answers.GetValueOrDefault(session.Id));
                    Count(failure);
                    if (failure is null && SessionRules.WebhookMissing.Holds(session))
                        unregistered.Add(session);
                }
            }
        }

        var silences = 0;
        foreach (var session in lost.TakeWhile(_ => HasTime() && silences < MaxSilences))
        {
            var failure = await CheckAsync(session, default);
            Count(failure);
            silences += failure?.IsSilence == true ? 1 : 0;
        }

        await RegisterAsync(unregistered, TimeLimit - timeProvider.GetElapsedTime(startedAt));

        // one line a cause and run, however many sessions it hits
        foreach (var (error, count) in failures.Values)
            await log.WarningAsync($"{LogField.Count(count)} payment session(s) could not be checked and will be tried again. {error}");
        await log.DebugAsync($"the scheduled task has checked {LogField.Count(total)} payment session(s), {LogField.Count(failed)} in vain.");
        await journal.PolledAsync(timeProvider.GetElapsedTime(startedAt), total, failed, failures.Count > 0 ? failures.Values.MaxBy(failure => failure.Count).Error.ToString() : string.Empty);
        return (total, failed);
    }

    private async Task RegisterAsync(IReadOnlyList<MionPaymentSession> sessions, TimeSpan timeLeft)
    {
        if (sessions.Count == 0 || timeLeft <= TimeSpan.Zero)
            return;
        try
        {
            using var budget = new CancellationTokenSource(timeLeft, timeProvider);
            await webhookRegistration.RegisterAsync(sessions, CheckTrigger.Poll, budget.Token);
        }
        catch (Exception exception)
        {
            await log.ErrorAsync($"the webhooks of {LogField.Count(sessions.Count)} payment session(s) could not be registered.", exception);
        }
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
    private async Task<Failure?> CheckAsync(MionPaymentSession session, StatusAnswer read)
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
            return done ? null : new Failure("not brought", LogField.Name("The payment could not be brought to its order."));
        }
        catch (MionApiException exception)
        {
            if (!await overdue.TryHandOverAsync(session, exception))
                await RecordFailureAsync(session, exception.Message);
            // what Mion says of one session may name it, and would make a line of its own of each
            return new Failure($"{exception.Operation} {exception.Kind} {exception.StatusCode}", LogField.Failure(exception))
            {
                IsSilence = exception.Kind is MionApiErrorKind.TimedOut or MionApiErrorKind.CircuitOpen or MionApiErrorKind.ToldToWait
            };
        }
        catch (Exception exception)
        {
            await log.ErrorAsync($"payment session {LogField.Row(session.Id)} could not be checked.", exception);
            await RecordFailureAsync(session, "An error in the store; see the log.");
            return new Failure("store", LogField.Name("An error in the store; see the log."));
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

    /// <summary>Why a session could not be checked.</summary>
    /// <param name="Cause">Alike for all that fail for one cause.</param>
    /// <param name="Error">The words of one of them.</param>
    private sealed record Failure(string Cause, LogField Error)
    {
        /// <summary>Whether Mion did not answer, or was not to be asked.</summary>
        public bool IsSilence { get; init; }
    }
}
