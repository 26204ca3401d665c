using Nop.Plugin.Payments.Mion.Hosting.Health;
using Nop.Plugin.Payments.Mion.Hosting.Logging;

namespace Nop.Plugin.Payments.Mion.Payments;

/// <summary>
/// Tells the store owner that Mion has not answered for hours about sessions that may have been paid: one mail a store, not
/// one a session. Their state stays what it is; the set-up says it for as long as it lasts.
/// </summary>
public class UnansweredSessions(AlertMail alertMail, HealthRecord healthRecord, HealthStore healthStore, PaymentSessionStore store, PluginLog log, TimeProvider timeProvider)
{
    /// <summary>How long ago Mion must have answered last.</summary>
    public static readonly TimeSpan MinSilence = TimeSpan.FromHours(6);

    /// <summary>Checks in a row that must have failed.</summary>
    public const int MinFailures = 5;

    private static readonly TimeSpan _betweenMails = TimeSpan.FromDays(1);

    /// <summary>Tells, where it has not been told. Throws nothing; what could not be told is told at the next run.</summary>
    public async Task TellAsync()
    {
        try
        {
            var now = timeProvider.GetUtcNow().UtcDateTime;
            foreach (var (storeId, count, lastAnswerOnUtc, error) in await store.GetUnansweredAsync(now))
            {
                // told already, and Mion has answered about none of them since
                if (await healthStore.FindAsync(HealthFacts.Unanswered, storeId) is { } told && (told.OnUtc >= lastAnswerOnUtc || now - told.OnUtc < _betweenMails))
                    continue;
                await log.WarningAsync($"Mion has not answered for hours about {LogField.Count(count)} payment session(s) of store {LogField.Count(storeId)}.");
                await alertMail.QueueUnansweredAsync(storeId, count, error);
                await healthRecord.NoteAsync(HealthFacts.Unanswered, error, storeId);
            }
        }
        catch (Exception exception)
        {
            await log.ErrorAsync($"nobody could be told that Mion does not answer; it will be tried again.", exception);
        }
    }
}
