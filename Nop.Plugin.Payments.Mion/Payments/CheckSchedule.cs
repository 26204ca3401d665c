using Nop.Plugin.Payments.Mion.Hosting;

namespace Nop.Plugin.Payments.Mion.Payments;

/// <summary><see cref="PollSchedule"/> with the settings of a session's store.</summary>
public class CheckSchedule(StoreSettings storeSettings, TimeProvider timeProvider)
{
    public DateTime UtcNow => timeProvider.GetUtcNow().UtcDateTime;

    /// <summary>When a session that is being opened is checked first, UTC.</summary>
    public async Task<DateTime> FirstAsync(int storeId) =>
        PollSchedule.First(TimeSpan.FromSeconds((await storeSettings.LoadAsync(storeId)).PollIntervalSeconds), UtcNow);

    /// <summary>When a session, with its state after the last check, is checked next, UTC; null when it need not be watched any more.</summary>
    public async Task<DateTime?> NextAsync(MionPaymentSession session)
    {
        var settings = await storeSettings.LoadAsync(session.StoreId);
        return PollSchedule.Next(session, TimeSpan.FromSeconds(settings.PollIntervalSeconds), settings.LatePaymentDays, UtcNow);
    }
}
