using System.Globalization;
using Microsoft.AspNetCore.Http;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Stores;
using Nop.Plugin.Payments.Mion.Api;
using Nop.Services.Stores;

namespace Nop.Plugin.Payments.Mion.Payments;

/// <summary>Absolute addresses that Mion is given, and the address that a shopper is sent to.</summary>
public class PaymentUrls(IHttpContextAccessor httpContextAccessor, IStoreService storeService)
{
    /// <summary>Where Mion sends the shopper back to.</summary>
    /// <remarks>
    /// On the host that the shopper is using right now where that is one of the store's, since cookies belong to a
    /// host; else on the store's address.
    /// </remarks>
    /// <exception cref="InvalidOperationException">The order's store does not exist any more.</exception>
    public async Task<string> GetReturnUrlAsync(MionPaymentSession session)
    {
        var store = await GetStoreAsync(session.StoreId);
        var request = httpContextAccessor.HttpContext?.Request;
        var ofShopper = request is { Host.HasValue: true } && storeService.ContainsHostValue(store, request.Host.Value)
            ? $"{GetScheme(store, request)}://{request.Host.Value}{request.PathBase}"
            : null;
        return $"{ofShopper ?? GetStoreUrl(store)}/{MionDefaults.Path.Return}/{session.Token}";
    }

    /// <summary>The page about a payment, for whoever is given its address: on the order's store's address.</summary>
    /// <exception cref="InvalidOperationException">The order's store does not exist any more.</exception>
    public async Task<string> GetPaymentUrlAsync(MionPaymentSession session) =>
        $"{GetStoreUrl(await GetStoreAsync(session.StoreId))}/{MionDefaults.Path.Payment}/{session.Token}";

    /// <summary>Where Mion reports changes of the session: on the order's store's address.</summary>
    /// <exception cref="InvalidOperationException">The order's store does not exist any more.</exception>
    public async Task<string> GetWebhookUrlAsync(MionPaymentSession session) =>
        GetWebhookUrl(await GetStoreAsync(session.StoreId), session.WebhookToken);

    /// <summary>Where Mion reports changes of all sessions of a store's account.</summary>
    /// <exception cref="InvalidOperationException">The store does not exist any more.</exception>
    public async Task<string> GetAccountWebhookUrlAsync(int storeId) => GetWebhookUrl(await GetStoreAsync(storeId));

    /// <summary>A webhook's address.</summary>
    /// <param name="token">What names the session; none for all sessions of the account.</param>
    public static string GetWebhookUrl(Store store, string? token = null) =>
        $"{GetStoreUrl(store)}/{MionDefaults.Path.Webhook}{(token is null ? "" : "/")}{token}";

    /// <summary>Where a shopper pays the session.</summary>
    public static string GetCheckoutUrl(MionSettings settings, MionPaymentSession session) =>
        settings.CheckoutUrlTemplate.Replace(MionApiOptions.IdPlaceholder, Uri.EscapeDataString(session.PaymentSessionId), StringComparison.Ordinal);

    /// <summary>Our name of an order's first, second, … attempt at Mion.</summary>
    public static string GetReference(Order order, int attempt) => string.Create(CultureInfo.InvariantCulture, $"{order.OrderGuid:N}-{attempt}");

    /// <summary>Our name of a charge at the till that has no order; the amount belongs to it.</summary>
    /// <param name="chargeKey">A token that the till's page made for this charge.</param>
    /// <param name="amount">Hundredths of the currency that it was typed in.</param>
    public static string GetChargeReference(string chargeKey, long amount) => string.Create(CultureInfo.InvariantCulture, $"till-{chargeKey}-{amount}");

    /// <summary>What the names of all charges of one key begin with; null where a name is no charge's.</summary>
    public static string? GetChargePrefix(string reference) => reference.Split('-') is ["till", var key, _, ..] ? $"till-{key}-" : null;

    /// <summary>A store's address without a slash at the end; https where the store says that it has it.</summary>
    public static string GetStoreUrl(Store store)
    {
        var url = store.Url.Trim().TrimEnd('/');
        return store.SslEnabled && url.StartsWith("http://", StringComparison.OrdinalIgnoreCase) ? "https://" + url["http://".Length..] : url;
    }

    /// <summary>The scheme that the shopper's browser shows: behind a proxy that ends TLS the request comes by http.</summary>
    public static string GetScheme(Store store, HttpRequest request) =>
        GetStoreUrl(store).StartsWith("https://", StringComparison.OrdinalIgnoreCase) ? "https" : request.Scheme;

    private async Task<Store> GetStoreAsync(int storeId) =>
        await storeService.GetStoreByIdAsync(storeId) ?? throw new InvalidOperationException($"The store {storeId} of the order does not exist.");
}
