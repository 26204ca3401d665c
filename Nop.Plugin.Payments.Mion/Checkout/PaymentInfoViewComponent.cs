using Microsoft.AspNetCore.Mvc;
using Nop.Core;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Web.Framework.Components;

namespace Nop.Plugin.Payments.Mion.Checkout;

/// <summary>What a shopper sees when choosing the method: what will happen, and with which wallets it works.</summary>
public class PaymentInfoViewComponent(IStoreContext storeContext, MethodDescription description, StoreSettings storeSettings) : NopViewComponent
{
    /// <summary>Renders the component, as nopCommerce calls it.</summary>
    public async Task<IViewComponentResult> InvokeAsync(string? widgetZone, object? additionalData)
    {
        var store = await storeContext.GetCurrentStoreAsync();
        var settings = await storeSettings.LoadAsync(store.Id);
        return View(MionDefaults.View.PaymentInfo, new PaymentInfoModel
        {
            Description = await description.GetOwnTextAsync(settings, store.Id),
            Euro = await description.DescribeEuroAsync()
        });
    }
}
