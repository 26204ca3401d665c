using System.Globalization;
using Nop.Plugin.Payments.Mion.Payments;

namespace Nop.Plugin.Payments.Mion.Till;

/// <summary>What a store's tills offer as a tip, in one place for the assistant's page and the customer's screen. Pure.</summary>
/// <param name="Percentages">In the order of the settings; none is 0.</param>
/// <param name="AllowsFree">Whether a tip may be typed.</param>
/// <remarks>Amounts and tips are hundredths of the currency that the charge was typed in: cents of a euro.</remarks>
public sealed record TipOffer(IReadOnlyList<int> Percentages, bool AllowsFree)
{
    public static TipOffer Of(MionTillSettings settings) =>
        new([.. new[] { settings.TipPercent1, settings.TipPercent2, settings.TipPercent3 }.Where(percent => percent is > 0 and <= 100).Distinct()], settings.AllowFreeTip);

    /// <summary>Whether there is anything to choose.</summary>
    public bool IsOn => Percentages.Count > 0 || AllowsFree;

    /// <summary>A percentage of an amount; half a hundredth is rounded up.</summary>
    public static long GetTip(long amount, int percent) => (amount * percent + 50) / 100;

    /// <summary>The largest tip: as much as the amount itself, and no more in all than a till charges.</summary>
    /// <param name="exchangeRate">Euro for one unit of the currency.</param>
    public static long GetLargest(long amount, decimal exchangeRate) => Math.Clamp((long)(TillDefaults.MaxCents / exchangeRate) - amount, 0, amount);

    /// <summary>Reads what was chosen.</summary>
    /// <param name="session">The charge that the tip is on top of.</param>
    /// <param name="percent">The button that was pressed, 0 for no tip; null where an amount was typed.</param>
    /// <param name="text">The amount that was typed.</param>
    /// <param name="culture">Of whoever typed.</param>
    /// <returns>Null where it is none that is offered.</returns>
    public Tip? Read(MionPaymentSession session, int? percent, string? text, CultureInfo culture)
    {
        var amount = EuroAmount.ToCents(session.OrderTotal);
        long? tip = percent switch
        {
            0 => 0,
            { } button when Percentages.Contains(button) => GetTip(amount, button),
            null when AllowsFree && AmountInput.TryParse(text, culture, out var typed) => typed,
            _ => null
        };
        return tip is { } chosen && chosen <= GetLargest(amount, session.ExchangeRate)
            ? new Tip(EuroAmount.ToCents(EuroAmount.ToEuro(chosen), session.ExchangeRate), EuroAmount.ToEuro(chosen))
            : null;
    }
}

/// <summary>A tip as a button shows it.</summary>
/// <param name="Percent">Such as <c>10 %</c>, as people write it.</param>
/// <param name="Amount">In the currency of the charge.</param>
public sealed record TipButton(int Value, string Percent, string Amount)
{
    /// <summary>The buttons of an offer.</summary>
    public static IReadOnlyList<TipButton> Make(TipOffer offer, MionPaymentSession session, ReaderFormat format) =>
        [.. offer.Percentages.Select(percent => (Percent: percent, Tip: offer.Read(session, percent, text: null, format.Culture))).Where(button => button.Tip is not null)
            .Select(button => new TipButton(button.Percent, (button.Percent / 100m).ToString("P0", format.Culture), format.Money(button.Tip!.Value.Total, session.CurrencyCode)))];
}
