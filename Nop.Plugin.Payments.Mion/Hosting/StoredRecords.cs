using Nop.Plugin.Payments.Mion.Hosting.Health;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Setup;
using Nop.Plugin.Payments.Mion.Till;

namespace Nop.Plugin.Payments.Mion.Hosting;

/// <summary>All rows that the plugin has in the database, but for settings and texts that nopCommerce deletes by their names.</summary>
public class StoredRecords(DayCloseStore closeStore, HealthStore healthStore, OwnText ownText, PaymentAttemptStore attemptStore, PaymentEventStore eventStore, PaymentSessionStore sessionStore)
{
    /// <summary>Deletes the health and the texts in each language; the payments too only on the merchant's explicit wish.</summary>
    public async Task DeleteAsync(bool payments)
    {
        await healthStore.DeleteAllAsync();
        await ownText.DeleteAsync();
        if (!payments)
            return;
        await closeStore.DeleteAllAsync();
        await attemptStore.DeleteAllAsync();
        await eventStore.DeleteAllAsync();
        await sessionStore.DeleteAllAsync();
    }
}
