using FluentValidation;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Mvc.Razor;
using Newtonsoft.Json.Serialization;
using Nop.Core;
using Nop.Core.Configuration;
using Nop.Core.Domain.Orders;
using Nop.Core.Events;
using Nop.Core.Infrastructure;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Data;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Services;
using Nop.Services.Catalog;
using Nop.Services.Common;
using Nop.Services.Configuration;
using Nop.Services.Customers;
using Nop.Services.Directory;
using Nop.Services.Discounts;
using Nop.Services.Events;
using Nop.Services.Helpers;
using Nop.Services.Localization;
using Nop.Services.Messages;
using Nop.Services.Orders;
using Nop.Services.Payments;
using Nop.Services.ScheduleTasks;
using Nop.Services.Security;
using Nop.Services.Stores;
using Nop.Web.Framework.Factories;
using Nop.Web.Framework.UI;
using Nop.Web.Framework.WebOptimizer;
using ILogger = Nop.Services.Logging.ILogger;

namespace Nop.Plugin.Payments.Mion.Sandbox.Shop.Hosting;

/// <summary>What the plugin finds in the container: the shop's own likeness of nopCommerce's services.</summary>
internal static class ShopServices
{
    /// <summary>Name of the cookie and the scheme by which the demo admin is known.</summary>
    public const string AdminScheme = "Demo.Admin";

    public static void Add(IServiceCollection services, IConfiguration configuration, LoadedPlugin plugin, DemoShopOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton(options.TimeProvider);
        services.AddSingleton(plugin);
        services.AddSingleton<PluginMigrations>();
        services.AddSingleton<PluginInstallation>();
        AddWeb(services, plugin, options.CompiledViews);
        AddNop(services);
        AddScanned(services, plugin);
        if (options.RunScheduledTasks)
            services.AddHostedService<TaskTimer>();
        foreach (var startup in plugin.CreateAll<INopStartup>().OrderBy(startup => startup.Order))
            startup.ConfigureServices(services, configuration);
        options.ConfigureServices?.Invoke(services);
    }

    private static void AddWeb(IServiceCollection services, LoadedPlugin plugin, string? compiledViews)
    {
        services.AddHttpContextAccessor();
        services.AddMemoryCache();
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        services.AddAntiforgery();
        services.AddAuthentication(AdminScheme).AddCookie(AdminScheme, cookie =>
        {
            cookie.Cookie.Name = ".Demo.Admin";
            cookie.LoginPath = "/Admin/Login";
        });
        services.AddControllersWithViews(mvc =>
            {
                mvc.Filters.Add<ClosedStoreFilter>();
                mvc.Filters.Add<TouchCustomerFilter>();
                mvc.Filters.Add<ValidationFilter>();
            })
            .AddNewtonsoftJson(json => json.SerializerSettings.ContractResolver = new DefaultContractResolver())
            .AddPluginViews(plugin, compiledViews)
            .AddControllersAsServices();
        SharedActions.Add(services, plugin.Assembly);
        services.AddOptions<MvcOptions>().Configure<IHttpContextAccessor>((mvc, accessor) => mvc.ModelMetadataDetailsProviders.Add(new ResourceNames(accessor)));
        services.Configure<RazorViewEngineOptions>(razor =>
        {
            razor.AreaViewLocationFormats.Insert(0, "/Admin/Views/{1}/{0}.cshtml");
            razor.AreaViewLocationFormats.Insert(1, "/Admin/Views/Shared/{0}.cshtml");
        });
    }

