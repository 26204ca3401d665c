using Microsoft.AspNetCore.Mvc;
using Nop.Core;
using Nop.Core.Domain.Customers;
using Nop.Core.Domain.Directory;
using Nop.Core.Domain.Localization;
using Nop.Data;

namespace Nop.Plugin.Payments.Mion.Sandbox.Shop.Controllers;

/// <summary>What a visitor chooses at the top of every page, under nopCommerce's addresses; and where a closed store sends them.</summary>
public sealed class CommonController(IRepository<Customer> customers, IRepository<Language> languages, IRepository<Currency> currencies, IWorkContext workContext) : Controller
{
    [HttpGet]
    public async Task<IActionResult> SetLanguage(int langid)
    {
        var customer = await workContext.GetCurrentCustomerAsync();
        customer.LanguageId = (await languages.GetByIdAsync(langid))?.Id;
        await customers.UpdateAsync(customer);
        return LocalRedirect("/");
    }

    [HttpGet]
    public async Task<IActionResult> SetCurrency(int customercurrency)
    {
        var customer = await workContext.GetCurrentCustomerAsync();
        customer.CurrencyId = (await currencies.GetByIdAsync(customercurrency))?.Id;
        await customers.UpdateAsync(customer);
        return LocalRedirect("/");
    }

    [HttpGet]
    public IActionResult StoreClosed() => View();
}
