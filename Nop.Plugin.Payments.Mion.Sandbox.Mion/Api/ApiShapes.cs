using System.Text.Json.Nodes;

namespace Nop.Plugin.Payments.Mion.Sandbox.Mion;

/// <summary>The answers' fields, as Mion's guides print them, by the names of a contract.</summary>
internal sealed class ApiShapes(StandInContract contract)
{
    private const int SuggestedFeeRate = 3;

    public JsonObject Created(StandInSession session) => contract.Write("session",
        ("paymentSessionId", session.PaymentSessionId),
        ("reference", session.Reference),
        ("amount", session.Amount),
        ("currencyIso3", session.CurrencyIso3),
        ("expiresAt", contract.Time(session.ExpiresAt)),
        ("fundingAmountAvailable", session.FundingAmountAvailable),
        ("redirectUrl", session.RedirectUrl),
        ("retailPos", session.RetailPos),
        ("status", contract.Word("status", session.Status)));

    public JsonObject Status(StandInSession session) => contract.Write("session", [.. Documented(session)]);

    public JsonObject Session(StandInSession session) => contract.Write("session",
        [("amount", session.Amount), ("currencyIso3", session.CurrencyIso3), ("reference", session.Reference), .. Documented(session)]);

    /// <summary>The session of a reference: alone, or in a list.</summary>
    public JsonNode Listed(StandInSession? session)
    {
        var list = new JsonArray();
        if (session is not null)
            list.Add((JsonNode)Session(session));
        return contract.ListField is { Length: > 0 } field ? new JsonObject { [field] = list } : list;
    }

    public JsonObject Attempt(string paymentSessionId, StandInAttempt attempt) => contract.Write("offer",
        ("amountMsat", attempt.AmountMsat),
        ("blockedByCompliance", attempt.Compliance.BlockedByCompliance),
        ("expiry", contract.Time(attempt.Expiry)),
        ("lnInvoice", attempt.LnInvoice),
        ("missingComplianceCustomerFields", Texts(attempt.Compliance.MissingComplianceCustomerFields)),
        ("onChainAddress", attempt.OnChainAddress),
        ("paymentMethod", contract.Word("paymentMethod", "lightning")),
        ("paymentSessionId", paymentSessionId),
        ("suggestedFeeRate", SuggestedFeeRate));

    private (string, JsonNode?)[] Documented(StandInSession session) =>
    [
        ("expiresAt", contract.Time(session.ExpiresAt)),
        ("feeStatus", session.FeeStatus),
        ("fundingAmountAvailable", session.FundingAmountAvailable),
        ("fundingStatus", contract.Word("fundingStatus", session.FundingStatus)),
        ("paidAt", contract.Time(session.PaidAt)),
        ("paymentMethod", contract.Word("paymentMethod", session.PaymentMethod)),
        ("paymentSessionId", session.PaymentSessionId),
        ("refundSessionIds", Texts(session.RefundSessionIds)),
        ("status", contract.Word("status", session.Status))
    ];

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);
}
