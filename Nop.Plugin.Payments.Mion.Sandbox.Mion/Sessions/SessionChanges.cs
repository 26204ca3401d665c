namespace Nop.Plugin.Payments.Mion.Sandbox.Mion;

/// <summary>What can happen to a session: from one state and a moment to the next state, or a refusal.</summary>
internal static class SessionChanges
{
    private const string Lightning = "lightning";
    private const string OnChain = "on-chain";
    private const string WellFunded = "well-funded";

    /// <summary>
    /// The session's own end. A payment that is under way outlives it: it was begun in time and may still confirm.
    /// </summary>
    public static StandInSession Settle(StandInSession session, DateTimeOffset now) =>
        session.IsOpen && session.Status != StandInStatus.FundingPending && now >= session.ExpiresAt
            ? session with { Status = StandInStatus.Expired }
            : session;

    /// <summary>Pays in full over Lightning: at a till an attempt that is still alive, online the checkout's invoice.</summary>
    public static StandInSession PayByLightning(StandInSession session, DateTimeOffset now, string? lnInvoice)
    {
        MustTakePayments(session);
        if (session.RetailPos)
            MustBePayable(session, now, lnInvoice);
        else if (lnInvoice is not null && lnInvoice != session.LnInvoice)
            throw new InvalidOperationException("No such invoice in this session.");
        return Paid(session, now, Lightning);
    }

    /// <summary>A payment on the blockchain is seen: nothing is paid before it is confirmed.</summary>
    public static StandInSession SeeOnChain(StandInSession session, DateTimeOffset now)
    {
        MustTakePayments(session);
        return session with
        {
            Status = StandInStatus.FundingPending,
            PaymentMethod = OnChain,
            FundingStatus = "waiting-for-confirmation",
            FundingAmountAvailable = session.AmountMsat
        };
    }

    /// <summary>The payment that was seen is confirmed, maybe after the session's expiry.</summary>
    public static StandInSession Confirm(StandInSession session, DateTimeOffset now) =>
        session.Status == StandInStatus.FundingPending
            ? Paid(session, now, OnChain)
            : throw new InvalidOperationException("No payment on the blockchain waits for its confirmation.");

    /// <summary>Half of the amount arrives; the rest can still be paid.</summary>
    public static StandInSession PayTooLittle(StandInSession session, DateTimeOffset now)
    {
        MustTakePayments(session);
        return session with
        {
            Status = StandInStatus.FundingInsufficient,
            PaymentMethod = OnChain,
            FundingStatus = "under-funded",
            FundingAmountAvailable = session.AmountMsat / 2
        };
    }

    /// <summary>Ends the session now.</summary>
    public static StandInSession Expire(StandInSession session, DateTimeOffset now)
    {
        MustBeOpen(session);
        return Settle(session with { ExpiresAt = now }, now);
    }

    /// <summary>Pays in full although the session is over; ends it first where it is not.</summary>
    public static StandInSession PayLate(StandInSession session, DateTimeOffset now)
    {
        MustNotBePaid(session);
        return Paid(session.ExpiresAt > now ? session with { ExpiresAt = now } : session, now, OnChain);
    }

    /// <summary>Gives back what was paid; a paid session stays paid.</summary>
    public static StandInSession Refund(StandInSession session, DateTimeOffset now)
    {
        if (!session.IsPaid && (session.FundingAmountAvailable == 0 || session.Status == StandInStatus.FundingPending))
            throw new InvalidOperationException("Nothing was paid that could be given back.");
        return session with
        {
            FundingAmountAvailable = 0,
            FundingStatus = session.IsPaid ? session.FundingStatus : "not-funded",
            RefundSessionIds = [.. session.RefundSessionIds, Guid.NewGuid().ToString()]
        };
    }

    /// <summary>The next step of Mion's own processing; what was received is no longer available once it is collected.</summary>
    public static StandInSession Advance(StandInSession session, DateTimeOffset now) =>
        StandInStatus.Next(session.Status) is { } next
            ? session with { Status = next, FundingAmountAvailable = 0 }
            : session;

    /// <summary>Adds a till's attempt.</summary>
    public static StandInSession Attempt(StandInSession session, StandInAttempt attempt)
    {
        MustTakePayments(session);
        return session with { Attempts = [.. session.Attempts, attempt] };
    }

    private static StandInSession Paid(StandInSession session, DateTimeOffset now, string method) => session with
    {
        Status = StandInStatus.FundingReceived,
        PaymentMethod = method,
        PaidAt = now,
        FundingStatus = WellFunded,
        FundingAmountAvailable = session.AmountMsat
    };

    private static void MustBePayable(StandInSession session, DateTimeOffset now, string? lnInvoice)
    {
        var attempt = lnInvoice is null
            ? session.Attempts.LastOrDefault()
            : session.Attempts.FirstOrDefault(candidate => candidate.LnInvoice == lnInvoice);
        if (attempt is null)
            throw new InvalidOperationException("No such payment attempt in this session.");
        if (!attempt.Compliance.Allows)
            throw new InvalidOperationException("Compliance stands in the way of this payment attempt.");
        if (now >= attempt.Expiry)
            throw new InvalidOperationException("This payment attempt has expired.");
    }

    private static void MustNotBePaid(StandInSession session)
    {
        if (session.IsPaid)
            throw new InvalidOperationException("The session is already paid.");
    }

    private static void MustTakePayments(StandInSession session)
    {
        MustBeOpen(session);
        if (session.Status == StandInStatus.FundingPending)
            throw new InvalidOperationException("A payment on the blockchain is already under way.");
    }

    private static void MustBeOpen(StandInSession session)
    {
        MustNotBePaid(session);
        if (!session.IsOpen)
            throw new InvalidOperationException("The session has expired.");
    }
}
