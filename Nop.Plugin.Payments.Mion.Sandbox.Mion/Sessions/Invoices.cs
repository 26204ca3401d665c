using System.Globalization;
using System.Security.Cryptography;

namespace Nop.Plugin.Payments.Mion.Sandbox.Mion;

/// <summary>
/// Invoices and addresses that look like the real ones (length, alphabet, prefix), made out for a test network,
/// so that nobody can pay real bitcoin to them.
/// </summary>
internal static class Invoices
{
    private const string Bech32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    private const int InvoiceDataLength = 250;
    private const int AddressDataLength = 39;

    /// <summary>Cents at a price into milli-satoshi, rounded up, so that never less than the amount is asked for.</summary>
    public static long Msat(long cents, decimal euroPerBitcoin) =>
        (long)decimal.Ceiling(cents * 1_000_000_000m / euroPerBitcoin);

    /// <summary>An invoice names its amount in pico-bitcoin: a tenth of a milli-satoshi.</summary>
    public static string Lightning(long amountMsat) =>
        string.Create(CultureInfo.InvariantCulture, $"lnbcrt{amountMsat * 10m}p1{Random(InvoiceDataLength)}");

    /// <summary>A new address on the blockchain.</summary>
    public static string Address() => $"bcrt1q{Random(AddressDataLength - 1)}";

    private static string Random(int length) => RandomNumberGenerator.GetString(Bech32, length);
}
