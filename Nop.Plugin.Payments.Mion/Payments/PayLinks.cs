using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.Mion.Hosting;

namespace Nop.Plugin.Payments.Mion.Payments;

/// <summary>Whether an order has a pay link.</summary>
/// <param name="Problem">Why nothing is to be paid, or none.</param>
/// <param name="Session">The session whose page it opens; null where there is none yet.</param>
/// <param name="CanBeOffered">Whether Bitcoin can be offered for it: it waits for its payment, and was placed with another method.</param>
public sealed record PayLink(OpeningProblem Problem, MionPaymentSession? Session = null, bool CanBeOffered = false);

/// <summary>
/// The address by which an order can be paid, by whoever is given it, on any device: the page of its newest session, or of one that is
/// only reserved, which a person's button there opens.
/// </summary>
public class PayLinks(
    PaymentJournal journal,
    PaymentSessionStore store,
    PaymentSettings paymentSettings,
    SessionOpening opening,
    StoreSettings storeSettings,
    TimeProvider timeProvider)
{
    /// <summary>Says whether an order has a link, and reads only.</summary>
    public async Task<PayLink> FindAsync(Order order)
    {
        ArgumentNullException.ThrowIfNull(order);
        var sessions = await store.GetByOrderAsync(order.Id);
        var isConfigured = storeSettings.IsConfigured(await storeSettings.LoadAsync(order.StoreId));
        if (FindProblem(order, isOffered: false, sessions) is var problem and not OpeningProblem.None)
            return new(problem, CanBeOffered: isConfigured && FindProblem(order, isOffered: true, sessions) == OpeningProblem.None);
        if (!isConfigured)
            return new(OpeningProblem.NotConfigured);
        return new(OpeningProblem.None, sessions.FirstOrDefault(session => !session.IsTill) is { } newest && OffersToPay(newest, order) ? newest : null);
    }

    /// <summary>Finds the link of an order for its merchant, or makes it: one whose time has not run out.</summary>
    public async Task<PayLink> GetAsync(Order order)
    {
        var link = await FindAsync(order);
        return link.Problem != OpeningProblem.None || link.Session is { State: PaymentSessionState.Open } ? link : await ReserveAsync(order, isOffer: false);
    }

    /// <summary>As <see cref="GetAsync"/>, where nobody asks for it: makes one only for an order that has none of ours at all.</summary>
    public async Task<PayLink> GetForMailAsync(Order order)
    {
        var link = await FindAsync(order);
        return link is { Problem: OpeningProblem.None, Session: null } && (await store.GetByOrderAsync(order.Id)).Count == 0
            ? await ReserveAsync(order, isOffer: false) : link;
    }

    /// <summary>Offers Bitcoin for an order that was placed with another method, which stays the order's until it is paid.</summary>
    public async Task<PayLink> OfferAsync(Order order)
    {
        var link = await FindAsync(order);
        if (!link.CanBeOffered)
            return link;
        var offered = await ReserveAsync(order, isOffer: true);
        if (offered.Problem == OpeningProblem.None)
            await journal.OfferedAsync(order);
        return offered;
    }

    private async Task<PayLink> ReserveAsync(Order order, bool isOffer)
    {
        var settings = await storeSettings.LoadAsync(order.StoreId);
        var result = await opening.ReserveAsync(OpeningRequest.Online(order, settings) with { IsOffer = isOffer });
        return new(result.Problem, result.Problem == OpeningProblem.None ? result.Session : null);
    }

    // money that is not complete is for a person to look at, as on the page
    private static OpeningProblem FindProblem(Order order, bool isOffered, IReadOnlyList<MionPaymentSession> sessions) =>
        SessionOpening.FindObstacle(order, isOffered, sessions)?.Problem
            ?? (sessions.Any(session => session.IsStalled()) ? OpeningProblem.PaymentSeen : OpeningProblem.None);

    // where it does not, the link opens a new attempt's page
    private bool OffersToPay(MionPaymentSession session, Order order) => PaymentDecision.IsMethod(order, session)
        && (session.State == PaymentSessionState.Opening || PaymentDecision.MayBePaid(session, order, timeProvider.GetUtcNow().UtcDateTime)
            || paymentSettings.AllowRePostingPayments && SessionRules.Unpaid.Holds(session));
}
