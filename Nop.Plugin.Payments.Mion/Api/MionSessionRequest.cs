using Newtonsoft.Json.Linq;

namespace Nop.Plugin.Payments.Mion.Api;

/// <summary>What <em>Initiate a new payment session</em> asks for.</summary>
public sealed record MionSessionRequest
{
    /// <summary>What to pay, in cents.</summary>
    public required long AmountCents { get; init; }

    /// <summary>False online, true at a till (documented).</summary>
    public bool RetailPos { get; init; }

    /// <summary>Our name of the session, by which it can be found again.</summary>
    public required string Reference { get; init; }

    /// <summary>Where the shopper is sent after paying, or on leaving.</summary>
    public string? RedirectUrl { get; init; }

    /// <summary>Until when the session can be paid, UTC, by Mion's clock when it is sent; in whole seconds.</summary>
    public required DateTime ExpiresOnUtc { get; init; }

    /// <summary>The fields of the body, by the guides' names; the currency is always EUR (documented).</summary>
    internal IEnumerable<(string Key, JToken Value)> GetFields(MionContract contract, DateTime utcNow)
    {
        yield return ("create.amount", AmountCents);
        yield return ("create.currencyIso3", MionDefaults.EuroCode);
        yield return ("create.retailPos", RetailPos);
        yield return ("create.reference", Reference);
        if (RedirectUrl is not null)
            yield return ("create.redirectUrl", RedirectUrl);
        yield return ("create.expiresAt", TimeForm.Write(contract["create.times"], ExpiresOnUtc, utcNow));
    }
}
