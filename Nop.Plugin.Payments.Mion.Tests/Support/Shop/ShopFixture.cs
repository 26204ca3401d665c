using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;
using Nop.Core.Domain.Common;
using Nop.Core.Domain.Localization;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Api;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Hosting.Health;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Sandbox;
using Nop.Plugin.Payments.Mion.Sandbox.Mion;
using Nop.Plugin.Payments.Mion.Sandbox.Shop;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Data;
using Nop.Plugin.Payments.Mion.Setup;

namespace Nop.Plugin.Payments.Mion.Tests.Support;

/// <summary>
/// A demo shop that has loaded the plugin, and a stand-in for Mion: new ones for each test, on one clock.
/// </summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Parallelizable(ParallelScope.All)]
public abstract class ShopFixture(DatabaseKind database = DatabaseKind.Sqlite)
{
    private readonly List<ShopBrowser> _browsers = [];
    private readonly Breakages _breakages = new();
    private int _statements;

    private protected MovableTime Time { get; } = new();

    /// <summary>What goes wrong in the shop itself from now on.</summary>
    private protected Breakages Breakages => _breakages;

    /// <summary>Statements that the shop has sent to its database, those that only read too.</summary>
    private protected int Statements => Volatile.Read(ref _statements);

    /// <summary>Runs right before the session that pays an order is written into it.</summary>
    private protected Func<Task>? BeforeStamp { get; set; }

    /// <summary>Hears of a changing statement that has been executed; what it throws is the death of whoever sent it.</summary>
    private protected Action<string>? AfterStatement { get; set; }

    /// <summary>The stand-in for Mion.</summary>
    protected MionStandIn Mion { get; private set; } = null!;

    /// <summary>The demo shop.</summary>
    protected DemoShop Shop { get; private set; } = null!;

    /// <summary>How the shop of a fixture differs from the usual one.</summary>
    protected virtual string PrimaryCurrency => "EUR";

    /// <inheritdoc cref="PrimaryCurrency"/>
    protected virtual bool OnePageCheckout => false;

    /// <inheritdoc cref="PrimaryCurrency"/>
    protected virtual bool SecondStore => false;

    /// <inheritdoc cref="PrimaryCurrency"/>
    protected virtual bool Webhooks => false;

    /// <inheritdoc cref="PrimaryCurrency"/>
    protected virtual bool InstallPlugin => true;

    /// <summary>How far Mion's clock is ahead of the shop's.</summary>
    protected virtual TimeSpan MionAhead => TimeSpan.Zero;

    /// <summary>Whether Mion's <c>fundingAmountAvailable</c> is what can be paid.</summary>
    protected virtual bool AvailableMeansPayable => false;

    /// <summary>With which the stand-in plays the service of a card, too; null where no card is tapped.</summary>
    protected virtual X509Certificate2? CardCertificate => null;

    /// <summary>Another Mion than the assumed one.</summary>
    private protected virtual MadeUpMion? Described => MadeUpMion.Chosen;

    /// <summary>Leaves out a test that itself speaks in the assumed names, where Mion has others.</summary>
    private protected void NeedsAssumedNames()
    {
        if (Described is not null)
            Assert.Ignore("It speaks in the assumed names itself.");
    }

    /// <inheritdoc cref="PrimaryCurrency"/>
    private protected virtual Uri? ForeignScript => null;

    /// <summary>The plugin's views; compiled at run time, as in a store, where a browser shows them.</summary>
    private protected virtual string? CompiledViews => Repository.CompiledViews;

    /// <summary>Registers what another plugin of the shop would.</summary>
    private protected virtual void Register(IServiceCollection services)
    {
    }

