using System.Security.Cryptography.X509Certificates;

namespace Nop.Plugin.Payments.Mion.Sandbox.Mion;

/// <summary>How one stand-in for Mion behaves; what is not set here is what the demo shop uses.</summary>
public sealed class MionStandInOptions
{
    /// <summary>Port on 127.0.0.1; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>The API key that is accepted from the start.</summary>
    public string ApiKey { get; init; } = "demo-key";

    /// <summary>Name of the request header that carries the key (assumed, not documented by Mion).</summary>
    public string ApiKeyHeader { get; init; } = "X-API-Key";

    /// <summary>What stands before the key in the header's value, such as "Bearer ".</summary>
    public string ApiKeyPrefix { get; init; } = string.Empty;

    /// <summary>
    /// What paths, fields and forms differ from the guides and from what is assumed beside them, by the keys of the plugin's
    /// contract, such as <c>session.paidAt</c>.
    /// </summary>
    public IReadOnlyDictionary<string, string> Contract { get; init; } = new Dictionary<string, string>();

    /// <summary>With which callbacks are signed where the contract has a header for it.</summary>
    public string CallbackSecret { get; init; } = "callback-secret";

    /// <summary>What the key may do; can be changed while running, see <see cref="MionStandIn.Permissions"/>.</summary>
    public MionPermissions Permissions { get; init; } = MionPermissions.All;

    /// <summary>
    /// Mion's clock: expiry, <c>paidAt</c>, attempts and the processing after a payment go by it.
    /// What happens on the wire (latency, back-off, timeouts) goes by real time.
    /// </summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Whether <c>fundingAmountAvailable</c> is what can be paid, and so stands in a session from its first moment.</summary>
    public bool AvailableMeansPayable { get; init; }

    /// <summary>How long a till's payment attempt can be paid; about two minutes at Mion.</summary>
    public TimeSpan AttemptLifetime { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Time between funding-received, funding-collected, exchanged and funded. Zero walks through them at once;
    /// <see cref="Timeout.InfiniteTimeSpan"/> stays until <see cref="MionStandIn.Advance"/> is called.
    /// </summary>
    public TimeSpan ProcessingStep { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The price that invoices are made out at; chosen so that most amounts are no whole satoshi.</summary>
    public decimal EuroPerBitcoin { get; init; } = 52_000m;

    /// <summary>Whether the checkout page returns to the shop by itself after a Lightning payment.</summary>
    public bool ReturnAfterLightning { get; init; } = true;

    /// <summary>With which it listens for https too, at a port of its own, as the service of a card; null for http alone.</summary>
    public X509Certificate2? CardCertificate { get; init; }

    /// <summary>How long a callback waits for the shop's answer.</summary>
    public TimeSpan WebhookTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often a callback is tried in all, until it is answered 2xx.</summary>
    public int WebhookTries { get; init; } = 4;

    /// <summary>Pause before the second try; doubled before each further one.</summary>
    public TimeSpan WebhookBackOff { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How long a callback that is to be overtaken waits for one that overtakes it.</summary>
    public TimeSpan LongestReorder { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How many of the latest requests the journal keeps.</summary>
    public int JournalLength { get; init; } = 1000;
}
