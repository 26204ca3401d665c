using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Localization;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Services.Localization;
using Nop.Services.Messages;

namespace Nop.Plugin.Payments.Mion.Setup;

/// <summary>Tells a merchant who is about to uninstall the plugin what goes and what stays.</summary>
public class UninstallNotice(ILocalizationService localizationService, INotificationService notificationService, PaymentSessionStore store, StoreSettings storeSettings)
{
    /// <param name="discounts">How many discounts are switched off with it.</param>
    public async Task ShowAsync(int discounts)
    {
        var deletes = (await storeSettings.LoadAsync(storeId: 0)).DeleteDataOnUninstall;
        await WarnAsync(deletes ? "Uninstall.Deletes" : "Uninstall.Keeps", await store.CountAsync());
        var open = await store.CountAsync(PaymentSessionState.Open) + await store.CountAsync(PaymentSessionState.NeedsPerson);
        if (open > 0)
            await WarnAsync("Uninstall.Open", open);
        if (discounts > 0)
            await WarnAsync("Uninstall.Discounts", discounts);
    }

    private async Task WarnAsync(string name, int count) =>
        notificationService.ShowWarning(MionStrings.Format(await localizationService.GetResourceAsync($"{MionDefaults.ResourcePrefix}.{name}"), count));
}
