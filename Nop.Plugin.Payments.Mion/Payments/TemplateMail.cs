using Nop.Core.Domain.Messages;
using Nop.Core.Domain.Stores;
using Nop.Services.Messages;
using Nop.Services.Stores;

namespace Nop.Plugin.Payments.Mion.Payments;

/// <summary>Puts mails by the plugin's message templates into nopCommerce's queue.</summary>
public class TemplateMail(
    EmailAccountSettings emailAccountSettings,
    IEmailAccountService emailAccountService,
    IMessageTemplateService messageTemplateService,
    IStoreService storeService,
    IWorkflowMessageService workflowMessageService)
{
    /// <summary>Queues a mail by every active template of a name. Without a template or an e-mail account there is nothing to do.</summary>
    /// <param name="createTokens">Makes what is filled in.</param>
    /// <param name="to">Address and name; null for the store's owner.</param>
    /// <param name="prepareAsync">Makes the template that is filled in of the store's; null for the store's own.</param>
    /// <returns>How many were queued.</returns>
    public async Task<int> QueueAsync(string name, int storeId, int languageId, Func<Store?, IList<Token>> createTokens,
        (string Address, string Name)? to = null, Func<MessageTemplate, Task<MessageTemplate>>? prepareAsync = null)
    {
        var queued = 0;
        foreach (var template in (await messageTemplateService.GetMessageTemplatesByNameAsync(name, storeId)).Where(template => template.IsActive))
        {
            if (await FindAccountAsync(template) is not { } account)
                continue;
            await workflowMessageService.SendNotificationAsync(prepareAsync is null ? template : await prepareAsync(template), account, languageId,
                createTokens(await storeService.GetStoreByIdAsync(storeId)), to?.Address ?? account.Email, to?.Name ?? account.DisplayName);
            queued++;
        }

        return queued;
    }

    /// <summary>The account that mails are sent from: the template's own, the store's default, or any; null where there is none.</summary>
    public async Task<EmailAccount?> FindAccountAsync(MessageTemplate? template = null) =>
        (template is null ? null : await emailAccountService.GetEmailAccountByIdAsync(template.EmailAccountId))
            ?? await emailAccountService.GetEmailAccountByIdAsync(emailAccountSettings.DefaultEmailAccountId)
            ?? (await emailAccountService.GetAllEmailAccountsAsync()).FirstOrDefault();
}
