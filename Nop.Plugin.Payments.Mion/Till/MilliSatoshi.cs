namespace Nop.Plugin.Payments.Mion.Till;

/// <summary>An amount of bitcoin in milli-satoshi: a thousandth of a satoshi, 10^-11 bitcoin. Integers only, never a float.</summary>
/// <param name="Value">Milli-satoshi; not negative.</param>
/// <remarks>
/// A wallet pays an invoice to the milli-satoshi but shows whole satoshi, so what is shown is rounded up: nobody is told
/// less than is asked for.
/// </remarks>
public readonly record struct MilliSatoshi(long Value)
{
    /// <summary>Milli-satoshi of one satoshi.</summary>
    public const long PerSatoshi = 1_000;

    /// <summary>Satoshi of one bitcoin.</summary>
    public const long SatoshiPerBitcoin = 100_000_000;

    /// <summary>Whole satoshi, rounded up.</summary>
    public long ToSatoshi() => Value / PerSatoshi + (Value % PerSatoshi > 0 ? 1 : 0);

    /// <summary>Bitcoin with eight decimals: the same whole satoshi.</summary>
    public decimal ToBitcoin() => ToSatoshi() / (decimal)SatoshiPerBitcoin;

    /// <summary>Satoshi as people of a culture read them, the thousands kept apart: <c>25,000</c> or <c>25.000</c>.</summary>
    public string FormatSatoshi(IFormatProvider culture) => ToSatoshi().ToString("N0", culture);

    /// <summary>Bitcoin as people of a culture read them, always with eight decimals: <c>0.00025000</c> or <c>0,00025000</c>.</summary>
    public string FormatBitcoin(IFormatProvider culture) => ToBitcoin().ToString("0.00000000", culture);
}
