namespace Nop.Plugin.Payments.Mion.Sandbox.Mion;

/// <summary>The answers' fields, as Mion's guides print them.</summary>
internal static class ApiShapes
{
    private const int SuggestedFeeRate = 3;

    public static object Created(StandInSession session) => new
    {
        session.PaymentSessionId,
        session.Reference,
        session.Amount,
        session.CurrencyIso3,
        ExpiresAt = StandInJson.Time(session.ExpiresAt),
        session.FundingAmountAvailable,
        session.RedirectUrl,
        session.RetailPos,
        session.Status
    };

    public static object Status(StandInSession session) => new
    {
        ExpiresAt = StandInJson.Time(session.ExpiresAt),
        session.FeeStatus,
        session.FundingAmountAvailable,
        session.FundingStatus,
        PaidAt = StandInJson.Time(session.PaidAt),
        session.PaymentMethod,
        session.PaymentSessionId,
        session.RefundSessionIds,
        session.Status
    };

    public static object Session(StandInSession session) => new
    {
        session.Amount,
        session.CurrencyIso3,
        ExpiresAt = StandInJson.Time(session.ExpiresAt),
        session.FeeStatus,
        session.FundingAmountAvailable,
        session.FundingStatus,
        PaidAt = StandInJson.Time(session.PaidAt),
        session.PaymentMethod,
        session.PaymentSessionId,
        session.Reference,
        session.RefundSessionIds,
        session.Status
    };

    public static object Attempt(string paymentSessionId, StandInAttempt attempt) => new
    {
        attempt.AmountMsat,
        attempt.Compliance.BlockedByCompliance,
        Expiry = StandInJson.Time(attempt.Expiry),
        attempt.LnInvoice,
        attempt.Compliance.MissingComplianceCustomerFields,
        attempt.OnChainAddress,
        PaymentMethod = "lightning",
        PaymentSessionId = paymentSessionId,
        SuggestedFeeRate
    };
}
