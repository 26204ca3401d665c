using Nop.Core.Domain.Localization;
using Nop.Core.Domain.Messages;
using Nop.Plugin.Payments.Mion.Localization;
using Nop.Services.Localization;
using Nop.Services.Messages;

namespace Nop.Plugin.Payments.Mion.Payments;

/// <summary>
/// The plugin's message templates: the mails by which a store owner learns that a payment waits for a decision, and the one with which
/// a customer is sent the pay link. The merchant can edit them or switch them off like any other (Content management &gt; Message templates).
/// </summary>
public class AlertTemplate(
    EmailAccountSettings emailAccountSettings,
    ILanguageService languageService,
    IMessageTemplateService messageTemplateService,
    LocalizationSettings localizationSettings)
{
    /// <summary>Name of the template about the payment of an order.</summary>
    public const string Name = "Mion.PaymentNeedsPerson.StoreOwnerNotification";

    /// <summary>Name of the template about an amount without an order, charged at the till.</summary>
    public const string ChargeName = "Mion.ChargeNeedsPerson.StoreOwnerNotification";

    /// <summary>Name of the template about payments of which Mion gives no news for hours.</summary>
    public const string UnansweredName = "Mion.PaymentsUnanswered.StoreOwnerNotification";

    /// <summary>Name of the template with which a customer is sent the pay link of an order.</summary>
    public const string PayLinkName = "Mion.PayLink.CustomerNotification";

    private static readonly (string Name, string Text)[] _templates =
        [(Name, "NeedsPerson"), (ChargeName, "ChargeNeedsPerson"), (UnansweredName, "ReadsFailing"), (PayLinkName, "PayLink")];

    /// <summary>
    /// Adds each template where there is none, in the language in which the store writes to its owner; one that the
    /// merchant has edited stays.
    /// </summary>
    public async Task AddAsync()
    {
        var languages = await languageService.GetAllLanguagesAsync(showHidden: true);
        var texts = MionStrings.For(languages.FirstOrDefault(language => language.Id == localizationSettings.DefaultAdminLanguageId)?.LanguageCulture);
        foreach (var (name, text) in _templates)
        {
            if ((await messageTemplateService.GetMessageTemplatesByNameAsync(name)).Count > 0)
                continue;
            await messageTemplateService.InsertMessageTemplateAsync(new MessageTemplate
            {
                Name = name,
                Subject = texts[$"{MionDefaults.ResourcePrefix}.Mail.{text}.Subject"],
                Body = texts[$"{MionDefaults.ResourcePrefix}.Mail.{text}.Body"],
                IsActive = true,
                EmailAccountId = emailAccountSettings.DefaultEmailAccountId
            });
        }
    }

    /// <summary>Removes the templates, and copies of them that a merchant has made for single stores.</summary>
    public async Task RemoveAsync()
    {
        foreach (var (name, _) in _templates)
        {
            foreach (var template in await messageTemplateService.GetMessageTemplatesByNameAsync(name))
                await messageTemplateService.DeleteMessageTemplateAsync(template);
        }
    }
}
