using System.Globalization;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Stores;
using Nop.Services.Messages;

namespace Nop.Plugin.Payments.Mion.Payments;

/// <summary>Puts the mail for the store owner into nopCommerce's queue.</summary>
public class AlertMail(KeptTexts texts, TemplateMail mail)
{
    /// <summary>
    /// Queues the mail by every active template of the store. Without a template or an e-mail account there is nothing to do.
    /// </summary>
    /// <param name="text">What has happened and what to do, as in the order's note, but in the owner's language.</param>
    public async Task QueueAsync(MionPaymentSession session, Order? order, string text)
    {
        var amount = (await texts.FormatAsync(texts.OwnerLanguageId)).Amount(session.SumCents());
        await mail.QueueAsync(session.IsForOrder() ? AlertTemplate.Name : AlertTemplate.ChargeName, session.StoreId, texts.OwnerLanguageId, store => CreateTokens(store, session, order, amount, text));
    }

    /// <summary>Queues the mail about payments of which Mion gives no news.</summary>
    /// <param name="error">The last failure; free of secrets.</param>
    public async Task QueueUnansweredAsync(int storeId, int count, string error)
    {
        var text = await PaymentTexts.FailureAsync(error, resource => texts.GetAsync(texts.OwnerLanguageId, resource));
        await mail.QueueAsync(AlertTemplate.UnansweredName, storeId, texts.OwnerLanguageId, store =>
        [
            new("Store.Name", store?.Name ?? string.Empty),
            new("Mion.Count", count),
            new("Mion.ConfigurationUrl", $"{GetUrl(store)}/Admin/MionConfiguration/Configure"),
            new("Mion.Text", text)
        ]);
    }

    private static string GetUrl(Store? store) => store is null ? string.Empty : PaymentUrls.GetStoreUrl(store);

    private static List<Token> CreateTokens(Store? store, MionPaymentSession session, Order? order, string amount, string text)
    {
        var url = GetUrl(store);
        var payment = string.Create(CultureInfo.InvariantCulture, $"{url}/Admin/MionPayments/Payment/{session.Id}");
        return
        [
            new("Store.Name", store?.Name ?? string.Empty),
            new("Mion.OrderNumber", order?.CustomOrderNumber ?? session.OrderId.ToString(CultureInfo.InvariantCulture)),
            // nopCommerce shows no page of an order that is deleted
            new("Mion.OrderUrl", order is { Deleted: false } ? string.Create(CultureInfo.InvariantCulture, $"{url}/Admin/Order/Edit/{order.Id}") : payment),
            new("Mion.PaymentUrl", payment),
            new("Mion.Amount", amount),
            new("Mion.PaymentSessionId", session.PaymentSessionId),
            new("Mion.Text", text),
            // the last, since tokens are filled in one after another: what an assistant has typed is none
            new("Mion.Charge", session.Note.Length > 0 ? session.Note : session.Reference)
        ];
    }
}
