using Nop.Core;
using Nop.Core.Domain.Customers;
using Nop.Core.Domain.Directory;
using Nop.Core.Domain.Stores;

namespace Nop.Services.Stores
{
    /// <summary>The stores of this installation.</summary>
    public interface IStoreService
    {
        Task<IList<Store>> GetAllStoresAsync();

        Task<Store> GetStoreByIdAsync(int storeId);

        /// <summary>Whether a Host header belongs to the store.</summary>
        bool ContainsHostValue(Store store, string host);
    }
}

namespace Nop.Services.Directory
{
    /// <summary>Currencies and nopCommerce's own rates.</summary>
    public interface ICurrencyService
    {
        Task<Currency> GetCurrencyByIdAsync(int currencyId);

        Task<Currency> GetCurrencyByCodeAsync(string currencyCode);

        Task<IList<Currency>> GetAllCurrenciesAsync(bool showHidden = false, int storeId = 0);

        Task<decimal> ConvertCurrencyAsync(decimal amount, Currency sourceCurrencyCode, Currency targetCurrencyCode);

        Task<decimal> ConvertFromPrimaryStoreCurrencyAsync(decimal amount, Currency targetCurrencyCode);
    }
}

namespace Nop.Services.Common
{
    /// <summary>Values that an entity carries along, by key and store.</summary>
    public interface IGenericAttributeService
    {
        Task<TPropType> GetAttributeAsync<TPropType>(BaseEntity entity, string key, int storeId = 0, TPropType defaultValue = default);
    }
}

namespace Nop.Services.Customers
{
    /// <summary>Customers, guests and nopCommerce's own accounts.</summary>
    public interface ICustomerService
    {
        Task<Customer> GetCustomerByIdAsync(int customerId);

        Task<bool> IsGuestAsync(Customer customer, bool onlyActiveCustomerRoles = true);

        /// <summary>The account that work without a shopper runs as.</summary>
        Task<Customer> GetOrCreateBackgroundTaskUserAsync();

        /// <summary>Adds a code to those that the customer has entered; twice is once.</summary>
        Task ApplyDiscountCouponCodeAsync(Customer customer, string couponCode);

        /// <summary>As <see cref="ApplyDiscountCouponCodeAsync"/>.</summary>
        Task ApplyGiftCardCouponCodeAsync(Customer customer, string couponCode);
    }
}
