using Microsoft.Extensions.DependencyInjection;
using Moq;
using Nop.Core.Domain.Logging;
using Nop.Core.Domain.Orders;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Data;
using Nop.Plugin.Payments.Mion.Domain;
using Nop.Plugin.Payments.Mion.Factories;
using Nop.Plugin.Payments.Mion.Services;
using Nop.Services.Helpers;
using Nop.Services.Localization;
using Nop.Services.Logging;
using Nop.Services.ScheduleTasks;
using Nop.Services.Stores;

namespace Nop.Plugin.Payments.Mion.Tests.Support;

/// <summary>
/// The merchant's desk over empty tables, with a task that has just been installed.
/// </summary>
public sealed class FakeDesk
{
    // for the log, which is written outside the request
    private static readonly IServiceProvider _services = new ServiceCollection().AddHttpContextAccessor()
        .AddSingleton(Mock.Of<ILogger>()).AddSingleton(Mock.Of<IStoreService>()).BuildServiceProvider();

    public FakeDesk(FakeSettings settings, IStoreService? stores = null)
    {
        Entries = EmptyTable<MionHealthEntry>();
        Store = new HealthStore(Entries.Object);
        Record = new HealthRecord(Store, new LogDigest(TimeProvider.System), TimeProvider.System, new TokenlessLog(new BackgroundScope(_services.GetRequiredService<IServiceScopeFactory>())));
        var texts = new Mock<ILocalizationService>();
        texts.Setup(service => service.GetResourceAsync(It.IsAny<string>())).ReturnsAsync((string name) => name);
        Stores = stores ?? Mock.Of<IStoreService>();
        var search = new PaymentSearchStore(EmptyTable<MionPaymentSession>().Object, EmptyTable<Order>().Object);
        SupportBundle = new SupportBundle(settings.Protector, Store, EmptyTable<Log>().Object, new PaymentEventStore(EmptyTable<MionPaymentEvent>().Object), search, settings.Store, TimeProvider.System);
        Health = new HealthModelFactory(settings.Protector, Store, Mock.Of<IScheduleTaskService>(), Stores, search,
            new PaymentTexts(Mock.Of<IDateTimeHelper>(), texts.Object), settings.Store, TimeProvider.System);
    }

    public Mock<IRepository<MionHealthEntry>> Entries { get; }

    public HealthModelFactory Health { get; }

    public HealthRecord Record { get; }

    public HealthStore Store { get; }

    public IStoreService Stores { get; }

    public SupportBundle SupportBundle { get; }

    /// <summary>A test of the webhook's address that must not be run: nobody answers.</summary>
    public WebhookTest WebhookTest => new(Record, Store, new HttpClient(), Stores);

    private static Mock<IRepository<T>> EmptyTable<T>() where T : Nop.Core.BaseEntity
    {
        var table = new Mock<IRepository<T>>();
        table.Setup(repository => repository.Table).Returns(Array.Empty<T>().AsQueryable());
        return table;
    }
}
