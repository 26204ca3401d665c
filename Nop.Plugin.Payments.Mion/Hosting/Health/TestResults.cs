namespace Nop.Plugin.Payments.Mion.Hosting.Health;

/// <summary>What a test of the connection to Mion found. Stored by its name: never change one.</summary>
public enum ConnectionTestResult
{
    /// <summary>The address answers, the key is accepted and has the permission.</summary>
    Works,

    /// <summary>No key is stored, or it cannot be read any more.</summary>
    NoApiKey,

    /// <summary>The address in the settings is not an https URL.</summary>
    BadAddress,

    /// <summary>Nothing answers at the address.</summary>
    Unreachable,

    /// <summary>Something answers with a redirect: a wrong address.</summary>
    Redirected,

    /// <summary>The key is not accepted.</summary>
    KeyRefused,

    /// <summary>The key lacks <em>Payments Read &amp; Write</em>.</summary>
    PermissionMissing,

    /// <summary>Something answers, but without looking at the key: wrong address, path or header.</summary>
    KeyNotChecked,

    /// <summary>Mion answers with an error, or with something that is not its API.</summary>
    ErrorAtMion,

    /// <summary>A refusal that cannot be Mion's: a firewall, a bot protection, a proxy, or another site.</summary>
    SomethingInFront
}

/// <summary>What a test of the webhook's address found. Stored by its name: never change one.</summary>
public enum WebhookTestResult
{
    /// <summary>The call arrived.</summary>
    Arrived,

    /// <summary>The store's URL in nopCommerce is not a complete address.</summary>
    BadStoreUrl,

    /// <summary>Nothing answers at the store's URL, or not in time.</summary>
    NotReachable,

    /// <summary>The store's URL answers with a redirect; a webhook is not carried on by one.</summary>
    Redirected,

    /// <summary>Something in front of the store refuses the call.</summary>
    Blocked,

    /// <summary>Something answers, but the call did not reach this store.</summary>
    ElsewhereOrCached
}

/// <summary>What a test found.</summary>
/// <param name="Result">The result.</param>
/// <param name="Fingerprint">Of what was tested: a test of something else than today's says nothing any more.</param>
public sealed record TestOutcome<T>(T Result, string Fingerprint) where T : struct, Enum;