    /// <summary>Starts both.</summary>
    [SetUp]
    public async Task StartShop()
    {
        var server = database == DatabaseKind.Sqlite ? null : await Databases.CreateAsync(database);
        Mion = await MionStandIn.StartAsync(new MionStandInOptions
        {
            TimeProvider = new ClockAhead(Time, MionAhead),
            AvailableMeansPayable = AvailableMeansPayable,
            CardCertificate = CardCertificate,
            ProcessingStep = Timeout.InfiniteTimeSpan,
            WebhookBackOff = TimeSpan.FromMilliseconds(20),
            ApiKeyHeader = Described?.KeyHeader ?? "X-API-Key",
            ApiKeyPrefix = Described is { KeyPrefix.Length: > 0 } with ? with.KeyPrefix + " " : "",
            Contract = Described?.Contract ?? new Dictionary<string, string>()
        });
        var settings = DemoSettings.For(Mion.BaseAddress).ToDictionary(setting => setting.Key, setting => setting.Value);
        settings["mionsettings.webhooksenabled"] = Webhooks.ToString();
        foreach (var (name, value) in Described?.Settings(Mion.BaseAddress) ?? [])
            settings[$"mionsettings.{name}"] = value;
        Shop = await DemoShop.StartAsync(new DemoShopOptions
        {
            TimeProvider = Time,
            PrimaryCurrency = PrimaryCurrency,
            OnePageCheckout = OnePageCheckout,
            SecondStore = SecondStore,
            ForeignScript = ForeignScript,
            CompiledViews = CompiledViews,
            InstallPlugin = InstallPlugin,
            Server = server,
            CopyOf = InstallPlugin && server is null ? await ReadyShops.GetAsync(PrimaryCurrency, OnePageCheckout, SecondStore) : null,
            Settings = settings,
            StatementListener = _ => Interlocked.Increment(ref _statements),
            StatementHook = async (sql, execute) =>
            {
                _breakages.RequireMails(sql);
                if (BeforeStamp is { } before && IsStamp(sql))
                    await before();
                await execute();
                AfterStatement?.Invoke(sql);
            },
            ConfigureServices = services =>
            {
                _breakages.Build(services);
                // a client's handler holds its shop until its time is over
                services.ConfigureAll<HttpClientFactoryOptions>(clients => clients.HandlerLifetime = TimeSpan.FromSeconds(1));
                Register(services);
            }
        });
    }

    /// <summary>Stops both.</summary>
    [TearDown]
    public async Task StopShop()
    {
        foreach (var browser in _browsers)
            browser.Dispose();
        if (Shop is not null)
        {
            if (TestContext.CurrentContext.Result.Outcome.Status == NUnit.Framework.Interfaces.TestStatus.Failed)
                await TellLogAsync();
            await Shop.DisposeAsync();
        }

        if (Mion is not null)
            await Mion.DisposeAsync();
        // the runner keeps every fixture until its end
        (Shop, Mion) = (null!, null!);
        _browsers.Clear();
    }

    /// <summary>A browser that has never been to the shop.</summary>
    private protected ShopBrowser NewBrowser(Uri? address = null, bool keepsCookies = true)
    {
        var browser = new ShopBrowser(address ?? Shop.BaseAddress, keepsCookies, Described);
        lock (_browsers)
            _browsers.Add(browser);
        return browser;
    }

    /// <summary>The browser of somebody who has logged in as the administrator.</summary>
    private protected async Task<ShopBrowser> AdminAsync()
    {
        var admin = NewBrowser();
        await admin.EnterAdminAsync();
        return admin;
    }

    /// <summary>Writes made-up rows.</summary>
    private protected Task InsertAsync(IEnumerable<MionPaymentSession> rows) => InScopeAsync<IRepository<MionPaymentSession>, bool>(async sessions =>
    {
        foreach (var row in rows)
            await sessions.InsertAsync(row, publishEvent: false);
        return true;
    });

    /// <summary>Buys, up to the redirect to where the shopper pays.</summary>
    private protected async Task<Purchase> BuyAsync(ShopBrowser? browser = null, int productId = ShopBrowser.Mug)
    {
        browser ??= NewBrowser();
        using var response = OnePageCheckout ? await BuyOnOnePageAsync(browser, productId) : await browser.BuyAsync(productId);
        Assert.That((int)response.StatusCode, Is.EqualTo(302), "nopCommerce takes nothing else for a redirect");
        var order = await NewestOrderAsync();
        return new Purchase(browser, order.Id, response.Headers.Location!.ToString());
    }

    private static async Task<HttpResponseMessage> BuyOnOnePageAsync(ShopBrowser browser, int productId)
    {
        await browser.AddToCartAsync(productId);
        return await browser.GetAsync(await browser.ConfirmOnePageAsync());
    }

