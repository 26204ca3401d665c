using Microsoft.AspNetCore.Http;
using Nop.Core;
using Nop.Core.Domain.Orders;
using Nop.Core.Http;

namespace Nop.Plugin.Payments.Mion.Checkout;

/// <summary>Who is at the other end of the request, without making nopCommerce create a guest record for it.</summary>
public class CurrentShopper(IHttpContextAccessor httpContextAccessor, IWorkContext workContext)
{
    /// <summary>Whether an order is the current customer's own. A browser without nopCommerce's cookies owns nothing.</summary>
    /// <param name="order">The order, or null.</param>
    public async Task<bool> OwnsAsync(Order? order)
    {
        if (order is null || order.Deleted || httpContextAccessor.HttpContext is not { } context)
            return false;
        var isKnown = context.User.Identity?.IsAuthenticated == true
            || context.Request.Cookies.ContainsKey(NopCookieDefaults.Prefix + NopCookieDefaults.CustomerCookie);
        return isKnown && (await workContext.GetCurrentCustomerAsync()).Id == order.CustomerId;
    }
}
