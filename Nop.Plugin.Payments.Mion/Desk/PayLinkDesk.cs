using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Hosting.Logging;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.Mion.Desk;

/// <summary>What a person in the admin area can do about an order that waits for its payment. Each answers with what came of it.</summary>
public class PayLinkDesk(
    BackgroundScope backgroundScope,
    IOrderService orderService,
    PayLinks payLinks,
    PaymentTexts texts,
    PluginLog log,
    SingleFlight<int, PayLinkMailResult> mailing)
{
    /// <summary>Makes the link of an order, to be copied. Throws nothing.</summary>
    public Task<(string Message, bool IsError)> LinkAsync(int orderId) =>
        TryAsync(orderId, async order => await payLinks.GetAsync(order) is { Problem: not OpeningProblem.None } link ? await RefuseAsync(link.Problem) : (string.Empty, false));

    /// <summary>E-mails the link to the order's customer. Throws nothing.</summary>
    public Task<(string Message, bool IsError)> MailAsync(int orderId) => TryAsync(orderId, async order =>
    {
        var link = await payLinks.GetAsync(order);
        if (link.Session is not { } session)
            return await RefuseAsync(link.Problem);
        // one after another, so that whoever comes second finds the first one's note; and not the request's: several may wait for it
        var result = await mailing.RunAsync(order.Id, TimeSpan.Zero, () => backgroundScope.RunAsync(order.StoreId,
            services => services.GetRequiredService<PayLinkMail>().SendAsync(order, session)));
        return (await texts.GetAsync($"PayLink.{result}"), result is not (PayLinkMailResult.Mailed or PayLinkMailResult.MailedBefore));
    });

    /// <summary>Offers Bitcoin for an order that was placed with another method. Throws nothing.</summary>
    public Task<(string Message, bool IsError)> OfferAsync(int orderId) => TryAsync(orderId, async order =>
        await payLinks.OfferAsync(order) is { Problem: not OpeningProblem.None } link ? await RefuseAsync(link.Problem) : (await texts.GetAsync("PayLink.Offered"), false));

    private async Task<(string Message, bool IsError)> TryAsync(int orderId, Func<Order, Task<(string, bool)>> workAsync)
    {
        try
        {
            return await orderService.GetOrderByIdAsync(orderId) is { } order ? await workAsync(order) : await RefuseAsync(OpeningProblem.OrderNotFound);
        }
        catch (Exception exception)
        {
            await log.ErrorAsync($"the pay link of order {LogField.Order(orderId)} could not be made or sent.", exception);
            return (await texts.GetAsync("Desk.Failed"), true);
        }
    }

    private async Task<(string Message, bool IsError)> RefuseAsync(OpeningProblem problem) => (await texts.GetAsync($"PayLink.Problem.{problem}"), true);
}
