using Nop.Core;
using Nop.Core.Domain.Customers;
using Nop.Core.Domain.Discounts;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Stores;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Data;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.Mion.Sandbox.Shop.Services;

/// <summary>Carts and the payment method chosen for them.</summary>
public sealed class CartService(IRepository<ShoppingCartItem> items, IRepository<Product> products, CustomerAttributes attributes, TimeProvider timeProvider)
{
    private const string SelectedMethod = "SelectedPaymentMethod";

    public async Task<IList<ShoppingCartItem>> GetAsync(Customer customer, Store store)
        => await items.Table.Where(item => item.CustomerId == customer.Id && item.StoreId == store.Id).OrderBy(item => item.Id).ToListAsync();

    public async Task AddAsync(Customer customer, Store store, int productId, int quantity)
    {
        var now = timeProvider.GetUtcNow().UtcDateTime;
        if (await products.GetByIdAsync(productId) is null || quantity is < 1 or > 1000)
            return;
        var existing = (await GetAsync(customer, store)).FirstOrDefault(item => item.ProductId == productId);
        if (existing is null)
        {
            await items.InsertAsync(new ShoppingCartItem
            {
                CustomerId = customer.Id,
                StoreId = store.Id,
                ShoppingCartTypeId = 1,
                ProductId = productId,
                Quantity = quantity,
                CreatedOnUtc = now,
                UpdatedOnUtc = now
            });
            return;
        }

        existing.Quantity += quantity;
        existing.UpdatedOnUtc = now;
        await items.UpdateAsync(existing);
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

/// <summary>Totals: the sum of the lines and, where asked for, the chosen payment method's fee.</summary>
public sealed class OrderTotalCalculationService(CartService carts, PaymentService payments, IRepository<Customer> customers) : IOrderTotalCalculationService
{
    public async Task<(decimal? shoppingCartTotal, decimal discountAmount, List<Discount> appliedDiscounts, List<AppliedGiftCard> appliedGiftCards, int redeemedRewardPoints, decimal redeemedRewardPointsAmount)>
        GetShoppingCartTotalAsync(IList<ShoppingCartItem> cart, bool? useRewardPoints = null, bool usePaymentMethodAdditionalFee = true)
    {
        var total = (await carts.GetLinesAsync(cart)).Sum(line => line.Total);
        if (usePaymentMethodAdditionalFee && cart.Count > 0 && await customers.GetByIdAsync(cart[0].CustomerId) is { } customer)
            total += await payments.GetAdditionalFeeAsync(cart, await carts.GetPaymentMethodAsync(customer));
        return (total, 0, [], [], 0, 0);
    }
}
