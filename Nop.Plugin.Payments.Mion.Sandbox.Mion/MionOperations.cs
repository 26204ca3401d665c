namespace Nop.Plugin.Payments.Mion.Sandbox.Mion;

/// <summary>The short names that counters, the journal and fault rules know Mion's operations by.</summary>
public static class MionOperations
{
    /// <summary>Initiate a new payment session.</summary>
    public const string CreateSession = "POST session";

    /// <summary>Retrieve a payment session by its ID.</summary>
    public const string GetSession = "GET session";

    /// <summary>Retrieve a payment session by its reference.</summary>
    public const string GetByReference = "GET reference";

    /// <summary>Get a payment session status.</summary>
    public const string GetStatus = "GET status";

    /// <summary>Initiate a webhook for payment session status updates.</summary>
    public const string RegisterWebhook = "POST webhook";

    /// <summary>New payment attempt.</summary>
    public const string CreateAttempt = "POST attempt";

    /// <summary>A callback that the stand-in sends to a shop; counted once per try.</summary>
    public const string Callback = "callback";

    /// <summary>The address that stands on a Bolt Card.</summary>
    public const string CardTap = "GET card";

    /// <summary>An invoice that a Bolt Card's service is to pay.</summary>
    public const string CardInvoice = "GET card/callback";

    /// <summary>A request to a path that Mion does not have.</summary>
    public const string Unknown = "unknown";

    /// <summary>In a fault rule: every operation of the API.</summary>
    public const string Any = "*";

    /// <summary>Every operation of the API.</summary>
    public static IReadOnlyList<string> Api { get; } =
        [CreateSession, GetSession, GetByReference, GetStatus, RegisterWebhook, CreateAttempt];
}
