using System.Globalization;
using Nop.Plugin.Payments.Mion.Payments;

namespace Nop.Plugin.Payments.Mion.Till;

/// <summary>What a store's tills offer as a tip, in one place for the assistant's page and the customer's screen. Pure.</summary>
/// <param name="Percentages">In the order of the settings; none is 0.</param>
/// <param name="AllowsFree">Whether a tip may be typed.</param>
public sealed record TipOffer(IReadOnlyList<int> Percentages, bool AllowsFree)
{
    public static TipOffer Of(MionTillSettings settings) =>
        new([.. new[] { settings.TipPercent1, settings.TipPercent2, settings.TipPercent3 }.Where(percent => percent is > 0 and <= 100).Distinct()], settings.AllowFreeTip);

    /// <summary>Whether there is anything to choose.</summary>
    public bool IsOn => Percentages.Count > 0 || AllowsFree;

    /// <summary>A percentage of an amount in cents; half a cent is rounded up.</summary>
    public static long GetCents(long amountCents, int percent) => (amountCents * percent + 50) / 100;

    /// <summary>The largest tip: as much as the amount itself, and no more in all than a till charges.</summary>
    public static long GetMaxCents(long amountCents) => Math.Clamp(EuroInput.MaxCents - amountCents, 0, amountCents);

    /// <summary>Reads what was chosen.</summary>
    /// <param name="amountCents">What the tip is on top of.</param>
    /// <param name="percent">The button that was pressed, 0 for no tip; null where an amount was typed.</param>
    /// <param name="text">The amount that was typed.</param>
    /// <param name="culture">Of whoever typed.</param>
    /// <returns>Euro cents; null where it is none that is offered.</returns>
    public long? Read(long amountCents, int? percent, string? text, CultureInfo culture) => percent switch
    {
        0 => 0,
        { } button when Percentages.Contains(button) && GetCents(amountCents, button) <= GetMaxCents(amountCents) => GetCents(amountCents, button),
        null when AllowsFree && EuroInput.TryParse(text, culture, out var cents) && cents <= GetMaxCents(amountCents) => cents,
        _ => null
    };
}

/// <summary>A tip as a button shows it.</summary>
/// <param name="Percent">Such as <c>10 %</c>, as people write it.</param>
/// <param name="Amount">In euro.</param>
public sealed record TipButton(int Value, string Percent, string Amount)
{
    /// <summary>The buttons of an offer.</summary>
    public static IReadOnlyList<TipButton> Make(TipOffer offer, long amountCents, CultureInfo culture) =>
        [.. offer.Percentages.Where(percent => TipOffer.GetCents(amountCents, percent) <= TipOffer.GetMaxCents(amountCents))
            .Select(percent => new TipButton(percent, (percent / 100m).ToString("P0", culture), EuroAmount.Format(TipOffer.GetCents(amountCents, percent), culture)))];
}