    /// <summary>Buys and has a session at Mion.</summary>
    private protected async Task<(Purchase Purchase, MionPaymentSession Session)> BuyWithSessionAsync(ShopBrowser? browser = null)
    {
        var purchase = await BuyAsync(browser);
        var session = await NewestSessionAsync(purchase.OrderId);
        Assert.That(session.IsAtMion(), Is.True, "the purchase has a session at Mion");
        // written behind the shopper's back
        await Soon.Async("the order's note tells of the session", async () => (await MionNotesAsync(purchase.OrderId)).Count > 0);
        return (purchase, session);
    }

    /// <summary>An order that was placed without a checkout, as by staff, an import or another channel; it has no session.</summary>
    private protected async Task<int> PlaceAsync(string method = MionDefaults.SystemName, decimal total = 12.90m, string? email = "shopper@demo.example", int languageId = 1) =>
        await Shop.InScopeAsync(async services =>
        {
            var address = new Address { FirstName = "Demo", LastName = "Shopper", Email = email };
            await services.GetRequiredService<IRepository<Address>>().InsertAsync(address);
            var order = new Order
            {
                OrderGuid = Guid.NewGuid(),
                StoreId = 1,
                CustomerId = 4711,
                BillingAddressId = address.Id,
                CustomerLanguageId = languageId,
                CustomerCurrencyCode = "EUR",
                CurrencyRate = 1,
                OrderTotal = total,
                OrderStatus = OrderStatus.Pending,
                PaymentStatus = PaymentStatus.Pending,
                PaymentMethodSystemName = method,
                CustomOrderNumber = Guid.NewGuid().ToString("N")[..8],
                CreatedOnUtc = Time.UtcNow
            };
            await services.GetRequiredService<IRepository<Order>>().InsertAsync(order);
            return order.Id;
        });

    /// <summary>The mails in the shop's queue, the oldest first.</summary>
    private protected Task<List<QueuedEmail>> QueuedAsync() => InScopeAsync<IRepository<QueuedEmail>, List<QueuedEmail>>(async queue =>
        await queue.Table.OrderBy(mail => mail.Id).ToListAsync());

    /// <summary>Waits until what Mion's answer has proven is written, which happens behind everybody's back.</summary>
    private protected async Task ProofWrittenAsync()
    {
        var options = await InScopeAsync<StoreSettings, MionApiOptions>(settings => settings.LoadApiOptionsAsync(0));
        var last = HealthFacts.Proven(options, "session.reference");
        await Soon.Async("the proof is written",
            async () => await InScopeAsync<HealthStore, Noted<string>?>(health => health.FindAsync(last)) is not null);
    }

    /// <summary>What the store owner has been told by e-mail.</summary>
    private protected Task<List<string>> OwnerMailsAsync() => InScopeAsync<IRepository<QueuedEmail>, List<string>>(queue =>
        Task.FromResult(queue.Table.Where(mail => mail.To == "owner@demo.example").Select(mail => mail.Body).ToList()));

    /// <summary>Does something right after the next changing statement that names a column.</summary>
    private protected void OnceAfter(string column, Func<Task> work) => AfterStatement = sql =>
    {
        if (!sql.Contains("UPDATE", StringComparison.Ordinal) || !sql.Contains(column, StringComparison.Ordinal))
            return;
        AfterStatement = null;
        work().GetAwaiter().GetResult();
    };

    private protected Task<Order> NewestOrderAsync() => InScopeAsync<IRepository<Order>, Order>(async orders =>
        (await orders.Table.OrderByDescending(order => order.Id).ToListAsync()).First());

    private protected Task<IReadOnlyList<MionPaymentSession>> SessionsAsync(int orderId) =>
        InScopeAsync<PaymentSessionStore, IReadOnlyList<MionPaymentSession>>(store => store.GetByOrderAsync(orderId));

    private protected async Task<MionPaymentSession> NewestSessionAsync(int orderId) => (await SessionsAsync(orderId))[0];

    private protected async Task<PaymentStatus> PaymentStatusAsync(int orderId) => (await Shop.GetOrderAsync(orderId)).PaymentStatus;

    /// <summary>The plugin's own notes on an order; the shop's are left out.</summary>
    private protected async Task<IReadOnlyList<string>> MionNotesAsync(int orderId) =>
        [.. (await Shop.GetNotesAsync(orderId)).Where(note => note.StartsWith("Bitcoin payment:", StringComparison.Ordinal))];

