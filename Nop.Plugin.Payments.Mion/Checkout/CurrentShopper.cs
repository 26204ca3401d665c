using Microsoft.AspNetCore.Http;
using Nop.Core;
using Nop.Core.Domain.Localization;
using Nop.Core.Domain.Orders;
using Nop.Core.Http;
using Nop.Services.Localization;

namespace Nop.Plugin.Payments.Mion.Checkout;

/// <summary>Who is at the other end of the request, without making nopCommerce create a guest record for it.</summary>
public class CurrentShopper(IHttpContextAccessor httpContextAccessor, ILanguageService languageService, IWorkContext workContext)
{
    /// <summary>Whether an order is the current customer's own. A browser without nopCommerce's cookies owns nothing.</summary>
    /// <param name="order">The order, or null.</param>
    public async Task<bool> OwnsAsync(Order? order)
    {
        return order is { Deleted: false } && IsKnown() && (await workContext.GetCurrentCustomerAsync()).Id == order.CustomerId;
    }

    /// <summary>What the shopper reads: the language chosen in the store; for a browser without nopCommerce's cookies the order's, or else the store's first.</summary>
    /// <param name="inStoreLayout">Whether the store's layout is shown, which makes a guest of such a browser in any case.</param>
    public async Task<Language?> GetLanguageAsync(Order? order, bool inStoreLayout)
    {
        if (inStoreLayout || IsKnown())
            return await workContext.GetWorkingLanguageAsync();
        var languages = await languageService.GetAllLanguagesAsync();
        return languages.FirstOrDefault(language => language.Id == order?.CustomerLanguageId) ?? languages.FirstOrDefault();
    }

    private bool IsKnown() => httpContextAccessor.HttpContext is { } context
        && (context.User.Identity?.IsAuthenticated == true
            || context.Request.Cookies.ContainsKey(NopCookieDefaults.Prefix + NopCookieDefaults.CustomerCookie));
}
