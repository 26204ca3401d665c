using Nop.Core;
using Nop.Core.Domain.Customers;
using Nop.Core.Domain.Directory;
using Nop.Core.Domain.Localization;
using Nop.Core.Http;
using Nop.Data;
using Nop.Services.Customers;
using Nop.Services.Directory;
using Nop.Services.Localization;

namespace Nop.Plugin.Payments.Mion.Sandbox.Shop.Services;

public sealed class CustomerService(IRepository<Customer> customers, CartService carts, TimeProvider timeProvider) : ICustomerService
{
    private const string BackgroundTask = "BackgroundTask";

    /// <summary>E-mail address of the demo admin.</summary>
    public const string AdminEmail = "admin@demo.example";

    public Task<Customer> GetCustomerByIdAsync(int customerId) => customers.GetByIdAsync(customerId);

    public Task<bool> IsGuestAsync(Customer customer, bool onlyActiveCustomerRoles = true)
        => Task.FromResult(string.IsNullOrEmpty(customer.Email) || customer.IsSystemAccount);

    public Task<Customer> GetOrCreateBackgroundTaskUserAsync()
        => GetOrCreateAsync(customer => customer.SystemName == BackgroundTask, new Customer
        {
            Email = "builtin@background-task-record.com",
            IsSystemAccount = true,
            SystemName = BackgroundTask
        });

    public Task ApplyDiscountCouponCodeAsync(Customer customer, string couponCode) => carts.AddCodeAsync(customer, CartService.DiscountCodes, couponCode);

    public Task ApplyGiftCardCouponCodeAsync(Customer customer, string couponCode) => carts.AddCodeAsync(customer, CartService.GiftCardCodes, couponCode);

    public Task<Customer> GetOrCreateAdminAsync()
        => GetOrCreateAsync(customer => customer.Email == AdminEmail, new Customer { Email = AdminEmail, Username = "Demo admin" });

    public async Task<Customer?> GetByGuidAsync(Guid customerGuid)
        => await customers.Table.FirstOrDefaultAsync(customer => customer.CustomerGuid == customerGuid);

    public async Task<Customer> InsertGuestAsync() => await InsertAsync(new Customer());

    private async Task<Customer> GetOrCreateAsync(System.Linq.Expressions.Expression<Func<Customer, bool>> which, Customer template)
        => await customers.Table.FirstOrDefaultAsync(which) ?? await InsertAsync(template);

    private async Task<Customer> InsertAsync(Customer customer)
    {
        var now = timeProvider.GetUtcNow().UtcDateTime;
        customer.CustomerGuid = Guid.NewGuid();
        customer.Active = true;
        customer.CreatedOnUtc = now;
        customer.LastActivityDateUtc = now;
        await customers.InsertAsync(customer);
        return customer;
    }
}

/// <summary>
/// Who is asking, in nopCommerce's order: background work, the signed-in admin, the cookie, and else a new guest, whose
/// cookie is written.
/// </summary>
/// <remarks>
/// In one thing it differs: the admin is admin below <c>/Admin</c> only and a shopper everywhere else, so that one person
/// at one browser can play both.
/// </remarks>
public sealed class WorkContext(IHttpContextAccessor httpContextAccessor,
    CustomerService customerService,
    ILanguageService languageService,
    ICurrencyService currencyService,
    CurrencySettings currencySettings,
    TimeProvider timeProvider) : IWorkContext
{
    private const string TaskPath = "/scheduletask/runtask";

    private Customer? _customer;

    public async Task<Customer> GetCurrentCustomerAsync()
    {
        if (_customer is null)
            await SetCurrentCustomerAsync();
        return _customer!;
    }

    public async Task SetCurrentCustomerAsync(Customer? customer = null)
    {
        var context = httpContextAccessor.HttpContext;
        customer ??= await FindAsync(context) ?? await customerService.InsertGuestAsync();
        if (context is { Response.HasStarted: false } && customer.Email != CustomerService.AdminEmail)
        {
            context.Response.Cookies.Delete(CookieName);
            context.Response.Cookies.Append(CookieName, customer.CustomerGuid.ToString(), new CookieOptions
            {
                HttpOnly = true,
                Expires = timeProvider.GetUtcNow().AddYears(1),
                Secure = context.Request.IsHttps
            });
        }

        _customer = customer;
    }

    public async Task<Language> GetWorkingLanguageAsync()
    {
        var customer = await GetCurrentCustomerAsync();
        var languages = await languageService.GetAllLanguagesAsync();
        return languages.FirstOrDefault(language => language.Id == customer.LanguageId) ?? languages[0];
    }

    public async Task<Currency> GetWorkingCurrencyAsync()
    {
        var customer = await GetCurrentCustomerAsync();
        return await currencyService.GetCurrencyByIdAsync(customer.CurrencyId ?? currencySettings.PrimaryStoreCurrencyId);
    }

    private static string CookieName => NopCookieDefaults.Prefix + NopCookieDefaults.CustomerCookie;

    private async Task<Customer?> FindAsync(HttpContext? context)
    {
        if (context is null || context.Request.Path.Equals(TaskPath, StringComparison.OrdinalIgnoreCase))
            return await customerService.GetOrCreateBackgroundTaskUserAsync();
        if (context.User.Identity?.IsAuthenticated == true && context.Request.Path.StartsWithSegments("/Admin", StringComparison.OrdinalIgnoreCase))
            return await customerService.GetOrCreateAdminAsync();
        return Guid.TryParse(context.Request.Cookies[CookieName], out var guid)
            && await customerService.GetByGuidAsync(guid) is { Deleted: false, Active: true } known ? known : null;
    }
}
