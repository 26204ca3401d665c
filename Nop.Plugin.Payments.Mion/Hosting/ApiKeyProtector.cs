using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Nop.Plugin.Payments.Mion.Hosting;

/// <summary>Keeps the API key unreadable in the database.</summary>
/// <remarks>
/// Uses ASP.NET's Data Protection, whose keys nopCommerce keeps outside the database, rather than
/// <c>IEncryptionService</c>, whose key lies in the same settings table as what it protects.
/// </remarks>
public class ApiKeyProtector(IDataProtectionProvider provider)
{
    // tells a protected value from one that was written into the settings by hand
    private const string Prefix = "protected:";

    private readonly IDataProtector _protector = provider.CreateProtector(MionDefaults.SystemName + ".ApiKey.v1");

    /// <summary>Protects a key for storing.</summary>
    /// <param name="apiKey">The key in plain text, or empty.</param>
    public string Protect(string? apiKey) => string.IsNullOrWhiteSpace(apiKey) ? string.Empty : Prefix + _protector.Protect(apiKey.Trim());

    /// <summary>Reads a stored key.</summary>
    /// <param name="stored">The setting's value.</param>
    /// <param name="apiKey">The key in plain text; empty where none is stored or it cannot be read any more.</param>
    /// <returns>False where a key is stored but cannot be read, as after moving a store without its protection keys.</returns>
    public bool TryUnprotect(string? stored, out string apiKey)
    {
        apiKey = string.Empty;
        if (string.IsNullOrWhiteSpace(stored))
            return true;
        if (!stored.StartsWith(Prefix, StringComparison.Ordinal))
        {
            apiKey = stored.Trim();
            return true;
        }

        try
        {
            apiKey = _protector.Unprotect(stored[Prefix.Length..]);
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
