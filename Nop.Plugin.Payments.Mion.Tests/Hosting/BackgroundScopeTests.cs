using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Moq;
using Nop.Core.Domain.Stores;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Services.Stores;

namespace Nop.Plugin.Payments.Mion.Tests.Hosting;

public class BackgroundScopeTests
{
    private static readonly AsyncLocal<string?> _ofTheCaller = new();

    private HttpContextAccessor _accessor = null!;
    private Mock<IStoreService> _stores = null!;
    private ServiceProvider _services = null!;
    private BackgroundScope _scope = null!;

    [SetUp]
    public void SetUp()
    {
        _accessor = new HttpContextAccessor { HttpContext = new DefaultHttpContext() };
        _stores = new Mock<IStoreService>();
        _stores.Setup(service => service.GetStoreByIdAsync(1)).ReturnsAsync(new Store { Id = 1, Url = "https://shop.example:8443/sub/" });
        _services = new ServiceCollection()
            .AddSingleton<IHttpContextAccessor>(_accessor)
            .AddScoped(_ => _stores.Object)
            .AddScoped<Resource>()
            .BuildServiceProvider(validateScopes: true);
        _scope = new BackgroundScope(_services.GetRequiredService<IServiceScopeFactory>());
    }

    [TearDown]
    public async Task TearDown() => await _services.DisposeAsync();

    [Test]
    public async Task The_work_runs_in_a_request_of_its_own_that_nopCommerce_takes_for_a_scheduled_task()
    {
        var (request, services, ofWork) = await _scope.RunAsync(1, async services =>
        {
            await Task.Yield();
            return (_accessor.HttpContext!.Request, _accessor.HttpContext.RequestServices, services);
        });

        Assert.Multiple(() =>
        {
            Assert.That(request.Method, Is.EqualTo("POST"));
            Assert.That(request.Path.Value, Is.EqualTo("/scheduletask/runtask"));
            Assert.That(request.Scheme, Is.EqualTo("https"));
            Assert.That(request.Host.Value, Is.EqualTo("shop.example:8443"));
            Assert.That(request.PathBase.Value, Is.EqualTo("/sub"), "the store lies in a folder");
            Assert.That(request.Cookies, Is.Empty);
            Assert.That(services, Is.SameAs(ofWork));
        });
    }

    [Test]
    public async Task The_callers_request_stays_what_it_is()
    {
        var ofCaller = _accessor.HttpContext!;
        ofCaller.Request.Path = "/mion/webhook/x";
        var started = new TaskCompletionSource();
        var mayEnd = new TaskCompletionSource();

        var work = _scope.RunAsync(1, async _ =>
        {
            started.SetResult();
            await mayEnd.Task;
            return _accessor.HttpContext;
        });
        await started.Task;
        Assert.That(_accessor.HttpContext, Is.SameAs(ofCaller), "while the work runs");
        mayEnd.SetResult();

        Assert.Multiple(async () =>
        {
            Assert.That(await work, Is.Not.SameAs(ofCaller));
            Assert.That(_accessor.HttpContext, Is.SameAs(ofCaller), "afterwards");
            Assert.That(ofCaller.Request.Path.Value, Is.EqualTo("/mion/webhook/x"));
        });
    }

    [Test]
    public async Task Nothing_of_the_caller_flows_into_the_work()
    {
        _ofTheCaller.Value = "a culture, a customer, a transaction";

        Assert.Multiple(async () =>
        {
            Assert.That(await _scope.RunAsync(1, _ => Task.FromResult(_ofTheCaller.Value)), Is.Null);
            Assert.That(_ofTheCaller.Value, Is.Not.Null);
        });
    }

    [Test]
    public async Task Each_work_has_a_scope_that_ends_with_it()
    {
        var first = await _scope.RunAsync(1, services => Task.FromResult(services.GetRequiredService<Resource>()));
        var (second, wasInUse) = await _scope.RunAsync(1, services => Task.FromResult((services.GetRequiredService<Resource>(), !services.GetRequiredService<Resource>().IsDisposed)));

        Assert.Multiple(() =>
        {
            Assert.That(first, Is.Not.SameAs(second));
            Assert.That(wasInUse, Is.True);
            Assert.That(first.IsDisposed, Is.True);
            Assert.That(second.IsDisposed, Is.True);
        });
    }

    [Test]
    public void An_error_reaches_who_waits_and_the_scope_ends_all_the_same()
    {
        Resource? resource = null;

        Assert.Multiple(() =>
        {
            Assert.That(async () => await _scope.RunAsync<int>(1, services =>
            {
                resource = services.GetRequiredService<Resource>();
                throw new InvalidDataException("from the work");
            }), Throws.TypeOf<InvalidDataException>());
            Assert.That(resource?.IsDisposed, Is.True);
        });
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("not an address")]
    public async Task A_store_without_an_address_is_no_obstacle(string? url)
    {
        _stores.Setup(service => service.GetStoreByIdAsync(1)).ReturnsAsync(new Store { Id = 1, Url = url });

        Assert.That(await _scope.RunAsync(1, _ => Task.FromResult(_accessor.HttpContext!.Request.Host.HasValue)), Is.False);
    }

    [Test]
    public async Task A_store_that_is_gone_is_no_obstacle() =>
        Assert.That(await _scope.RunAsync(9, _ => Task.FromResult(_accessor.HttpContext!.Request.Path.Value)), Is.EqualTo("/scheduletask/runtask"));

    [Test]
    public async Task Work_may_start_further_work() =>
        Assert.That(await _scope.RunAsync(1, _ => _scope.RunAsync(1, _ => Task.FromResult(5))), Is.EqualTo(5));

    [Test]
    public async Task What_is_only_started_is_not_waited_for()
    {
        var mayRun = new TaskCompletionSource();
        var done = new TaskCompletionSource<Resource>();

        _scope.Start(1, async services =>
        {
            await mayRun.Task;
            done.SetResult(services.GetRequiredService<Resource>());
        });
        Assert.That(done.Task.IsCompleted, Is.False);
        mayRun.SetResult();

        Assert.That(await done.Task.WaitAsync(TimeSpan.FromSeconds(30)), Is.Not.Null);
    }

    [Test]
    public async Task An_error_of_what_is_only_started_hurts_nobody()
    {
        var ended = new TaskCompletionSource();

        Assert.That(() => _scope.Start(1, _ =>
        {
            ended.SetResult();
            throw new InvalidDataException();
        }), Throws.Nothing);
        await ended.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    private sealed class Resource : IAsyncDisposable
    {
        public bool IsDisposed { get; private set; }

        public ValueTask DisposeAsync()
        {
            IsDisposed = true;
            return ValueTask.CompletedTask;
        }
    }
}
