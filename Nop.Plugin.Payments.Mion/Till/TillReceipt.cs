using Nop.Core.Domain.Stores;
using Nop.Plugin.Payments.Mion.Payments;

namespace Nop.Plugin.Payments.Mion.Till;

/// <summary>The digital receipt of a charge: from when until when it opens, and where.</summary>
public static class TillReceipt
{
    /// <summary>Until when it opens; null where there is none now.</summary>
    public static DateTime? GetEnd(MionPaymentSession session, DateTime utcNow) =>
        session is { IsTill: true, State: PaymentSessionState.Paid, PaidOnUtc: { } paidOnUtc } && utcNow - paidOnUtc <= TillDefaults.ReceiptLifetime
            ? paidOnUtc + TillDefaults.ReceiptLifetime
            : null;

    /// <summary>Its address, on the store that was paid; empty where there is none now.</summary>
    public static string GetUrl(MionPaymentSession session, Store? store, DateTime utcNow) =>
        store is not null && GetEnd(session, utcNow) is not null ? $"{PaymentUrls.GetStoreUrl(store)}/{MionDefaults.Path.Receipt}/{session.Token}" : string.Empty;

    /// <summary>The address as a code for the customer's phone, as the address of a picture; empty where there is none now.</summary>
    public static string GetCode(MionPaymentSession session, Store? store, DateTime utcNow) =>
        GetUrl(session, store, utcNow) is { Length: > 0 } url ? Hosting.QrCode.ToDataUrl(url) : string.Empty;
}
