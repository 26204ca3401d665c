using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Newtonsoft.Json.Linq;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Sandbox.Mion;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.Mion.Benchmarks.World;

/// <summary>
/// Two other ways to confirm a payment by webhook, in the same shop, on the same rows and with the same Mion: what the plugin's is held
/// against. Neither survives what the plugin survives.
/// </summary>
/// <param name="mion">Where Mion is.</param>
internal sealed class Baseline(Uri mion) : IStartupFilter, IDisposable
{
    /// <summary>Path of the shortest plugin that could work: the webhook's token follows.</summary>
    public const string ShortestPath = "baseline/shortest";

    /// <summary>Path of what is usual: a signed body names order and payment.</summary>
    public const string UsualPath = "baseline/usual";

    /// <summary>Header with the body's signature.</summary>
    public const string SignatureHeader = "X-Signature";

    private static readonly byte[] _secret = Encoding.UTF8.GetBytes("a secret of the benchmark's own");

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = mion };

    public static string Sign(byte[] body) => Convert.ToHexStringLower(HMACSHA256.HashData(_secret, body));

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Map("/" + ShortestPath, branch => branch.Run(ConfirmShortestAsync));
        app.Map("/" + UsualPath, branch => branch.Run(ConfirmUsualAsync));
        next(app);
    };

    public void Dispose() => _http.Dispose();

    // looks the payment up, asks Mion, marks: no claim, no history, no note
    private async Task ConfirmShortestAsync(HttpContext context)
    {
        var services = context.RequestServices;
        if (await services.GetRequiredService<PaymentSessionStore>().GetByWebhookTokenAsync(context.Request.Path.ToString().Trim('/')) is not { } session)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        if (!await IsPaidAsync(session.PaymentSessionId))
            return;
        var order = await services.GetRequiredService<IOrderService>().GetOrderByGuidAsync(session.OrderGuid);
        var processing = services.GetRequiredService<IOrderProcessingService>();
        if (processing.CanMarkOrderAsPaid(order))
            await processing.MarkOrderAsPaidAsync(order);
    }

    // as the best-known plugins for Bitcoin do it: signature, order from the body, statuses set by hand, a note for the customer
    private async Task ConfirmUsualAsync(HttpContext context)
    {
        using var read = new MemoryStream();
        await context.Request.Body.CopyToAsync(read);
        var body = read.ToArray();
        if (Sign(body) != context.Request.Headers[SignatureHeader])
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        var call = JObject.Parse(Encoding.UTF8.GetString(body));
        var orders = context.RequestServices.GetRequiredService<IOrderService>();
        var order = await orders.GetOrderByGuidAsync((Guid)call["orderGuid"]!);
        if (!await IsPaidAsync((string)call["paymentSessionId"]!))
            return;
        order.PaymentStatus = PaymentStatus.Paid;
        order.OrderStatus = OrderStatus.Processing;
        await orders.UpdateOrderAsync(order);
        await orders.InsertOrderNoteAsync(new OrderNote { OrderId = order.Id, Note = "The payment is confirmed.", DisplayToCustomer = true, CreatedOnUtc = DateTime.UtcNow });
    }

    private async Task<bool> IsPaidAsync(string paymentSessionId)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"payment-sessions/{paymentSessionId}/status");
        request.Headers.Add("X-API-Key", new MionStandInOptions().ApiKey);
        using var answer = await _http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return JObject.Parse(await answer.Content.ReadAsStringAsync())["paidAt"] is { Type: not JTokenType.Null };
    }
}
