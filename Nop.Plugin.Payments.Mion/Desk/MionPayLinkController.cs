using Microsoft.AspNetCore.Mvc;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Web.Framework;
using Nop.Web.Framework.Controllers;
using Nop.Web.Framework.Mvc.Filters;

namespace Nop.Plugin.Payments.Mion.Desk;

/// <summary>The buttons about the pay link on an order's panel. Each answers with the panel.</summary>
[AuthorizeAdmin]
[Area(AreaNames.ADMIN)]
[AutoValidateAntiforgeryToken]
[ValidateIpAddress]
public class MionPayLinkController(OrderPanelModelFactory panelFactory, PayLinkDesk desk) : BasePaymentController
{
    /// <summary>Makes the link of an order, to be copied.</summary>
    [HttpPost]
    [CheckPermission(MionPermissions.View)]
    public async Task<IActionResult> Copy(int id) => await PanelAsync(id, await desk.LinkAsync(id));

    /// <summary>E-mails the link to the order's customer.</summary>
    [HttpPost]
    [CheckPermission(MionPermissions.Decide)]
    public async Task<IActionResult> Mail(int id) => await PanelAsync(id, await desk.MailAsync(id));

    /// <summary>Offers Bitcoin for an order that was placed with another method.</summary>
    [HttpPost]
    [CheckPermission(MionPermissions.Decide)]
    public async Task<IActionResult> Offer(int id) => await PanelAsync(id, await desk.OfferAsync(id));

    private async Task<IActionResult> PanelAsync(int orderId, (string Message, bool IsError) result)
    {
        var model = await panelFactory.PrepareAsync(orderId);
        (model.Message, model.IsError) = result;
        return PartialView(MionDefaults.View.OrderPanel, model);
    }
}
