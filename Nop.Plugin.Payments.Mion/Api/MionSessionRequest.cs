using Newtonsoft.Json;

namespace Nop.Plugin.Payments.Mion.Api;

/// <summary>Body of <em>Initiate a new payment session</em>.</summary>
public sealed record MionSessionRequest
{
    /// <summary>What to pay, in cents.</summary>
    [JsonProperty("amount")]
    public required long AmountCents { get; init; }

    /// <summary>Always EUR (documented).</summary>
    [JsonProperty("currencyIso3")]
    public string Currency => MionDefaults.EuroCode;

    /// <summary>False online, true at a till (documented).</summary>
    [JsonProperty("retailPos")]
    public bool RetailPos { get; init; }

    /// <summary>Our name of the session, by which it can be found again.</summary>
    [JsonProperty("reference")]
    public required string Reference { get; init; }

    /// <summary>Where the shopper is sent after paying, or on leaving.</summary>
    [JsonProperty("redirectUrl", NullValueHandling = NullValueHandling.Ignore)]
    public string? RedirectUrl { get; init; }

    /// <summary>Until when the session can be paid: ISO 8601, UTC, whole seconds (the field's name is assumed).</summary>
    [JsonProperty("expiresAt")]
    public string ExpiresAt => ExpiresOnUtc.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Until when the session can be paid, UTC, by Mion's clock when it is sent.</summary>
    [JsonIgnore]
    public required DateTime ExpiresOnUtc { get; init; }
}
