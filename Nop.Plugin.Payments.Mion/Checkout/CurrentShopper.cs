using System.Globalization;
using Microsoft.AspNetCore.Http;
using Nop.Core;
using Nop.Core.Domain.Orders;
using Nop.Core.Http;
using Nop.Plugin.Payments.Mion.Payments;

namespace Nop.Plugin.Payments.Mion.Checkout;

/// <summary>Who is at the other end of the request, without making nopCommerce create a guest record for it.</summary>
public class CurrentShopper(IHttpContextAccessor httpContextAccessor, IWorkContext workContext)
{
    /// <summary>Whether an order is the current customer's own. A browser without nopCommerce's cookies owns nothing.</summary>
    /// <param name="order">The order, or null.</param>
    public async Task<bool> OwnsAsync(Order? order)
    {
        return order is { Deleted: false } && IsKnown() && (await workContext.GetCurrentCustomerAsync()).Id == order.CustomerId;
    }

    /// <summary>How the shopper reads amounts: by the language chosen in the store; by the request's for a browser without nopCommerce's cookies.</summary>
    public async Task<CultureInfo> GetCultureAsync() => IsKnown() ? LanguageCulture.Of(await workContext.GetWorkingLanguageAsync()) : CultureInfo.CurrentCulture;

    private bool IsKnown() => httpContextAccessor.HttpContext is { } context
        && (context.User.Identity?.IsAuthenticated == true
            || context.Request.Cookies.ContainsKey(NopCookieDefaults.Prefix + NopCookieDefaults.CustomerCookie));
}
