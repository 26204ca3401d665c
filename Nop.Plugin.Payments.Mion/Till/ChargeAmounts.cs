using Nop.Plugin.Payments.Mion.Payments;

namespace Nop.Plugin.Payments.Mion.Till;

/// <summary>What a charge is about, as people write it, in the currency that it was typed in.</summary>
/// <param name="Sum">What the customer pays, the tip included.</param>
/// <param name="Base">The same without the tip.</param>
/// <param name="Tip">The tip, or empty.</param>
/// <param name="Euro">What that is at Mion, and the rate; empty where nothing is converted.</param>
public sealed record ChargeAmounts(string Sum, string Base, string Tip, string Euro)
{
    public static ChargeAmounts Of(MionPaymentSession session, ReaderFormat format)
    {
        if (!session.IsConverted())
            return new(format.Amount(session.SumCents()), format.Amount(session.AmountCents), session.TipCents > 0 ? format.Amount(session.TipCents) : string.Empty, string.Empty);
        // a tip from before it was kept in this currency is reckoned back
        var tip = session.TipTotal > 0 || session.TipCents == 0 ? session.TipTotal : decimal.Round(EuroAmount.ToEuro(session.TipCents) / session.ExchangeRate, 2);
        string Write(decimal amount) => format.Money(amount, session.CurrencyCode);
        return new(Write(session.OrderTotal + tip), Write(session.OrderTotal), tip > 0 ? Write(tip) : string.Empty,
            $"{format.Amount(session.SumCents())} (1 {session.CurrencyCode} = {format.ShortRate(session.ExchangeRate)} EUR)");
    }

    /// <summary>A tip apart: <c>€10.00 + €1.00</c>.</summary>
    public string Parts() => Tip.Length > 0 ? $"{Base} + {Tip}" : Base;
}
