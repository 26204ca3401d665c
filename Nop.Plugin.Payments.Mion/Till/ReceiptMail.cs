using System.Net;
using Nop.Core;
using Nop.Plugin.Payments.Mion.Hosting.Logging;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Services.Messages;

namespace Nop.Plugin.Payments.Mion.Till;

/// <summary>What came of sending a digital receipt.</summary>
public enum ReceiptMailResult
{
    /// <summary>The mail server has taken it.</summary>
    Sent,

    /// <summary>The charge has no receipt now.</summary>
    NoReceipt,

    /// <summary>What was typed is no address.</summary>
    BadAddress,

    /// <summary>The store has no e-mail account.</summary>
    NoAccount,

    /// <summary>The mail server did not take it.</summary>
    Failed
}

/// <summary>Sends a digital receipt by e-mail, at once: nopCommerce's queue would keep the customer's address.</summary>
public class ReceiptMail(IEmailSender emailSender, PaymentTexts texts, PluginLog log, ReceiptModelFactory modelFactory, TemplateMail mail)
{
    // of a mailbox, by RFC 5321
    private const int MaxAddress = 254;

    /// <summary>Sends it, in the language of whoever is logged in.</summary>
    /// <param name="address">As it was typed.</param>
    public async Task<ReceiptMailResult> SendAsync(MionPaymentSession session, string? address)
    {
        if (await modelFactory.PrepareAsync(session, await texts.FormatAsync()) is not { } receipt)
            return ReceiptMailResult.NoReceipt;
        var to = address?.Trim() ?? string.Empty;
        if (to.Length > MaxAddress || to.Any(char.IsControl) || !CommonHelper.IsValidEmail(to))
            return ReceiptMailResult.BadAddress;
        if (await mail.FindAccountAsync() is not { } account)
            return ReceiptMailResult.NoAccount;
        var subject = await texts.GetAsync("Mail.Receipt.Subject", receipt.StoreName);
        var body = await texts.GetAsync("Mail.Receipt.Body", Encode(receipt.StoreName), await DescribeAsync(receipt), Encode(receipt.Url));
        try
        {
            await emailSender.SendEmailAsync(account, subject.ReplaceLineEndings(" "), body, account.Email, account.DisplayName, to, string.Empty);
            return ReceiptMailResult.Sent;
        }
        catch (Exception exception)
        {
            // what a mail server says may name the address
            await log.WarningAsync($"the receipt of the charge {LogField.Row(session.Id)} could not be sent by e-mail: {LogField.Kind(exception)}.");
            return ReceiptMailResult.Failed;
        }
    }

    private async Task<string> DescribeAsync(ReceiptModel receipt)
    {
        var lines = new List<string> { $"{await texts.GetAsync("Till.Amount")}: {receipt.Base}" };
        if (receipt.Tip.Length > 0)
            lines.AddRange([$"{await texts.GetAsync("Till.Tip")}: {receipt.Tip}", $"{await texts.GetAsync("Till.Tip.Total")}: {receipt.Sum}"]);
        if (receipt.Euro.Length > 0)
            lines.Add($"EUR: {receipt.Euro}");
        return string.Join("<br />", lines.Select(Encode));
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
