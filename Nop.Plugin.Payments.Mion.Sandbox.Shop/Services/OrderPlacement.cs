using Nop.Core;
using Nop.Core.Domain.Common;
using Nop.Core.Domain.Customers;
using Nop.Core.Domain.Directory;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Core.Domain.Shipping;
using Nop.Core.Domain.Stores;
using Nop.Core.Events;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Data;
using Nop.Services.Directory;
using Nop.Services.Orders;
using Nop.Services.Payments;

namespace Nop.Plugin.Payments.Mion.Sandbox.Shop.Services;

/// <summary>
/// Places an order in nopCommerce's sequence: the payment method is asked before the order exists, the cart is emptied
/// before the shopper is sent to pay.
/// </summary>
public sealed class OrderPlacement(CartService carts,
    IOrderTotalCalculationService totals,
    PaymentService payments,
    OrderService orderService,
    OrderProcessingService processing,
    OrderMails mails,
    DiscountService discountService,
    GiftCardService giftCardService,
    IRepository<Address> addresses,
    IRepository<Order> orders,
    IRepository<OrderItem> orderItems,
    IEventPublisher eventPublisher,
    IWorkContext workContext,
    ICurrencyService currencyService,
    CurrencySettings currencySettings,
    IHttpContextAccessor httpContextAccessor,
    TimeProvider timeProvider)
{
    /// <summary>Places the order of a cart.</summary>
    /// <exception cref="NopException">The cart is empty, or the payment method refused.</exception>
    public async Task<Order> PlaceAsync(Customer customer, Store store, string paymentMethod)
    {
        var cart = await carts.GetAsync(customer, store);
        var lines = await carts.GetLinesAsync(cart);
        if (lines.Count == 0)
            throw new NopException("Cart is empty");
        var (computed, _, discounts, giftCards, _, _) = await totals.GetShoppingCartTotalAsync(cart);
        var total = computed ?? throw new NopException("Order total couldn't be calculated");
        var fee = await payments.GetAdditionalFeeAsync(cart, paymentMethod);

        var request = new ProcessPaymentRequest
        {
            StoreId = store.Id,
            CustomerId = customer.Id,
            OrderGuid = Guid.NewGuid(),
            OrderGuidGeneratedOnUtc = timeProvider.GetUtcNow().UtcDateTime,
            OrderTotal = total,
            PaymentMethodSystemName = paymentMethod
        };
        var result = await payments.ProcessPaymentAsync(request);
        if (!result.Success)
            throw new NopException(string.Join(" ", result.Errors));

        var order = await SaveAsync(request, result, lines, fee);
        foreach (var discount in discounts)
            await discountService.NoteUsageAsync(discount, order);
        foreach (var giftCard in giftCards)
            await giftCardService.NoteUsageAsync(giftCard, order);
        await processing.AddNoteAsync(order, "Order placed");
        await mails.SendAsync(order);
        await carts.ClearAsync(customer, store);
        await carts.ResetAsync(customer);
        await eventPublisher.PublishAsync(new OrderPlacedEvent(order));
        return order;
    }

    private async Task<Order> SaveAsync(ProcessPaymentRequest request, ProcessPaymentResult result, IList<CartLine> lines, decimal fee)
    {
        var currency = await workContext.GetWorkingCurrencyAsync();
        var primary = await currencyService.GetCurrencyByIdAsync(currencySettings.PrimaryStoreCurrencyId);
        var address = new Address { FirstName = "Demo", LastName = "Shopper", Email = "shopper@demo.example" };
        await addresses.InsertAsync(address);
        var subtotal = lines.Sum(line => line.Total);
        var order = new Order
        {
            OrderGuid = request.OrderGuid,
            StoreId = request.StoreId,
            CustomerId = request.CustomerId,
            BillingAddressId = address.Id,
            CustomerIp = httpContextAccessor.HttpContext?.Connection.RemoteIpAddress?.ToString(),
            CustomerLanguageId = (await workContext.GetWorkingLanguageAsync()).Id,
            CustomerCurrencyCode = currency.CurrencyCode,
            CurrencyRate = currency.Rate / primary.Rate,
            OrderSubtotalInclTax = subtotal,
            OrderSubtotalExclTax = subtotal,
            PaymentMethodAdditionalFeeInclTax = fee,
            PaymentMethodAdditionalFeeExclTax = fee,
            OrderTotal = request.OrderTotal,
            OrderStatus = OrderStatus.Pending,
            PaymentStatus = result.NewPaymentStatus,
            ShippingStatus = lines.Any(line => line.Product.IsShipped) ? ShippingStatus.NotYetShipped : ShippingStatus.ShippingNotRequired,
            PaymentMethodSystemName = request.PaymentMethodSystemName,
            CustomOrderNumber = string.Empty,
            CreatedOnUtc = timeProvider.GetUtcNow().UtcDateTime
        };
        await orders.InsertAsync(order);
        order.CustomOrderNumber = order.Id.ToString(System.Globalization.CultureInfo.InvariantCulture);
        await orderService.UpdateOrderAsync(order);
        foreach (var line in lines)
        {
            await orderItems.InsertAsync(new OrderItem
            {
                OrderId = order.Id,
                ProductId = line.Product.Id,
                ProductName = line.Product.Name,
                Quantity = line.Quantity,
                UnitPrice = line.Product.Price
            });
        }

        return order;
    }
}