    /// <summary>Changes an order behind the plugin's back, as an admin does.</summary>
    private protected Task ChangeOrderAsync(int orderId, Action<Order> change) => InScopeAsync<IRepository<Order>, bool>(async orders =>
    {
        var order = await orders.GetByIdAsync(orderId);
        change(order);
        await orders.UpdateAsync(order);
        return true;
    });

    /// <summary>Gives the shop's language another culture, and so the shop's way to write times and numbers.</summary>
    /// <param name="culture">Such as <c>fi-FI</c>.</param>
    private protected Task SpeakAsync(string culture) => InScopeAsync<IRepository<Language>, bool>(async languages =>
    {
        var language = await languages.GetByIdAsync(1);
        language.LanguageCulture = culture;
        await languages.UpdateAsync(language);
        return true;
    });

    /// <summary>Adds a language to the shop, with the plugin's texts.</summary>
    /// <param name="culture">Such as <c>de-DE</c>.</param>
    /// <returns>Its id, for <see cref="ShopBrowser.SpeakAsync"/>.</returns>
    private protected async Task<int> AddLanguageAsync(string culture)
    {
        var id = await InScopeAsync<IRepository<Language>, int>(async languages =>
        {
            var language = new Language { Name = culture, LanguageCulture = culture, UniqueSeoCode = culture[..2], Published = true, DisplayOrder = 2 };
            await languages.InsertAsync(language);
            return language.Id;
        });
        await InScopeAsync<LanguagePacks, bool>(async packs =>
        {
            await packs.InstallMissingAsync();
            return true;
        });
        return id;
    }

    /// <summary>Runs the plugin's scheduled task, as the shop's own timer does.</summary>
    private protected Task RunPollAsync() => Shop.RunTaskAsync(MionDefaults.PollTaskType);

    /// <summary>Lets the first look of the scheduled task come due, and runs it.</summary>
    private protected async Task PollWhenDueAsync()
    {
        Time.Advance(TimeSpan.FromSeconds(61));
        await RunPollAsync();
    }

    private protected Task<TResult> InScopeAsync<TService, TResult>(Func<TService, Task<TResult>> work)
        where TService : notnull => Shop.InScopeAsync(services => work(services.GetRequiredService<TService>()));

    /// <summary>That an order was paid once, in every respect.</summary>
    private protected async Task AssertPaidOnceAsync(int orderId, string paymentSessionId)
    {
        var order = await Shop.GetOrderAsync(orderId);
        var notes = await Shop.GetNotesAsync(orderId);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(order.PaymentStatus, Is.EqualTo(PaymentStatus.Paid));
            Assert.That(order.CaptureTransactionId, Is.EqualTo(paymentSessionId));
            Assert.That(order.AuthorizationTransactionId, Is.EqualTo(paymentSessionId));
            Assert.That(Shop.PaidOrders, Is.EqualTo(new[] { orderId }), "one OrderPaidEvent");
            Assert.That(notes.Count(note => note == "Order has been marked as paid"), Is.EqualTo(1));
            Assert.That(notes.Count(note => note.Contains("The order is paid.", StringComparison.Ordinal)), Is.EqualTo(1));
            Assert.That((await SessionsAsync(orderId)).Count(session => session.State == PaymentSessionState.Paid), Is.EqualTo(1));
        }
    }

    private bool IsStamp(string sql) =>
        sql.Contains("UPDATE", StringComparison.Ordinal) && sql.Contains(Databases.Quote(database, "Order"), StringComparison.Ordinal) && !sql.Contains("PaidDateUtc", StringComparison.Ordinal);

    private async Task TellLogAsync()
    {
        foreach (var line in await Shop.GetLogAsync())
            await TestContext.Out.WriteLineAsync($"{line.CreatedOnUtc:HH:mm:ss} {line.LogLevelId} {line.PageUrl} {line.ShortMessage}\n{line.FullMessage}");
    }
}

/// <summary>An order that was placed, and where the shopper was sent.</summary>
/// <param name="Browser">The browser that placed it.</param>
/// <param name="OrderId">The order.</param>
/// <param name="Redirect">Where the shopper was sent.</param>
internal sealed record Purchase(ShopBrowser Browser, int OrderId, string Redirect);
