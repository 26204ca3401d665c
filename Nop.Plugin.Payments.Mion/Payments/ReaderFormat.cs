using System.Globalization;

namespace Nop.Plugin.Payments.Mion.Payments;

/// <summary>How somebody reads amounts, numbers and times: the one way in which the plugin writes them for people.</summary>
/// <param name="Culture">Of the reader's language.</param>
/// <param name="Zone">Where the reader's clock stands.</param>
public sealed record ReaderFormat(CultureInfo Culture, TimeZoneInfo Zone)
{
    /// <summary>Euro cents: <c>€1,234.50</c> or <c>1.234,50 €</c>.</summary>
    public string Amount(long cents) => EuroAmount.Format(cents, Culture);

    /// <summary>An amount in a currency: euro as in <see cref="Amount(long)"/>, any other with its code.</summary>
    public string Money(decimal amount, string currencyCode) =>
        EuroConversion.IsEuro(currencyCode) ? Amount(EuroAmount.ToCents(amount)) : $"{Sum(amount)} {currencyCode}";

    /// <summary>What a session is about; a tip apart: <c>€10.00 + €1.00</c>.</summary>
    public string Amount(MionPaymentSession session) =>
        session.TipCents > 0 ? $"{Amount(session.AmountCents)} + {Amount(session.TipCents)}" : Amount(session.AmountCents);

    /// <summary>A whole number, the thousands kept apart.</summary>
    public string Number(long number) => number.ToString("N0", Culture);

    /// <summary>A sum in a currency whose sign is not known, with two to four decimals.</summary>
    public string Sum(decimal sum) => sum.ToString("#,##0.00##", Culture);

    /// <summary>An exchange rate, with as many decimals as it has.</summary>
    public string Rate(decimal rate) => rate.ToString("#,##0.############", Culture);

    /// <summary>A rate that is enough to reckon with; what a unit is worth less than a cent needs more decimals.</summary>
    public string ShortRate(decimal rate) => Rate(decimal.Round(rate, rate >= 0.01m ? 6 : 10, MidpointRounding.AwayFromZero));

    /// <summary>Date and time, without seconds; empty for none.</summary>
    public string Time(DateTime? utc) => utc is { } time ? Local(time).ToString("g", Culture) : string.Empty;

    /// <summary>As <see cref="Time"/>, the day only where it is not today.</summary>
    public string ShortTime(DateTime utc, DateTime utcNow) => Local(utc).ToString(Local(utc).Date == Local(utcNow).Date ? "t" : "g", Culture);

    /// <summary>A value of a text: what has a form of its own in each language is put into it.</summary>
    public object Value(object value) => value switch
    {
        EuroAmount amount => Amount(amount.Cents),
        DateTime utc => Time(utc),
        _ => value
    };

    /// <summary>A time by the reader's clock.</summary>
    public DateTime Local(DateTime utc) => TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), Zone);
}
