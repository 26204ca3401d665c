using Nop.Core;
using Nop.Plugin.Payments.Mion.Setup;

namespace Nop.Plugin.Payments.Mion.Hosting.Health;

/// <summary>
/// The last time that something of the plugin's workings happened, and how. One row a name.
/// </summary>
/// <remarks>Not among the settings: saving a setting empties the store's caches, and these rows change every minute.</remarks>
public class MionHealthEntry : BaseEntity
{
    /// <summary>What happened; one of <see cref="HealthName"/>.</summary>
    public string Name { get; set; } = string.Empty;

    /// <summary>When, UTC.</summary>
    public DateTime OnUtc { get; set; }

    /// <summary>How, in at most 400 characters; free of secrets.</summary>
    public string Text { get; set; } = string.Empty;
}

/// <summary>
/// Names of <see cref="MionHealthEntry"/>.
/// </summary>
public static class HealthName
{
    private const char StoreSeparator = ':';

    /// <summary>The name of the same thing for one store.</summary>
    /// <param name="name">One of the names below.</param>
    /// <param name="storeId">The store; 0 gives the name itself.</param>
    public static string For(string name, int storeId) =>
        storeId == 0 ? name : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{name}{StoreSeparator}{storeId}");

    /// <summary>Whether a row is about a name, for whichever store.</summary>
    /// <param name="rowName">The row's name.</param>
    /// <param name="name">One of the names below.</param>
    public static bool Is(string rowName, string name) => rowName.Split(StoreSeparator)[0] == name;

    /// <summary>The store that a row is about; 0 where it is about none.</summary>
    /// <param name="rowName">The row's name.</param>
    public static int StoreOf(string rowName) =>
        rowName.Split(StoreSeparator) is [_, var id] && int.TryParse(id, System.Globalization.CultureInfo.InvariantCulture, out var storeId) ? storeId : 0;

    /// <summary>Whether the text of a row opens something, and is not to be shown to anybody.</summary>
    /// <param name="rowName">The row's name.</param>
    public static bool HoldsToken(string rowName) =>
        Is(rowName, WebhookTestToken) || Is(rowName, WebhookTestArrived) || Is(rowName, RoundTrip) || Is(rowName, RoundTripArrived);

    /// <summary>The plugin was installed, or updated from a version that noted nothing; the text is its version. What was noted before is gone, while the payments from before are kept.</summary>
    public const string Installed = "installed";

    /// <summary>A call of Mion's webhook for one of our sessions.</summary>
    public const string Webhook = "webhook";

    /// <summary>A run of the scheduled task.</summary>
    public const string Poll = "poll";

    /// <summary>Mion has answered us as it should.</summary>
    public const string Success = "success";

    /// <summary>A payment session was opened: the key works; the text is the fingerprint of what was used.</summary>
    public const string Opened = "opened";

    /// <summary>A call to Mion failed; the text says why.</summary>
    public const string Error = "error";

    /// <summary>The connection was tested; the text is the result's name and the fingerprint of what was tested.</summary>
    public const string ConnectionTest = "connection-test";

    /// <summary>The webhook address was tested; the text is the result's name and the fingerprint of the address.</summary>
    public const string WebhookTest = "webhook-test";

    /// <summary>The test of the webhook address that is under way; the text is its token.</summary>
    public const string WebhookTestToken = "webhook-test-token";

    /// <summary>The test call that arrived last; the text is its token.</summary>
    public const string WebhookTestArrived = "webhook-test-arrived";

    /// <summary>The last step of an examination of all payments; the text is where the next one goes on, 0 at the end.</summary>
    public const string Examination = "examination";

    /// <summary>The test in which Mion calls the store, as <see cref="RoundTrip"/>.</summary>
    public const string RoundTrip = "round-trip";

    /// <summary>Mion's call of such a test that arrived last; the text is its token.</summary>
    public const string RoundTripArrived = "round-trip-arrived";

    /// <summary>The history was pruned.</summary>
    public const string Pruned = "pruned";
}
