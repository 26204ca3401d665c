using System.Net.Mail;

namespace Nop.Core;

/// <summary>nopCommerce's helpers.</summary>
public class CommonHelper
{
    /// <summary>Whether a text is an e-mail address; nopCommerce asks a regular expression, the contract .NET.</summary>
    public static bool IsValidEmail(string email)
        => MailAddress.TryCreate(email?.Trim(), out var address) && address.Address == email.Trim() && address.Host.Contains('.', StringComparison.Ordinal);
}