    private static void AddNop(IServiceCollection services)
    {
        services.AddTransient(typeof(Lazy<>), typeof(LateService<>));
        services.AddScoped(typeof(IRepository<>), typeof(Repository<>));
        services.AddSingleton<SettingCache>();
        services.AddSingleton(typeof(ListCache<>));
        services.AddSingleton<TextCache>();
        services.AddSingleton<PaidOrders>();
        services.AddSingleton<MailServer>();
        services.AddSingleton(new AppSettings());
        services.AddSingleton<IActionContextAccessor, ActionContextAccessor>();
        services.AddSingleton<INopAssetHelper, NoAssets>();
        services.AddScoped<IWidgetModelFactory, NoWidgets>();
        services.AddScoped<PageParts>();
        services.AddScoped<INopHtmlHelper>(provider => provider.GetRequiredService<PageParts>());
        services.AddScoped<NotificationService>();
        services.AddScoped<INotificationService>(provider => provider.GetRequiredService<NotificationService>());
        services.AddScoped<SettingService>();
        services.AddScoped<ISettingService>(provider => provider.GetRequiredService<SettingService>());
        services.AddScoped<OrderService>();
        services.AddScoped<IOrderService>(provider => provider.GetRequiredService<OrderService>());
        services.AddScoped<OrderProcessingService>();
        services.AddScoped<OrderPaidTail>();
        services.AddScoped<IOrderProcessingService>(provider => provider.GetRequiredService<OrderProcessingService>());
        services.AddScoped<CustomerService>();
        services.AddScoped<ICustomerService>(provider => provider.GetRequiredService<CustomerService>());
        services.AddScoped<ScheduleTaskService>();
        services.AddScoped<IScheduleTaskService>(provider => provider.GetRequiredService<ScheduleTaskService>());
        services.AddScoped<ScheduleTaskRunner>();
        services.AddScoped<CustomerAttributes>();
        services.AddScoped<IGenericAttributeService, GenericAttributeService>();
        services.AddScoped<CartService>();
        services.AddScoped<DiscountService>();
        services.AddScoped<IDiscountService>(provider => provider.GetRequiredService<DiscountService>());
        services.AddScoped<GiftCardService>();
        services.AddScoped<IGiftCardService>(provider => provider.GetRequiredService<GiftCardService>());
        services.AddScoped<PaymentService>();
        services.AddScoped<OrderPlacement>();
        services.AddScoped<CheckoutModels>();
        services.AddScoped<Prices>();
        services.AddScoped<IOrderTotalCalculationService, OrderTotalCalculationService>();
        services.AddScoped<IPaymentPluginManager, PaymentPluginManager>();
        services.AddScoped<IPermissionService, PermissionService>();
        services.AddScoped<IWorkContext, WorkContext>();
        services.AddScoped<IStoreContext, StoreContext>();
        services.AddScoped<IStoreService, StoreService>();
        services.AddScoped<ILanguageService, LanguageService>();
        services.AddScoped<ICurrencyService, CurrencyService>();
        services.AddScoped<IPriceFormatter, PriceFormatter>();
        services.AddScoped<ILocalizationService, LocalizationService>();
        services.AddScoped<ILogger, ShopLogger>();
        services.AddScoped<IDateTimeHelper, DateTimeHelper>();
        services.AddScoped<AdminMenu>();
        services.AddScoped<WidgetZones>();
        services.AddScoped<IEventPublisher, EventPublisher>();
        services.AddScoped<IAddressService, AddressService>();
        services.AddScoped<OrderMails>();
        services.AddScoped<IMessageTemplateService, MessageTemplateService>();
        services.AddScoped<IEmailAccountService, EmailAccountService>();
        services.AddScoped<IWorkflowMessageService, WorkflowMessageService>();
        services.AddScoped<IEmailSender, EmailSender>();
        services.AddScoped<IWebHelper, WebHelper>();
        services.AddScoped<IConsumer<OrderPaidEvent>, PaidOrdersConsumer>();
    }

    // what nopCommerce finds by scanning assemblies: settings (those of the request's store), consumers, validators
    private static void AddScanned(IServiceCollection services, LoadedPlugin plugin)
    {
        var types = plugin.Types.Concat(typeof(ISettings).Assembly.GetTypes()).Where(type => type is { IsClass: true, IsAbstract: false }).ToList();
        foreach (var type in types.Where(typeof(ISettings).IsAssignableFrom))
        {
            services.AddScoped(type, provider =>
                provider.GetRequiredService<SettingService>().Load(type, provider.GetRequiredService<IStoreContext>().GetCurrentStore().Id));
        }

        foreach (var type in types)
        {
            foreach (var contract in type.GetInterfaces().Where(contract => contract.IsGenericType))
            {
                if (contract.GetGenericTypeDefinition() is var definition && (definition == typeof(IConsumer<>) || definition == typeof(IValidator<>)))
                    services.AddScoped(contract, type);
            }
        }
    }

    private sealed class LateService<T>(IServiceProvider provider) : Lazy<T>(provider.GetRequiredService<T>)
        where T : notnull;
}
