using Newtonsoft.Json;

namespace Nop.Plugin.Payments.Mion.Hosting.Health;

/// <summary>How far a test has come in which Mion calls the store.</summary>
public enum RoundTripStage
{
    /// <summary>Mion did not open the test session.</summary>
    SessionRefused,

    /// <summary>Mion did not take the webhook's address.</summary>
    WebhookRefused,

    /// <summary>Mion calls when the session changes, at the latest when it ends.</summary>
    Waiting,

    /// <summary>Mion's call has arrived.</summary>
    Arrived,

    /// <summary>The session has changed at Mion, and no call has arrived.</summary>
    NotArrived,

    /// <summary>The session is over and has not changed at Mion: there was nothing to call about.</summary>
    NothingToReport
}

/// <summary>
/// A test in which Mion calls the store about a session of the smallest amount, which belongs to no order and has no
/// row among the payments.
/// </summary>
/// <remarks>Kept as <see cref="HealthFacts.RoundTrip"/> of a store, so that any machine can go on with it.</remarks>
public sealed record RoundTrip
{
    private const int MaxStatusLength = 40;

    /// <summary>How far it has come.</summary>
    public RoundTripStage Stage { get; init; }

    /// <summary>What stands in the address that Mion calls.</summary>
    public string Token { get; init; } = string.Empty;

    /// <summary>Mion's id of the test session; empty before there is one.</summary>
    public string PaymentSessionId { get; init; } = string.Empty;

    /// <summary>Mion's status of the session when it was opened, to see whether there was anything to call about.</summary>
    public string Status { get; init; } = string.Empty;

    /// <summary>When the session ends, UTC.</summary>
    public DateTime ExpiresOnUtc { get; init; }

    /// <summary>The result's name where Mion refused something.</summary>
    public string Problem { get; init; } = string.Empty;

    /// <summary>Of the store's address; a test of another address says nothing any more.</summary>
    public string Address { get; init; } = string.Empty;

    /// <summary>Writes it down.</summary>
    public string ToText() => PlainJson.Write(this with { Status = Shorten(Status) },
        new JsonSerializerSettings { DateTimeZoneHandling = DateTimeZoneHandling.Utc, DateFormatString = "yyyy-MM-ddTHH:mm:ssZ" });

    /// <summary>Reads what <see cref="ToText"/> wrote; null for anything else.</summary>
    /// <param name="text">The text, or null.</param>
    public static RoundTrip? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        try
        {
            var trip = PlainJson.Read<RoundTrip>(text, new JsonSerializerSettings { DateTimeZoneHandling = DateTimeZoneHandling.Utc });
            return trip is { Token: not null, PaymentSessionId: not null, Status: not null, Problem: not null, Address: not null } ? trip : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Whether Mion's status of the session is another than at the beginning.</summary>
    public bool HasChanged(string? status) => !string.Equals(Status, Shorten(status ?? string.Empty), StringComparison.Ordinal);

    private static string Shorten(string status) => TextLimits.Cut(status, MaxStatusLength);
}
