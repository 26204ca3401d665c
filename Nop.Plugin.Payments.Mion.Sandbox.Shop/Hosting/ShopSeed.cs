using Nop.Core.Domain.Directory;
using Nop.Core.Domain.Localization;
using Nop.Core.Domain.Messages;
using Nop.Core.Domain.Payments;
using Nop.Core.Domain.ScheduleTasks;
using Nop.Core.Domain.Stores;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Data;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Services;
using Nop.Services.Configuration;
using Nop.Services.Localization;

namespace Nop.Plugin.Payments.Mion.Sandbox.Shop.Hosting;

/// <summary>What a new shop has: a store or two, a language, two currencies, four products.</summary>
internal static class ShopSeed
{
    public static async Task PlantAsync(IServiceProvider services, DemoShopOptions options)
    {
        var stores = services.GetRequiredService<IRepository<Store>>();
        if (await stores.Table.AnyAsync())
        {
            if (options.CopyOf is not null)
            {
                await SetAsync(services, options.Settings);
                await StartTasksNowAsync(services.GetRequiredService<IRepository<ScheduleTask>>(), options.TimeProvider.GetUtcNow().UtcDateTime);
            }

            return;
        }

        await stores.InsertAsync(NewStore("Demo shop", 1));
        if (options.SecondStore)
            await stores.InsertAsync(NewStore("Second shop", 2));
        await services.GetRequiredService<IRepository<Language>>().InsertAsync(
            new Language { Name = "English", LanguageCulture = "en-US", UniqueSeoCode = "en", Published = true, DisplayOrder = 1 });
        // the store's own texts that the plugin's pages use
        await services.GetRequiredService<ILocalizationService>().AddOrUpdateLocaleResourceAsync(new Dictionary<string, string>
        {
            ["Admin.Common.All"] = "All",
            ["Admin.Common.Save"] = "Save",
            ["Admin.Common.Search"] = "Search",
            ["Admin.Common.Standard"] = "Standard",
            ["Admin.Plugins.Saved"] = "The plugin's configuration has been saved."
        });
        await services.GetRequiredService<IRepository<EmailAccount>>().InsertAsync(new EmailAccount { Email = "owner@demo.example", DisplayName = "Demo shop" });
        await PlantCurrenciesAsync(services, options);
        await PlantProductsAsync(services.GetRequiredService<IRepository<Product>>());
        await services.GetRequiredService<ISettingService>().SaveSettingAsync(new PaymentSettings { AllowRePostingPayments = true });
        await SetAsync(services, options.Settings.Append(new(CheckoutSettings.OnePage, options.OnePageCheckout.ToString())));
    }

    /// <summary>Writes where the shop listens into its stores.</summary>
    public static async Task MoveInAsync(IServiceProvider services, DemoShopOptions options, Uri address)
    {
        var stores = services.GetRequiredService<IRepository<Store>>();
        var all = await stores.Table.OrderBy(store => store.Id).ToListAsync();
        var other = $"localhost:{address.Port}";
        all[0].Url = options.StoreUrl ?? address.ToString();
        all[0].Hosts = all.Count > 1 ? address.Authority : $"{address.Authority},{other}";
        if (all.Count > 1)
        {
            all[1].Url = $"http://{other}/";
            all[1].Hosts = other;
        }

        foreach (var store in all)
            await stores.UpdateAsync(store);
    }

    private static async Task SetAsync(IServiceProvider services, IEnumerable<KeyValuePair<string, string>> all)
    {
        var settings = services.GetRequiredService<SettingService>();
        foreach (var (name, value) in all)
            await settings.SetAsync(name, value, 0);
        await settings.ClearCacheAsync();
    }

    private static Store NewStore(string name, int order) => new()
    {
        Name = name,
        Url = "http://127.0.0.1/",
        Hosts = string.Empty,
        DisplayOrder = order,
        CompanyName = name
    };

    /// <summary>A copy is as new as if it had been installed now, however long ago that was.</summary>
    private static async Task StartTasksNowAsync(IRepository<ScheduleTask> tasks, DateTime utcNow)
    {
        foreach (var task in await tasks.Table.ToListAsync())
        {
            task.LastEnabledUtc = utcNow;
            await tasks.UpdateAsync(task);
        }
    }

    private static async Task PlantCurrenciesAsync(IServiceProvider services, DemoShopOptions options)
    {
        var currencies = services.GetRequiredService<IRepository<Currency>>();
        var now = options.TimeProvider.GetUtcNow().UtcDateTime;
        // with the formats that nopCommerce installs
        var euro = New("Euro", "EUR", 1, 1);
        euro.CustomFormatting = "€0.00";
        var dollar = New("US Dollar", "USD", 1.0842m, 2);
        dollar.DisplayLocale = "en-US";
        await currencies.InsertAsync(euro);
        await currencies.InsertAsync(dollar);
        await services.GetRequiredService<ISettingService>().SaveSettingAsync(new CurrencySettings
        {
            PrimaryStoreCurrencyId = options.PrimaryCurrency == dollar.CurrencyCode ? dollar.Id : euro.Id,
            PrimaryExchangeRateCurrencyId = euro.Id
        });

        Currency New(string name, string code, decimal rate, int order) => new()
        {
            Name = name,
            CurrencyCode = code,
            Rate = rate,
            Published = true,
            DisplayOrder = order,
            CreatedOnUtc = now,
            UpdatedOnUtc = now
        };
    }

    private static async Task PlantProductsAsync(IRepository<Product> products)
    {
        await products.InsertAsync(new Product { Name = "Coffee beans, 1 kg", Description = "Dark roast from the hills of Huehuetenango.", Price = 24.50m, IsShipped = true });
        await products.InsertAsync(new Product { Name = "Enamel mug", Description = "Holds 350 ml and forgives being dropped.", Price = 12.90m, IsShipped = true });
        await products.InsertAsync(new Product { Name = "Brewing guide (e-book)", Description = "Ninety pages on water, time and patience.", Price = 9.99m });
        await products.InsertAsync(new Product { Name = "One sticker", Description = "For those who came to try the checkout.", Price = 1.00m });
    }
}

/// <summary>Settings of the shop's own checkout.</summary>
internal static class CheckoutSettings
{
    /// <summary>Name of the setting that makes checkout one page.</summary>
    public const string OnePage = "demo.onepagecheckout";
}
