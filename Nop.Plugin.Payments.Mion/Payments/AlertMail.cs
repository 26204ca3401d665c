using System.Globalization;
using Nop.Core.Domain.Messages;
using Nop.Core.Domain.Orders;
using Nop.Services.Messages;
using Nop.Services.Stores;

namespace Nop.Plugin.Payments.Mion.Payments;

/// <summary>Puts the mail for the store owner into nopCommerce's queue.</summary>
public class AlertMail(
    EmailAccountSettings emailAccountSettings,
    IEmailAccountService emailAccountService,
    IMessageTemplateService messageTemplateService,
    IStoreService storeService,
    IWorkflowMessageService workflowMessageService,
    KeptTexts texts)
{
    /// <summary>
    /// Queues the mail by every active template of the store. Without a template or an e-mail account there is nothing to do.
    /// </summary>
    /// <param name="text">What has happened and what to do, as in the order's note, but in the owner's language.</param>
    public async Task QueueAsync(MionPaymentSession session, Order? order, string text)
    {
        var name = session.IsForOrder() ? AlertTemplate.Name : AlertTemplate.ChargeName;
        var templates = await messageTemplateService.GetMessageTemplatesByNameAsync(name, session.StoreId);
        foreach (var template in templates.Where(template => template.IsActive))
        {
            if (await FindAccountAsync(template) is not { } account)
                continue;
            await workflowMessageService.SendNotificationAsync(template, account, texts.OwnerLanguageId,
                await CreateTokensAsync(session, order, text), account.Email, account.DisplayName);
        }
    }

    private async Task<EmailAccount?> FindAccountAsync(MessageTemplate template) =>
        await emailAccountService.GetEmailAccountByIdAsync(template.EmailAccountId)
            ?? await emailAccountService.GetEmailAccountByIdAsync(emailAccountSettings.DefaultEmailAccountId)
            ?? (await emailAccountService.GetAllEmailAccountsAsync()).FirstOrDefault();

    private async Task<IList<Token>> CreateTokensAsync(MionPaymentSession session, Order? order, string text)
    {
        var store = await storeService.GetStoreByIdAsync(session.StoreId);
        var url = store is null ? string.Empty : PaymentUrls.GetStoreUrl(store);
        var payment = string.Create(CultureInfo.InvariantCulture, $"{url}/Admin/MionPayments/Payment/{session.Id}");
        return
        [
            new("Store.Name", store?.Name ?? string.Empty),
            new("Mion.OrderNumber", order?.CustomOrderNumber ?? session.OrderId.ToString(CultureInfo.InvariantCulture)),
            // nopCommerce shows no page of an order that is deleted
            new("Mion.OrderUrl", order is { Deleted: false } ? string.Create(CultureInfo.InvariantCulture, $"{url}/Admin/Order/Edit/{order.Id}") : payment),
            new("Mion.PaymentUrl", payment),
            new("Mion.Amount", (await texts.FormatAsync(texts.OwnerLanguageId)).Amount(session.AmountCents)),
            new("Mion.PaymentSessionId", session.PaymentSessionId),
            new("Mion.Text", text),
            // the last, since tokens are filled in one after another: what an assistant has typed is none
            new("Mion.Charge", session.Note.Length > 0 ? session.Note : session.Reference)
        ];
    }
}
