using Nop.Plugin.Payments.Mion.Api;

namespace Nop.Plugin.Payments.Mion.Tests.Support;

/// <summary>
/// A Mion with other paths, names and forms than are assumed: its description, as a merchant would read it in, and the same
/// written down by hand, by which the stand-in answers. What the importer makes of the one must be the other.
/// </summary>
/// <remarks><c>MION_DESCRIBED=snake dotnet test …</c> runs every test with a demo shop against one of them.</remarks>
public sealed record MadeUpMion(
    string Name, string BasePath, string KeyHeader, string KeyPrefix, IReadOnlyDictionary<string, string> Contract)
{
    /// <summary>With which an account-wide Mion signs.</summary>
    public const string CallbackSecret = "callback-secret";

    /// <summary>What a merchant answers where the description leaves a choice.</summary>
    public IReadOnlyDictionary<string, string> Choices { get; init; } = new Dictionary<string, string>();

    public static IReadOnlyList<MadeUpMion> All { get; } =
    [
        new("paths", "/v2", "Authorization", "Bearer", new Dictionary<string, string>
        {
            ["create.path"] = "POST /v2/checkout/sessions",
            ["status.path"] = "GET /v2/checkout/sessions/{paymentSessionId}/state",
            ["byReference.path"] = "GET /v2/checkout/references/{reference}",
            ["webhook.path"] = "PUT /v2/checkout/sessions/{paymentSessionId}/notifications",
            ["attempt.path"] = "POST /v2/checkout/sessions/{paymentSessionId}/attempts",
            ["create.redirectUrl"] = "returnUrl",
            ["create.expiresAt"] = "validUntil",
            ["session.paymentSessionId"] = "data.sessionId",
            ["session.paidAt"] = "data.paidAt",
            ["session.expiresAt"] = "data.validUntil",
            ["session.status"] = "data.state",
            ["session.fundingStatus"] = "data.fundingStatus",
            ["session.feeStatus"] = "data.feeStatus",
            ["session.fundingAmountAvailable"] = "data.fundingAmountAvailable",
            ["session.paymentMethod"] = "data.paymentMethod",
            ["session.refundSessionIds"] = "data.refunds",
            ["session.amount"] = "data.amount",
            ["session.currencyIso3"] = "data.currencyIso3",
            ["session.reference"] = "data.reference",
            ["webhook.url"] = "callbackUrl",
            ["attempt.paymentSessionId"] = "",
            ["offer.paymentSessionId"] = "data.sessionId",
            ["offer.amountMsat"] = "data.amountMsat",
            ["offer.expiry"] = "data.expiry",
            ["offer.lnInvoice"] = "data.lightningInvoice",
            ["offer.onChainAddress"] = "data.bitcoinAddress",
            ["offer.suggestedFeeRate"] = "data.feeRate",
            ["offer.blockedByCompliance"] = "data.blockedByCompliance",
            ["offer.missingComplianceCustomerFields"] = "data.missingComplianceCustomerFields",
            ["callback.paymentSessionId"] = "sessionId",
            ["callback.status"] = "state"
        }),
        new("snake", "/api", "Api-Key", "", new Dictionary<string, string>
        {
            ["create.path"] = "POST /api/payments/sessions",
            ["status.path"] = "GET /api/payments/sessions/{paymentSessionId}/status",
            ["byReference.path"] = "GET /api/payments/sessions?reference={reference}",
            ["webhook.path"] = "POST /api/payments/sessions/{paymentSessionId}/webhooks",
            ["attempt.path"] = "POST /api/payments/attempts",
            ["create.currencyIso3"] = "currency_iso3",
            ["create.retailPos"] = "retail_pos",
            ["create.redirectUrl"] = "redirect_url",
            ["create.expiresAt"] = "expires_at",
            ["create.times"] = "unix",
            ["session.paymentSessionId"] = "payment_session_id",
            ["session.paidAt"] = "paid_at",
            ["session.expiresAt"] = "expires_at",
            ["session.fundingStatus"] = "funding_status",
            ["session.feeStatus"] = "fee_status",
            ["session.fundingAmountAvailable"] = "funding_amount_available",
            ["session.paymentMethod"] = "payment_method",
            ["session.refundSessionIds"] = "refund_session_ids",
            ["session.currencyIso3"] = "currency_iso3",
            ["answers.times"] = "unix",
            ["status=funding-received"] = "funding_received",
            ["status=funding-collected"] = "funding_collected",
            ["fundingStatus=well-funded"] = "well_funded",
            ["byReference.items"] = "items",
            ["webhook.url"] = "webhook_url",
            ["attempt.paymentSessionId"] = "payment_session_id",
            ["attempt.retailPos"] = "retail_pos",
            ["offer.paymentSessionId"] = "payment_session_id",
            ["offer.amountMsat"] = "amount_msat",
            ["offer.lnInvoice"] = "ln_invoice",
            ["offer.onChainAddress"] = "on_chain_address",
            ["offer.suggestedFeeRate"] = "suggested_fee_rate",
            ["offer.blockedByCompliance"] = "blocked_by_compliance",
            ["offer.missingComplianceCustomerFields"] = "missing_compliance_customer_fields",
            ["callback.paymentSessionId"] = "payment_session_id"
        }),
        new("account", "/v1", "X-Mion-Key", "", new Dictionary<string, string>
        {
            ["create.path"] = "POST /v1/payment-sessions",
            ["status.path"] = "GET /v1/payment-sessions/{paymentSessionId}/status",
            ["byReference.path"] = "GET /v1/payment-sessions/by-reference/{reference}",
            ["webhook.path"] = "POST /v1/webhooks",
            ["attempt.path"] = "POST /v1/payment-sessions/{paymentSessionId}/payment-attempts",
            ["create.expiresAt"] = "expiresInSeconds",
            ["create.times"] = "seconds",
            ["byReference.items"] = "[]",
            ["callback.paymentSessionId"] = "session.paymentSessionId",
            ["callback.status"] = "session.status",
            ["callback.signatureHeader"] = "X-Mion-Signature"
        })
        {
            Choices = new Dictionary<string, string> { ["baseUrl"] = "https://live.mion.example/v1" }
        }
    ];

    /// <summary>The one that a run is to go against; null for the usual stand-in.</summary>
    public static MadeUpMion? Chosen => Find(Environment.GetEnvironmentVariable("MION_DESCRIBED"));

    public static MadeUpMion? Find(string? name) => string.IsNullOrEmpty(name) ? null : All.Single(mion => mion.Name == name);

    /// <summary>The description's file.</summary>
    public string File => Path.Combine(Repository.Root, "Nop.Plugin.Payments.Mion.Tests", "Described", $"{Name}.json");

    /// <summary>What the importer makes of the description.</summary>
    public ContractProposal Propose() => ContractProposal.Of(OpenApiReader.Read(System.IO.File.ReadAllBytes(File)).Description, Choices);

    /// <summary>The plugin's settings after the import, by nopCommerce's names; the address is the stand-in's.</summary>
    public IEnumerable<(string Name, string Value)> Settings(Uri standIn)
    {
        var proposal = Propose();
        var values = proposal.Rows.ToDictionary(row => row.Key, row => row.Value);
        var header = values["apiKeyHeader"].Split(": ");
        yield return ("baseurl", standIn.ToString().TrimEnd('/') + new Uri(values["baseUrl"]).AbsolutePath);
        yield return ("apikeyheader", header[0]);
        yield return ("apikeyprefix", header.ElementAtOrDefault(1) ?? "");
        yield return ("createsessionpath", values["create.path"].Split(' ')[1]);
        yield return ("getsessionstatuspath", values["status.path"].Split(' ')[1]);
        yield return ("getsessionbyreferencepath", values["byReference.path"].Split(' ')[1]);
        yield return ("createwebhookpath", values["webhook.path"].Split(' ')[1]);
        yield return ("createpaymentattemptpath", values["attempt.path"].Split(' ')[1]);
        yield return ("callbacksignatureheader", values["callback.signatureHeader"]);
        if (values["callback.signatureHeader"].Length > 0)
            yield return ("callbacksecret", CallbackSecret);
        yield return ("apicontract", proposal.ToContract().ToText());
    }
}
