using Nop.Core.Domain.Orders;

namespace Nop.Plugin.Payments.Mion.Payments;

/// <summary>How far the Bitcoin payment of an order has come. A value never changes its meaning.</summary>
public enum MionPaymentStatus
{
    /// <summary>There is none.</summary>
    None = 0,

    /// <summary>It can be paid.</summary>
    Waiting = 10,

    /// <summary>A payment is on its way and not complete; nobody is to be asked for another one.</summary>
    Seen = 20,

    /// <summary>It was not paid in time, or the order wants no payment any more. A late one is still watched for.</summary>
    Expired = 30,

    /// <summary>Something was paid, and a person must decide.</summary>
    NeedsPerson = 40,

    /// <summary>A person has decided.</summary>
    Handled = 50,

    /// <summary>The order is paid by it.</summary>
    Paid = 60
}

/// <summary>What other plugins may ask about the Bitcoin payment of an order. Reads the store's database, never Mion; throws what the database throws.</summary>
public interface IMionPayments
{
    /// <summary>
    /// The address at which an order can be paid with Bitcoin, by whoever is given it. To make it, its row is made where there is none;
    /// nothing is opened at Mion before a person presses the button there.
    /// </summary>
    /// <returns>The address, on the order's store; null where nothing is to be paid with Bitcoin now.</returns>
    Task<string?> GetPayLinkAsync(Order order);

    /// <summary>How far the payment has come.</summary>
    Task<MionPaymentStatus> GetStatusAsync(Order order);
}

/// <inheritdoc />
public sealed class MionPayments(PayLinks payLinks, PaymentSessionStore store, PaymentUrls paymentUrls, TimeProvider timeProvider) : IMionPayments
{
    /// <inheritdoc />
    public async Task<string?> GetPayLinkAsync(Order order) =>
        (await payLinks.GetAsync(order)).Session is { } session ? await paymentUrls.GetPaymentUrlAsync(session) : null;

    /// <inheritdoc />
    public async Task<MionPaymentStatus> GetStatusAsync(Order order)
    {
        ArgumentNullException.ThrowIfNull(order);
        var sessions = await store.GetByOrderAsync(order.Id);
        return sessions switch
        {
            [] => MionPaymentStatus.None,
            _ when sessions.Any(session => session.State == PaymentSessionState.Paid) => MionPaymentStatus.Paid,
            _ when sessions.Any(session => session.State == PaymentSessionState.NeedsPerson || session.IsStalled()) => MionPaymentStatus.NeedsPerson,
            _ when sessions.Any(session => session.IsPaymentOnItsWay()) => MionPaymentStatus.Seen,
            _ when sessions.Any(session => session.State == PaymentSessionState.Handled) => MionPaymentStatus.Handled,
            _ when await CanBePaidAsync(order, sessions) => MionPaymentStatus.Waiting,
            _ => MionPaymentStatus.Expired
        };
    }

    private async Task<bool> CanBePaidAsync(Order order, IReadOnlyList<MionPaymentSession> sessions)
    {
        var utcNow = timeProvider.GetUtcNow().UtcDateTime;
        return sessions.Any(session => session.State == PaymentSessionState.Opening || PaymentDecision.MayBePaid(session, order, utcNow))
            && await payLinks.FindAsync(order) is { Problem: OpeningProblem.None };
    }
}
