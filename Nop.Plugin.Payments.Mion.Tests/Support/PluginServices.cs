using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Moq;
using Nop.Core;
using Nop.Core.Domain;
using Nop.Core.Domain.Customers;
using Nop.Core.Domain.Directory;
using Nop.Core.Domain.Localization;
using Nop.Core.Domain.Logging;
using Nop.Core.Domain.Messages;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Core.Events;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Hosting.Health;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Till;
using Nop.Services.Catalog;
using Nop.Services.Common;
using Nop.Services.Configuration;
using Nop.Services.Customers;
using Nop.Services.Directory;
using Nop.Services.Discounts;
using Nop.Services.Helpers;
using Nop.Services.Localization;
using Nop.Services.Logging;
using Nop.Services.Messages;
using Nop.Services.Orders;
using Nop.Services.Payments;
using Nop.Services.ScheduleTasks;
using Nop.Services.Security;
using Nop.Services.Stores;

namespace Nop.Plugin.Payments.Mion.Tests.Support;

/// <summary>
/// The plugin's services as <see cref="NopStartup"/> registers them, over doubles of nopCommerce's.
/// </summary>
public sealed class PluginServices : IAsyncDisposable
{
    private readonly Dictionary<Type, Mock> _nop = [];
    private readonly ServiceCollection _collection = [];
    private ServiceProvider? _provider;

    public PluginServices()
    {
        Add<IAddressService>();
        Add<ICurrencyService>();
        Add<ICustomerService>();
        Add<IDiscountService>();
        Add<IGenericAttributeService>();
        Add<IGiftCardService>();
        Add<IEmailAccountService>();
        Add<IEmailSender>();
        Add<IMessageTemplateService>();
        Add<IWorkflowMessageService>();
        Add<IRepository<MionPaymentAttempt>>();
        _collection.AddScoped(_ => Some.Clock);
        Add<ILanguageService>();
        Nop<ILanguageService>().Setup(service => service.GetAllLanguagesAsync(It.IsAny<bool>(), It.IsAny<int>())).ReturnsAsync([]);
        Add<ILocalizationService>();
        Add<ILogger>();
        Add<INotificationService>();
        Add<IOrderProcessingService>();
        Add<IEventPublisher>();
        Add<IOrderService>();
        Add<IOrderTotalCalculationService>();
        Add<IPaymentPluginManager>();
        Add<IPermissionService>();
        Add<IRepository<Customer>>();
        Add<IRepository<Log>>();
        Add<IRepository<MionHealthEntry>>();
        Add<IRepository<MionPaymentEvent>>();
        Add<IRepository<MionPaymentSession>>();
        Add<IRepository<MionTillClose>>();
        Add<IRepository<Order>>();
        Add<IRepository<ShoppingCartItem>>();
        Add<IPriceFormatter>();
        Add<IScheduleTaskService>();
        Add<ISettingService>();
        Add<IStoreContext>();
        Add<IStoreService>();
        Add<IWorkContext>();
        _collection.AddScoped(_ => new CurrencySettings { PrimaryStoreCurrencyId = 1 });
        _collection.AddScoped(_ => new EmailAccountSettings());
        _collection.AddScoped(_ => new LocalizationSettings());
        _collection.AddScoped(_ => new PaymentSettings { AllowRePostingPayments = true });
        _collection.AddScoped(_ => new StoreInformationSettings());
        _collection.AddSingleton<IHttpContextAccessor>(Accessor);
        _collection.AddSingleton<IDataProtectionProvider, EphemeralDataProtectionProvider>();
        _collection.AddSingleton<LinkGenerator, FakeLinks>();
        new NopStartup().ConfigureServices(_collection, new ConfigurationBuilder().Build());
    }

    public HttpContextAccessor Accessor { get; } = new();

    public IServiceCollection Collection => _collection;

    public ServiceProvider Provider => _provider ??= _collection.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });

    public Mock<T> Nop<T>() where T : class => (Mock<T>)_nop[typeof(T)];

    public ValueTask DisposeAsync() => _provider?.DisposeAsync() ?? ValueTask.CompletedTask;

    private void Add<T>() where T : class
    {
        var mock = new Mock<T>();
        _nop.Add(typeof(T), mock);
        _collection.AddScoped(_ => mock.Object);
    }
}
