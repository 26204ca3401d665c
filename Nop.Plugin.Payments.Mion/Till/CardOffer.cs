using System.Text.Json;

namespace Nop.Plugin.Payments.Mion.Till;

/// <summary>What the service of a Bolt Card offers to pay (LNURL-withdraw, LUD-03). Pure.</summary>
/// <param name="Callback">Where it wants to be sent the invoice; may be called.</param>
/// <param name="Key">By which it knows the tap (<c>k1</c>).</param>
/// <param name="LeastMsat">Milli-satoshi.</param>
/// <param name="MostMsat">Milli-satoshi.</param>
public sealed record CardOffer(Uri Callback, string Key, decimal LeastMsat, decimal MostMsat)
{
    private const string Tag = "withdrawRequest";

    /// <summary>Reads the answer of the address that stands on the card.</summary>
    /// <exception cref="CardException">It offers nothing.</exception>
    public static CardOffer Read(byte[] answer) => Read(answer, json =>
        Text(json, "tag") == Tag && Text(json, "callback") is { } callback && Text(json, "k1") is { Length: > 0 } key
        && Amount(json, "minWithdrawable") is { } least && Amount(json, "maxWithdrawable") is { } most
            ? new CardOffer(PublicAddress.Read(callback) ?? throw new CardException(CardResult.NotAllowed), key, least, most)
            : throw new CardException(CardResult.Unusable));

    /// <summary>Reads the answer of the callback.</summary>
    /// <exception cref="CardException">The service has not taken the invoice.</exception>
    public static void ReadTaken(byte[] answer) => Read(answer, json => Is(json, "OK") ? true : throw new CardException(CardResult.Unusable));

    /// <summary>Whether so much can be paid at a time.</summary>
    public bool Allows(long amountMsat) => amountMsat >= LeastMsat && amountMsat <= MostMsat;

    /// <summary>The address that sends it the invoice.</summary>
    public Uri For(string invoice)
    {
        var address = Callback.GetLeftPart(UriPartial.Query);
        return new($"{address}{(Callback.Query.Length > 0 ? '&' : '?')}k1={Uri.EscapeDataString(Key)}&pr={Uri.EscapeDataString(invoice)}");
    }

    private static T Read<T>(byte[] answer, Func<JsonElement, T> read)
    {
        try
        {
            using var json = JsonDocument.Parse(answer);
            if (json.RootElement.ValueKind != JsonValueKind.Object)
                throw new CardException(CardResult.Unusable);
            return Is(json.RootElement, "ERROR") ? throw new CardException(CardResult.Refused) : read(json.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // the second: half a character in a text
            throw new CardException(CardResult.Unusable, exception);
        }
    }

    private static bool Is(JsonElement json, string status) => string.Equals(Text(json, "status"), status, StringComparison.OrdinalIgnoreCase);

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static decimal? Amount(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var amount) ? amount : null;
}
