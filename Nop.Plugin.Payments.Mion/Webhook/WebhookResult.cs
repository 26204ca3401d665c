namespace Nop.Plugin.Payments.Mion.Webhook;

/// <summary>What came of a call.</summary>
public enum WebhookResult
{
    /// <summary>The session says what Mion says.</summary>
    Handled,

    /// <summary>It belongs to a test of the address.</summary>
    Test,

    /// <summary>The token names nothing.</summary>
    Unknown,

    /// <summary>It did not work this time; another call is welcome.</summary>
    NotHandled
}
