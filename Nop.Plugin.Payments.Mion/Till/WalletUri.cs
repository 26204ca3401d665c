using System.Globalization;

namespace Nop.Plugin.Payments.Mion.Till;

/// <summary>What a wallet scans to pay.</summary>
public static class WalletUri
{
    /// <summary>
    /// A Lightning invoice in capitals, which a QR code stores in 5.5 instead of 8 bits a character, so that its modules are
    /// larger and can be read from further away.
    /// </summary>
    /// <param name="invoice">A Lightning invoice (BOLT 11), which is of one case.</param>
    public static string Lightning(string invoice) => "LIGHTNING:" + invoice.ToUpperInvariant();

    /// <summary>To pay on the blockchain (BIP 21): the address in the case it came in, and whole satoshi.</summary>
    /// <param name="amount">What to send.</param>
    public static string Bitcoin(string address, MilliSatoshi amount) => $"bitcoin:{address}?amount={amount.FormatBitcoin(CultureInfo.InvariantCulture)}";
}
