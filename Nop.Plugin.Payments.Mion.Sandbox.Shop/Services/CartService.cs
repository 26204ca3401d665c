using Nop.Core;
using Nop.Core.Domain.Customers;
using Nop.Core.Domain.Discounts;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Stores;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Data;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.Mion.Sandbox.Shop.Services;

/// <summary>Carts, and what has been chosen and entered for them.</summary>
public sealed class CartService(IRepository<ShoppingCartItem> items, IRepository<Product> products, CustomerAttributes attributes, TimeProvider timeProvider)
{
    private const string SelectedMethod = "SelectedPaymentMethod";

    public const string DiscountCodes = "DiscountCouponCode";

    public const string GiftCardCodes = "GiftCardCouponCodes";

    public Task<IList<ShoppingCartItem>> GetAsync(Customer customer, Store store) => GetAsync(customer, store.Id);

    /// <returns>Whether it is in the cart.</returns>
    public async Task<bool> AddAsync(Customer customer, int storeId, int productId, int quantity)
    {
        var now = timeProvider.GetUtcNow().UtcDateTime;
        if (await products.GetByIdAsync(productId) is null || quantity is < 1 or > 1000)
            return false;
        var existing = (await GetAsync(customer, storeId)).FirstOrDefault(item => item.ProductId == productId);
        if (existing is null)
        {
            await items.InsertAsync(new ShoppingCartItem
            {
                CustomerId = customer.Id,
                StoreId = storeId,
                ShoppingCartTypeId = 1,
                ProductId = productId,
                Quantity = quantity,
                CreatedOnUtc = now,
                UpdatedOnUtc = now
            });
            return true;
        }

        existing.Quantity += quantity;
        existing.UpdatedOnUtc = now;
        await items.UpdateAsync(existing);
        return true;
    }

    public Task RemoveAsync(Customer customer, int itemId) => items.DeleteAsync(item => item.Id == itemId && item.CustomerId == customer.Id);

    public Task ClearAsync(Customer customer, Store store) => items.DeleteAsync(item => item.CustomerId == customer.Id && item.StoreId == store.Id);

    public async Task<IList<CartLine>> GetLinesAsync(IList<ShoppingCartItem> cart)
    {
        var ids = cart.Select(item => item.ProductId).ToList();
        var known = (await products.Table.Where(product => ids.Contains(product.Id)).ToListAsync()).ToDictionary(product => product.Id);
        return [.. cart.Where(item => known.ContainsKey(item.ProductId)).Select(item => new CartLine(item.Id, known[item.ProductId], item.Quantity))];
    }

    public Task<string?> GetPaymentMethodAsync(Customer customer) => attributes.GetAsync(customer.Id, SelectedMethod);

    public Task SetPaymentMethodAsync(Customer customer, string? systemName) => attributes.SetAsync(customer.Id, SelectedMethod, systemName);

    public async Task<IReadOnlyCollection<string>> GetCodesAsync(Customer customer, string kind) =>
        (await attributes.GetAsync(customer.Id, kind))?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];

    public async Task AddCodeAsync(Customer customer, string kind, string code) =>
        await attributes.SetAsync(customer.Id, kind, string.Join(' ', (await GetCodesAsync(customer, kind)).Append(code).Distinct()));

    /// <summary>What was chosen and entered belonged to the order that has been placed.</summary>
    public async Task ResetAsync(Customer customer)
    {
        foreach (var kind in new[] { SelectedMethod, DiscountCodes, GiftCardCodes })
            await attributes.SetAsync(customer.Id, kind, null);
    }

    private async Task<IList<ShoppingCartItem>> GetAsync(Customer customer, int storeId)
        => await items.Table.Where(item => item.CustomerId == customer.Id && item.StoreId == storeId).OrderBy(item => item.Id).ToListAsync();
}

/// <summary>A line of a cart with its product.</summary>
/// <param name="ItemId">Id of the cart's item.</param>
/// <param name="Product">What.</param>
/// <param name="Quantity">How many.</param>
public sealed record CartLine(int ItemId, Product Product, int Quantity)
{
    /// <summary>In the primary store currency.</summary>
    public decimal Total => Product.Price * Quantity;
}

/// <summary>Totals: the sum of the lines and, where asked for, the chosen payment method's fee, less discounts and gift cards.</summary>
public sealed class OrderTotalCalculationService(CartService carts, PaymentService payments, IRepository<Customer> customers, DiscountService discounts, GiftCardService giftCards) : IOrderTotalCalculationService
{
    public async Task<(decimal? shoppingCartTotal, decimal discountAmount, List<Discount> appliedDiscounts, List<AppliedGiftCard> appliedGiftCards, int redeemedRewardPoints, decimal redeemedRewardPointsAmount)>
        GetShoppingCartTotalAsync(IList<ShoppingCartItem> cart, bool? useRewardPoints = null, bool usePaymentMethodAdditionalFee = true)
    {
        var total = (await carts.GetLinesAsync(cart)).Sum(line => line.Total);
        if (cart.Count == 0 || await customers.GetByIdAsync(cart[0].CustomerId) is not { } customer)
            return (total, 0, [], [], 0, 0);
        if (usePaymentMethodAdditionalFee)
            total += await payments.GetAdditionalFeeAsync(cart, await carts.GetPaymentMethodAsync(customer));
        var valid = await discounts.GetValidAsync(customer, await carts.GetCodesAsync(customer, CartService.DiscountCodes));
        var discount = Math.Min(total, valid.Sum(row => DiscountService.AmountOf(row, total)));
        var cards = await giftCards.ApplyAsync(await carts.GetCodesAsync(customer, CartService.GiftCardCodes), total - discount);
        return (total - discount - cards.Sum(card => card.AmountCanBeUsed), discount, valid, cards, 0, 0);
    }
}
