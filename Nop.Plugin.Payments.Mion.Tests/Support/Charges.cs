using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Payments;

namespace Nop.Plugin.Payments.Mion.Tests.Support;

/// <summary>Rows as the books read them: charges without an order, any number of them beside each other.</summary>
internal static class Charges
{
    /// <summary>One that was paid, or not, at any time.</summary>
    public static MionPaymentSession Make(DateTime createdOnUtc, DateTime? paidOnUtc, long cents = 12_90, string method = "lightning", int storeId = 1)
    {
        var session = Some.Session(paidOnUtc is null ? PaymentSessionState.Open : PaymentSessionState.Paid);
        (session.Id, session.OrderId, session.StoreId, session.AmountCents) = (0, 0, storeId, cents);
        (session.CreatedOnUtc, session.PaidOnUtc, session.PaymentMethod) = (createdOnUtc, paidOnUtc, paidOnUtc is null ? string.Empty : method);
        (session.Reference, session.Token, session.WebhookToken) = (SecretToken.Create(), SecretToken.Create(), SecretToken.Create());
        session.PaymentSessionId = Guid.NewGuid().ToString();
        return session;
    }
}
