using System.Text;
using Microsoft.AspNetCore.Http;
using static Nop.Plugin.Payments.Mion.Sandbox.Mion.Html;

namespace Nop.Plugin.Payments.Mion.Sandbox.Mion;

/// <summary>What a shopper sees at Mion, with a button for everything that a shopper's wallet can do.</summary>
internal static class CheckoutPage
{
    public static IResult Of(StandInSession session, DateTimeOffset now, bool returnByItself)
    {
        var paidByLightning = session is { IsPaid: true, PaymentMethod: "lightning" };
        return Page("Checkout", $"""
            <div class="card">
            <h1>Pay with Bitcoin</h1>
            <p class="amount">{Euro(session.Amount)}</p>
            <p><span class="state {Colour(session)}" role="status">{State(session)}</span></p>
            <p class="soft">{Text(session.Reference is null ? "No reference" : $"Reference {session.Reference}")}<br>
            {Ending(session)}</p>
            </div>
            {Invoice(session, now)}
            {Actions(session, now)}
            <p class="soft">This is a stand-in for Mion, for development. No bitcoin moves. Session <code>{Text(session.PaymentSessionId)}</code></p>
            """, goTo: paidByLightning && returnByItself ? session.RedirectUrl : null);
    }

    private static string State(StandInSession session) => session.Status switch
    {
        StandInStatus.Initiated => "Waiting for payment",
        StandInStatus.FundingPending => "Payment seen, waiting for confirmation",
        StandInStatus.FundingInsufficient => "Too little was paid",
        StandInStatus.Expired => "Expired",
        _ => $"Paid ({session.Status})"
    };

    private static string Colour(StandInSession session) =>
        session.IsPaid ? "good" : session.Status == StandInStatus.Expired ? "bad" : "warn";

    private static string Ending(StandInSession session) => session switch
    {
        { PaidAt: { } paidAt } => $"Paid {Time(paidAt)}",
        { Status: StandInStatus.Expired } => $"Expired {Time(session.ExpiresAt)}",
        _ => $"Expires {Time(session.ExpiresAt)}"
    };

    /// <summary>Online the session's own invoice, at a till the newest attempt's while it lives; null when there is none to pay.</summary>
    private static string? Payable(StandInSession session, DateTimeOffset now)
    {
        if (!session.IsOpen || session.Status == StandInStatus.FundingPending)
            return null;
        if (!session.RetailPos)
            return session.LnInvoice;
        return session.Attempts.LastOrDefault() is { } attempt && attempt.Expiry > now ? attempt.LnInvoice : null;
    }

    private static string Invoice(StandInSession session, DateTimeOffset now) => Payable(session, now) is { } invoice
        ? $"""
            <div class="card">
            <h2>Lightning invoice</h2>
            <code class="invoice" id="invoice">{Text(invoice)}</code>
            </div>
            """
        : string.Empty;

    private static string Actions(StandInSession session, DateTimeOffset now)
    {
        var actions = new StringBuilder();
        void Offer(string act, string label, string style = "") =>
            actions.AppendLine(Button($"/checkout/{session.PaymentSessionId}/{act}", label, style));

        if (Payable(session, now) is not null)
            Offer("pay-lightning", "Pay by Lightning", "primary");
        if (session.IsOpen && session.Status != StandInStatus.FundingPending)
        {
            Offer("pay-on-chain", "Pay on chain (seen now)");
            Offer("pay-too-little", "Pay too little");
        }
        if (session.Status == StandInStatus.FundingPending)
            Offer("confirm", "Confirm the on-chain payment", "primary");
        if (session.IsOpen)
            Offer("expire", "Let it expire");
        if (session.Status == StandInStatus.Expired)
            Offer("pay-late", "Pay all the same, after the expiry");
        if (session.RedirectUrl is { } redirectUrl)
        {
            var (label, style) = session.IsPaid ? ("Back to the shop", " primary") : ("Back to the shop without paying", string.Empty);
            actions.AppendLine($"<a class=\"button{style}\" id=\"back\" href=\"{Text(redirectUrl)}\">{label}</a>");
        }
        return $"<div class=\"card actions\">{actions}</div>";
    }
}
