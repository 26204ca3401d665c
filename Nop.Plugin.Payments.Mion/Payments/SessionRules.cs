using System.Linq.Expressions;

namespace Nop.Plugin.Payments.Mion.Payments;

/// <summary>A rule about a session's row, written once: the database evaluates it in a query, <see cref="Holds"/> in memory.</summary>
/// <param name="Expression">The rule for a query; columns only.</param>
public sealed record SessionRule(Expression<Func<MionPaymentSession, bool>> Expression)
{
    private readonly Lazy<Func<MionPaymentSession, bool>> _compiled = new(Expression.Compile);

    /// <summary>Whether the rule holds for a session in memory.</summary>
    public bool Holds(MionPaymentSession session) => _compiled.Value(session);

    /// <summary>The opposite.</summary>
    public SessionRule Not() => Make(System.Linq.Expressions.Expression.Not(Expression.Body));

    /// <summary>Both.</summary>
    public SessionRule And(SessionRule other) => Make(System.Linq.Expressions.Expression.AndAlso(Expression.Body, BodyOf(other)));

    /// <summary>At least one of both.</summary>
    public SessionRule Or(SessionRule other) => Make(System.Linq.Expressions.Expression.OrElse(Expression.Body, BodyOf(other)));

    private SessionRule Make(Expression body) => new(System.Linq.Expressions.Expression.Lambda<Func<MionPaymentSession, bool>>(body, Expression.Parameters));

    private Expression BodyOf(SessionRule other) => other.Expression.Body.Replace(other.Expression.Parameters[0], Expression.Parameters[0]);
}

/// <summary>The rules about sessions that more than one place depends on.</summary>
public static class SessionRules
{
    private static readonly SessionRule _fundsSeen = new(session => session.FundsSeen);
    private static readonly SessionRule _ownerToldOfStall = new(session => session.PersonToldOf == MionPaymentSession.ToldOfStalled);

    /// <summary>Mion knows the session and does not call it paid.</summary>
    public static SessionRule Unpaid { get; } = In(PaymentSessionState.Open).Or(In(PaymentSessionState.Expired));

    /// <summary>Its address has been given to somebody who may pay; Mion has not been asked for anything yet.</summary>
    public static SessionRule Reserved { get; } = In(PaymentSessionState.Opening).And(new(session => session.IsReserved));

    /// <summary>Mion does not know the session although it created it; whether or not a person has dealt with that.</summary>
    public static SessionRule UnknownAtMion { get; } = In(PaymentSessionState.NeedsPerson).Or(In(PaymentSessionState.Handled))
        .And(new(session => session.ReviewReasonId == (int)ReviewReason.UnknownAtMion));

    /// <summary>
    /// Nothing about its payment can change any more. What a person has dealt with while Mion did not know the session is
    /// no such thing: nobody knew then whether it was paid.
    /// </summary>
    public static SessionRule Settled { get; } = In(PaymentSessionState.Paid).Or(In(PaymentSessionState.Handled).And(UnknownAtMion.Not()));

    /// <summary>The opposite of <see cref="Settled"/>.</summary>
    public static SessionRule NotSettled { get; } = Settled.Not();

    /// <summary>
    /// Mion has received the payment, applied or not. No money stands behind a session that Mion does not know, though it
    /// waits for a person too.
    /// </summary>
    public static SessionRule HasMoney { get; } = In(PaymentSessionState.Paid).Or(In(PaymentSessionState.NeedsPerson).And(UnknownAtMion.Not()));

    /// <summary>
    /// A payment was seen that is not complete, long after its time: too little was paid, or it hangs on the blockchain.
    /// The store owner has been told.
    /// </summary>
    public static SessionRule Stalled { get; } = Unpaid.And(_fundsSeen).And(_ownerToldOfStall);

    /// <summary>A payment is on its way: nobody is to be asked for another one.</summary>
    public static SessionRule OnItsWay { get; } = Unpaid.And(_fundsSeen).And(_ownerToldOfStall.Not());

    /// <summary>An answer that the session is unpaid may be recorded: Mion knew it so far, or knows it again.</summary>
    public static SessionRule Watched { get; } = Unpaid.Or(UnknownAtMion);

    /// <summary>It waits for a person, or for Mion to know it again.</summary>
    public static SessionRule Waiting { get; } = In(PaymentSessionState.NeedsPerson).Or(UnknownAtMion);

    /// <summary>Its payment has arrived, or nobody looks for it any more: refunds of it may be noted.</summary>
    public static SessionRule Concluded { get; } = In(PaymentSessionState.Paid).Or(In(PaymentSessionState.NeedsPerson)).Or(In(PaymentSessionState.Handled));

    /// <summary>It still needs its webhook: it can be paid, and Mion has neither accepted nor finally refused it.</summary>
    public static SessionRule WebhookMissing { get; } = In(PaymentSessionState.Open).And(new(session =>
        session.PaymentSessionId != string.Empty && session.WebhookOnUtc == null && session.WebhookFailures < WebhookRegistration.MaxFailures));

    /// <summary>
    /// No worker holds the row: nobody has claimed it, or the claim is older than its lease, so its holder has crashed. By
    /// the database's clock, the one that all machines share.
    /// </summary>
    public static SessionRule NotClaimed { get; } =
        new(DatabaseClock.Use<MionPaymentSession, bool>((session, utcNow) => session.ClaimToken == null || session.ClaimedUntilUtc < utcNow));

    /// <summary>As <see cref="NotClaimed"/>, of the claim on the order that stands in its first session.</summary>
    public static SessionRule OrderNotClaimed { get; } =
        new(DatabaseClock.Use<MionPaymentSession, bool>((session, utcNow) => session.OrderClaimToken == null || session.OrderClaimedUntilUtc < utcNow));

    /// <summary>A session is in a state.</summary>
    public static SessionRule In(PaymentSessionState state)
    {
        // as a constant: a captured variable would be a parameter of the statement
        var session = Expression.Parameter(typeof(MionPaymentSession), "session");
        return new(Expression.Lambda<Func<MionPaymentSession, bool>>(
            Expression.Equal(Expression.Property(session, nameof(MionPaymentSession.StateId)), Expression.Constant((int)state)), session));
    }

    /// <summary>Sessions for which a rule holds.</summary>
    public static IQueryable<MionPaymentSession> Where(this IQueryable<MionPaymentSession> sessions, SessionRule rule) => sessions.Where(rule.Expression);
}
