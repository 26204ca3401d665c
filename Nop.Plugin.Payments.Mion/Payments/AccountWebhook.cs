using System.Net;
using Nop.Plugin.Payments.Mion.Api;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Hosting.Health;

namespace Nop.Plugin.Payments.Mion.Payments;

/// <summary>
/// The one webhook of the whole account, where Mion has that in place of one a session: registered once for each store and
/// connection.
/// </summary>
public class AccountWebhook(
    MionApiClient apiClient,
    HealthRecord healthRecord,
    HealthStore healthStore,
    SingleFlight<int, bool> registrations,
    StoreSettings storeSettings)
{
    /// <summary>Registers it, unless it is. Those who want it at the same time share one registration.</summary>
    /// <param name="settings">The store's settings.</param>
    /// <param name="url">The address that Mion calls.</param>
    /// <exception cref="MionApiException">Mion did not take it.</exception>
    public Task RegisterAsync(int storeId, MionSettings settings, string url) => registrations.RunAsync(storeId, TimeSpan.Zero, async () =>
    {
        var wanted = Fingerprint.Of(StoreSettings.GetFingerprint(settings), settings.CreateWebhookPath, url);
        if ((await healthStore.FindAsync(HealthFacts.AccountWebhook, storeId))?.Value == wanted)
            return false;
        try
        {
            await apiClient.CreateWebhookAsync(storeSettings.ToApiOptions(settings), string.Empty, url);
        }
        catch (MionApiException exception) when (exception.StatusCode == HttpStatusCode.Conflict)
        {
            // Mion has it already
        }

        await healthRecord.NoteAsync(HealthFacts.AccountWebhook, wanted, storeId);
        return true;
    });
}
