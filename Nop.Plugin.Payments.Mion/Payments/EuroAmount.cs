using System.Globalization;

namespace Nop.Plugin.Payments.Mion.Payments;

/// <summary>An amount in euro. Money is <see cref="decimal"/> and <see cref="long"/>, never a float.</summary>
/// <param name="Cents">Euro cents.</param>
public readonly record struct EuroAmount(long Cents)
{
    /// <summary>Decimal places with which an exchange rate is kept and used; enough for currencies of which a euro buys 30,000.</summary>
    public const int RateDecimals = 12;

    /// <summary>Euro to cents; half a cent is rounded away from zero, as a shopper would do it.</summary>
    /// <param name="euro">An amount in euro; order totals may have four decimals.</param>
    /// <exception cref="OverflowException">The amount does not fit.</exception>
    public static long ToCents(decimal euro) => decimal.ToInt64(decimal.Round(euro * 100, 0, MidpointRounding.AwayFromZero));

    /// <summary>An amount in the store's currency to cents.</summary>
    /// <param name="amount">In the primary store currency; counts with the four decimals that the store's database keeps.</param>
    /// <param name="exchangeRate">Euro for one unit of that currency.</param>
    public static long ToCents(decimal amount, decimal exchangeRate) => ToCents(decimal.Round(amount, 4, MidpointRounding.AwayFromZero) * exchangeRate);

    /// <summary>Cents to euro.</summary>
    /// <param name="cents">Euro cents.</param>
    public static decimal ToEuro(long cents) => cents / 100m;

    /// <summary>Cents as people of a culture write them: <c>€1,234.50</c> or <c>1.234,50 €</c>.</summary>
    /// <param name="cents">Euro cents.</param>
    /// <param name="culture">Whose separators, and on which side the sign stands.</param>
    public static string Format(long cents, IFormatProvider culture)
    {
        var format = (NumberFormatInfo)NumberFormatInfo.GetInstance(culture).Clone();
        format.CurrencySymbol = "€";
        format.CurrencyDecimalDigits = 2;
        return ToEuro(cents).ToString("C", format);
    }
}
