using System.Security.Cryptography;
using System.Text;

namespace Nop.Plugin.Payments.Mion.Api;

/// <summary>HMAC-SHA256 over the body of a call: how Mion may sign its calls, as far as a description says.</summary>
public static class CallbackSignature
{
    private const string Prefix = "sha256=";

    /// <summary>Signs a body.</summary>
    /// <returns>The header's value, in hex.</returns>
    public static string Sign(ReadOnlySpan<byte> body, string secret) => Prefix + Convert.ToHexStringLower(Compute(body, secret));

    /// <summary>Whether a header's value is the body's signature: in hex or Base64, with or without the algorithm before it.</summary>
    /// <param name="header">The header's value; null where there is none.</param>
    public static bool IsValid(ReadOnlySpan<byte> body, string? header, string secret)
    {
        if (secret.Length == 0 || header is not { Length: > 0 and < 200 })
            return false;
        var given = header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? header[Prefix.Length..] : header;
        Span<byte> signature = stackalloc byte[200];
        var isHex = given.Length == HMACSHA256.HashSizeInBytes * 2 && given.All(char.IsAsciiHexDigit);
        var length = isHex ? Convert.FromHexString(given).AsSpan().TryCopyTo(signature) ? HMACSHA256.HashSizeInBytes : 0
            : Convert.TryFromBase64String(given, signature, out var written) ? written : 0;
        return CryptographicOperations.FixedTimeEquals(signature[..length], Compute(body, secret));
    }

    private static byte[] Compute(ReadOnlySpan<byte> body, string secret) => HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body);
}
