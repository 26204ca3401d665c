using Nop.Core.Domain.Messages;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.Mion.Localization;
using Nop.Services.Common;
using Nop.Services.Messages;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.Mion.Payments;

/// <summary>What came of e-mailing a pay link.</summary>
public enum PayLinkMailResult
{
    /// <summary>It is in the queue, and the order has a note.</summary>
    Mailed,

    /// <summary>It was e-mailed less than a minute ago.</summary>
    MailedBefore,

    /// <summary>The order's billing address has no e-mail address.</summary>
    NoAddress,

    /// <summary>The message template is switched off or gone, or the store has no e-mail account.</summary>
    NoTemplate
}

/// <summary>E-mails the pay link of an order to its customer, in the order's language.</summary>
public class PayLinkMail(
    IAddressService addressService,
    IOrderService orderService,
    KeptTexts texts,
    OrderNotes orderNotes,
    PaymentUrls paymentUrls,
    TemplateMail mail,
    TimeProvider timeProvider)
{
    private const string Text = "Mail.PayLink";
    private static readonly TimeSpan _pause = TimeSpan.FromMinutes(1);

    /// <summary>Queues the mail, unless one was queued a moment ago: of a double click, or of two people at the desk.</summary>
    public async Task<PayLinkMailResult> SendAsync(Order order, MionPaymentSession session)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(session);
        var address = await addressService.GetAddressByIdAsync(order.BillingAddressId);
        if (string.IsNullOrWhiteSpace(address?.Email))
            return PayLinkMailResult.NoAddress;
        var language = await texts.LanguageOfAsync(order);
        var note = PlainText.Clean(await texts.GetAsync(language, "Note.PayLinkMailed", address.Email));
        var sinceUtc = timeProvider.GetUtcNow().UtcDateTime - _pause;
        if ((await orderService.GetOrderNotesByOrderIdAsync(order.Id)).Any(earlier => earlier.Note == note && earlier.CreatedOnUtc > sinceUtc))
            return PayLinkMailResult.MailedBefore;

        var url = await paymentUrls.GetPaymentUrlAsync(session);
        var amount = (await texts.FormatAsync(language)).Amount(session.AmountCents);
        var queued = await mail.QueueAsync(AlertTemplate.PayLinkName, order.StoreId, language, store =>
        [
            new("Store.Name", store?.Name ?? string.Empty),
            new("Order.OrderNumber", order.CustomOrderNumber),
            new(PayLinkTokens.Name, url),
            new("Mion.Amount", amount)
        ], (address.Email, $"{address.FirstName} {address.LastName}".Trim()), template => InLanguageAsync(template, language));
        if (queued == 0)
            return PayLinkMailResult.NoTemplate;
        await orderNotes.AddTextAsync(order.Id, note);
        return PayLinkMailResult.Mailed;
    }

    // a template that nobody has edited speaks the customer's language; one that somebody has, or translated in nopCommerce, stays
    private async Task<MessageTemplate> InLanguageAsync(MessageTemplate template, int languageId)
    {
        if (!IsDelivered("Subject", template.Subject) || !IsDelivered("Body", template.Body))
            return template;
        // a copy: what nopCommerce has handed out is in its cache
        var copy = new MessageTemplate();
        foreach (var property in typeof(MessageTemplate).GetProperties().Where(property => property is { CanRead: true, CanWrite: true }))
            property.SetValue(copy, property.GetValue(template));
        (copy.Subject, copy.Body) = (await texts.GetAsync(languageId, $"{Text}.Subject"), await texts.GetAsync(languageId, $"{Text}.Body"));
        return copy;
    }

    private static bool IsDelivered(string part, string text) => MionStrings.IsDelivered($"{MionDefaults.ResourcePrefix}.{Text}.{part}", text);
}
