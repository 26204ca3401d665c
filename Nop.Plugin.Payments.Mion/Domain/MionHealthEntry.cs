using Nop.Core;

namespace Nop.Plugin.Payments.Mion.Domain;

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
    /// <summary>A call of Mion's webhook for one of our sessions.</summary>
    public const string Webhook = "webhook";

    /// <summary>A run of the scheduled task.</summary>
    public const string Poll = "poll";

    /// <summary>Mion has answered us as it should.</summary>
    public const string Success = "success";

    /// <summary>A payment session was opened: the present key works.</summary>
    public const string Opened = "opened";

    /// <summary>A call to Mion failed; the text says why.</summary>
    public const string Error = "error";

    /// <summary>The connection was tested; the text is the result's name.</summary>
    public const string ConnectionTest = "connection-test";

    /// <summary>The webhook address was tested; the text is the result's name.</summary>
    public const string WebhookTest = "webhook-test";

    /// <summary>The test of the webhook address that is under way; the text is its token.</summary>
    public const string WebhookTestToken = "webhook-test-token";

    /// <summary>The test call that arrived last; the text is its token.</summary>
    public const string WebhookTestArrived = "webhook-test-arrived";

    /// <summary>The last step of an examination of all payments; the text is where the next one goes on, 0 at the end.</summary>
    public const string Examination = "examination";

    /// <summary>The history was pruned.</summary>
    public const string Pruned = "pruned";
}
