using System.Security.Cryptography;
using System.Text;

namespace Nop.Plugin.Payments.Mion.Hosting;

/// <summary>Tells whether settings are still those that were tested, without keeping them.</summary>
public static class Fingerprint
{
    private const int Bytes = 4;

    /// <summary>Eight hex digits that differ where a part differs. Never of a readable secret: those come encrypted.</summary>
    /// <param name="parts">What was tested, in a fixed order.</param>
    public static string Of(params IEnumerable<string> parts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))).AsSpan(0, Bytes));
}
