using Nop.Core.Domain.Customers;
using Nop.Core.Domain.Directory;
using Nop.Core.Domain.Localization;
using Nop.Core.Domain.Stores;

namespace Nop.Core;

/// <summary>The store of the current request, chosen by its Host header.</summary>
public interface IStoreContext
{
    Task<Store> GetCurrentStoreAsync();

    Store GetCurrentStore();

    /// <summary>The store that an admin configures at the moment; 0 is all stores.</summary>
    Task<int> GetActiveStoreScopeConfigurationAsync();
}

/// <summary>Who is asking. Every member may create a guest where no customer is known.</summary>
public interface IWorkContext
{
    Task<Customer> GetCurrentCustomerAsync();

    Task SetCurrentCustomerAsync(Customer customer = null);

    Task<Language> GetWorkingLanguageAsync();

    Task<Currency> GetWorkingCurrencyAsync();
}

/// <summary>Facts of the current request.</summary>
public interface IWebHelper
{
    /// <summary>True for 301 and 302 only: the one sign by which checkout knows that a payment method redirected.</summary>
    bool IsRequestBeingRedirected { get; }

    bool IsPostBeingDone { get; set; }

    /// <summary>The store's address with a trailing slash.</summary>
    string GetStoreLocation(bool? useSsl = null);
}
