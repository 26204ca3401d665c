using System.Globalization;
using Nop.Plugin.Payments.Mion.Payments;

namespace Nop.Plugin.Payments.Mion.Desk;

/// <summary>How a spreadsheet in a reader's country wants its cells, so that a file opens by double click and its columns can be summed up.</summary>
internal sealed class SheetFormat(ReaderFormat reader)
{
    // no thousands, and the plain minus: several cultures have another one, which a spreadsheet takes for a text
    private readonly NumberFormatInfo _numbers = new() { NumberDecimalSeparator = reader.Culture.NumberFormat.NumberDecimalSeparator, NegativeSign = "-" };

    /// <summary>What stands between two cells: a semicolon where the comma stands in numbers.</summary>
    public char Separator => _numbers.NumberDecimalSeparator == "," ? ';' : ',';

    /// <summary>Cents as euro with two decimals, without a sign of the currency.</summary>
    public string Euro(long cents) => EuroAmount.ToEuro(cents).ToString("0.00", _numbers);

    /// <summary>A sum in a currency whose sign is not known.</summary>
    public string Sum(decimal sum) => sum.ToString("0.00##", _numbers);

    /// <summary>An exchange rate, with as many decimals as it has.</summary>
    public string Rate(decimal rate) => rate.ToString("0.############", _numbers);

    /// <summary>A time by the reader's clock, with seconds; empty for none.</summary>
    public string Time(DateTime? utc)
    {
        if (utc is not { } time)
            return string.Empty;
        var local = reader.Local(time);
        // by 24 hours: what stands before AM is no usual space
        return $"{local.ToString("d", reader.Culture)} {local.ToString("HH:mm:ss", CultureInfo.InvariantCulture)}";
    }
}
