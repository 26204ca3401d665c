using Microsoft.Extensions.DependencyInjection;
using Moq;
using Nop.Core.Domain.Logging;
using Nop.Core.Domain.Orders;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Hosting.Health;
using Nop.Plugin.Payments.Mion.Hosting.Logging;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Setup;
using Nop.Services.Localization;
using Nop.Services.Payments;
using Nop.Services.ScheduleTasks;
using Nop.Services.Stores;

namespace Nop.Plugin.Payments.Mion.Tests.Support;

/// <summary>
/// The merchant's desk over empty tables, with a task that has just been installed.
/// </summary>
public sealed class FakeDesk
{
    private readonly FakeSettings _settings;

    public FakeDesk(FakeSettings settings, IStoreService? stores = null)
    {
        Entries = EmptyTable<MionHealthEntry>();
        Store = new HealthStore(Entries.Object);
        Record = new HealthRecord(Store, new HealthThrottle(TimeProvider.System), Log, TimeProvider.System);
        var texts = new Mock<ILocalizationService>();
        texts.Setup(service => service.GetResourceAsync(It.IsAny<string>())).ReturnsAsync((string name) => name);
        Stores = stores ?? Mock.Of<IStoreService>();
        var sessions = new PaymentSessionStore(EmptyTable<MionPaymentSession>().Object, Mock.Of<IRepository<Order>>());
        Texts = new PaymentTexts(Mock.Of<Nop.Services.Customers.ICustomerService>(), Some.Clock, Some.KeptTexts(texts.Object), texts.Object, Mock.Of<Nop.Core.IWorkContext>());
        Steps = new SetupStepFactory(Store, Stores, new KeyStepFactory(settings.Protector, sessions, Texts, TimeProvider.System), settings.Store,
            new TaskStepFactory(Mock.Of<IScheduleTaskService>(), Stores, Texts, TimeProvider.System), new WebhookStepFactory(sessions, Texts, TimeProvider.System));
        Health = new HealthModelFactory(new FakeCurrencies(FakeCurrencies.Currency("EUR", 1m)).Conversion, Store, Mock.Of<IPaymentPluginManager>(), sessions, Texts, Steps, settings.Store, TimeProvider.System);
        _settings = settings;
    }

    public Mock<IRepository<MionHealthEntry>> Entries { get; }

    public HealthModelFactory Health { get; }

    public SetupStepFactory Steps { get; }

    public HealthRecord Record { get; }

    public HealthStore Store { get; }

    public IStoreService Stores { get; }

    public PluginLog Log { get; } = FakeLog.Silent();

    public PaymentTexts Texts { get; }

    public DescriptionModelFactory Description => new(new ContractStandings(Store, _settings.Store),
        new Microsoft.AspNetCore.DataProtection.EphemeralDataProtectionProvider(), Texts);

    /// <summary>The tests behind the buttons; that of the webhook must not be run: nobody answers.</summary>
    public SetupTests SetupTests(Nop.Plugin.Payments.Mion.Api.MionApiClient api) =>
        new(new ConnectionTest(api), Record, Stores, _settings.Store, RoundTrip(api),
            new WebhookTest(Record, Store, new HttpClient(), _settings.Store));

    public WebhookRoundTrip RoundTrip(Nop.Plugin.Payments.Mion.Api.MionApiClient api) => new(Record, Store, api, _settings.Store, TimeProvider.System);

    private static Mock<IRepository<T>> EmptyTable<T>() where T : Nop.Core.BaseEntity
    {
        var table = new Mock<IRepository<T>>();
        table.Setup(repository => repository.Table).Returns(Array.Empty<T>().AsQueryable());
        return table;
    }
}
