using Nop.Core.Domain.Messages;
using Nop.Plugin.Payments.Mion.Localization;
using Nop.Services.Messages;

namespace Nop.Plugin.Payments.Mion.Services;

/// <summary>
/// The plugin's message template: the mail by which a store owner learns that a payment waits for a decision. The
/// merchant can edit it or switch it off like any other (Content management &gt; Message templates).
/// </summary>
public class AlertTemplate(EmailAccountSettings emailAccountSettings, IMessageTemplateService messageTemplateService)
{
    /// <summary>Name of the template.</summary>
    public const string Name = "Mion.PaymentNeedsPerson.StoreOwnerNotification";

    /// <summary>Adds the template where there is none; one that the merchant has edited stays.</summary>
    public async Task AddAsync()
    {
        if ((await messageTemplateService.GetMessageTemplatesByNameAsync(Name)).Count > 0)
            return;
        await messageTemplateService.InsertMessageTemplateAsync(new MessageTemplate
        {
            Name = Name,
            Subject = MionStrings.English[$"{MionDefaults.ResourcePrefix}.Mail.NeedsPerson.Subject"],
            Body = MionStrings.English[$"{MionDefaults.ResourcePrefix}.Mail.NeedsPerson.Body"],
            IsActive = true,
            EmailAccountId = emailAccountSettings.DefaultEmailAccountId
        });
    }

    /// <summary>Removes the template, and copies of it that a merchant has made for single stores.</summary>
    public async Task RemoveAsync()
    {
        foreach (var template in await messageTemplateService.GetMessageTemplatesByNameAsync(Name))
            await messageTemplateService.DeleteMessageTemplateAsync(template);
    }
}
