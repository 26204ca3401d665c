using Microsoft.AspNetCore.Mvc;
using Nop.Core;
using Nop.Core.Domain.Stores;
using Nop.Services.Stores;

namespace Nop.Plugin.Payments.Mion.Sandbox.Shop.Admin;

/// <summary>The chooser of the store to configure, under nopCommerce's name; nothing where there is one store only.</summary>
public sealed class StoreScopeConfigurationViewComponent(IStoreService storeService, IStoreContext storeContext) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync()
    {
        var stores = await storeService.GetAllStoresAsync();
        return stores.Count < 2 ? Content(string.Empty)
            : View("/Admin/Views/Shared/StoreScopeConfiguration.cshtml", new StoreScope(stores, await storeContext.GetActiveStoreScopeConfigurationAsync()));
    }
}

/// <summary>The stores, and the one that is configured; 0 is all.</summary>
/// <param name="Stores">All stores.</param>
/// <param name="StoreId">The chosen one.</param>
public sealed record StoreScope(IList<Store> Stores, int StoreId);
