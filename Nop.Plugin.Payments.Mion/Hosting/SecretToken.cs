using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Nop.Plugin.Payments.Mion.Hosting;

/// <summary>Unguessable tokens for addresses: 128 random bits in lower-case hex.</summary>
/// <remarks>Lower case only, because string look-ups ignore case on most databases that a store runs on.</remarks>
public static class SecretToken
{
    private const int Length = 32;
    private static readonly SearchValues<char> _digits = SearchValues.Create("0123456789abcdef");

    /// <summary>Makes a new token.</summary>
    public static string Create() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Length / 2));

    /// <summary>Says whether a text can be a token at all, before a database is asked.</summary>
    /// <param name="text">What stands in an address.</param>
    public static bool IsWellFormed(string? text) => text is { Length: Length } && !text.AsSpan().ContainsAnyExcept(_digits);

    /// <summary>Compares in constant time.</summary>
    /// <param name="actual">What stands in an address.</param>
    public static bool AreEqual(string expected, string? actual) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(actual ?? string.Empty));
}
