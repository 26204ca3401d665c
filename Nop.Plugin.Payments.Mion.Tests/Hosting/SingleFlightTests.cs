using Microsoft.Extensions.Time.Testing;
using Nop.Plugin.Payments.Mion.Hosting;

namespace Nop.Plugin.Payments.Mion.Tests.Hosting;

/// <summary>Who shares which run of the same work.</summary>
public class SingleFlightTests
{
    private FakeTimeProvider _time = null!;
    private SingleFlight<string, int> _flight = null!;
    private List<TaskCompletionSource<int>> _runs = null!;

    [SetUp]
    public void SetUp()
    {
        _time = new FakeTimeProvider();
        _flight = new SingleFlight<string, int>(_time);
        _runs = [];
    }

    [Test]
    public async Task Five_at_once_cost_two_runs()
    {
        var first = await BeginAsync();
        var others = Enumerable.Range(0, 4).Select(_ => Ask()).ToList();
        _runs[0].SetResult(1);
        await UntilBegunAsync(2);
        _runs[1].SetResult(2);

        Assert.That(await first, Is.EqualTo(1));
        Assert.That(await Task.WhenAll(others), Is.All.EqualTo(2));
        Assert.That(_runs, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Who_comes_after_the_end_begins_anew()
    {
        await FinishAsync(1);
        await FinishAsync(2);

        Assert.That(_runs, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_run_that_is_young_enough_is_shared_under_way_and_after_its_end()
    {
        var first = await BeginAsync();
        var other = Ask(maxAge: 2);
        _runs[0].SetResult(7);
        await first;
        _time.Advance(TimeSpan.FromSeconds(1.9));
        var later = Ask(maxAge: 2);

        Assert.That(await Task.WhenAll(first, other, later), Is.All.EqualTo(7));
    }

    [Test]
    public async Task Its_age_is_counted_from_its_beginning()
    {
        await BeginAsync(maxAge: 2);
        _time.Advance(TimeSpan.FromSeconds(2));
        var next = Ask(maxAge: 2);
        _runs[0].SetResult(1);
        await UntilBegunAsync(2);
        _runs[1].SetResult(2);

        Assert.That(await next, Is.EqualTo(2));
        Assert.That(_flight.GetAge("key"), Is.EqualTo(TimeSpan.Zero));
    }

    [Test]
    public async Task A_failure_goes_to_everybody_who_shares_it_and_to_nobody_after()
    {
        var first = await BeginAsync();
        var second = Ask();
        var third = Ask();
        _runs[0].SetException(new InvalidOperationException("broken"));
        await UntilBegunAsync(2);
        _runs[1].SetException(new InvalidOperationException("still broken"));

        Assert.That(async () => await first, Throws.InvalidOperationException.With.Message.EqualTo("broken"));
        Assert.That(async () => await second, Throws.InvalidOperationException.With.Message.EqualTo("still broken"));
        Assert.That(async () => await third, Throws.InvalidOperationException.With.Message.EqualTo("still broken"));
        Assert.That(await FinishAsync(3), Is.EqualTo(3));
    }

    [Test]
    public async Task A_run_that_hangs_is_waited_for_only_so_long()
    {
        await BeginAsync();
        var next = Ask();
        _time.Advance(SingleFlight<string, int>.Patience);
        await UntilBegunAsync(2);
        _runs[1].SetResult(2);

        Assert.That(await next, Is.EqualTo(2));
        Assert.That(await FinishAsync(3), Is.EqualTo(3), "nor does anybody wait for it again");
    }

    [Test]
    public async Task Other_keys_do_not_wait()
    {
        await BeginAsync("one");
        var other = await BeginAsync("other");
        _runs[1].SetResult(2);

        Assert.That(await other, Is.EqualTo(2));
        Assert.That(_runs[0].Task.IsCompleted, Is.False);
    }

    [Test]
    public async Task Work_never_begins_inside_the_callers_call()
    {
        var begun = false;
        var task = Task.CompletedTask;
        lock (_runs)
        {
            // work that waited for what its caller holds would never end
            task = _flight.RunAsync("key", TimeSpan.Zero, () =>
            {
                lock (_runs)
                    begun = true;
                return Task.FromResult(1);
            });
            Assert.That(begun, Is.False);
        }

        await task;
        Assert.That(begun, Is.True);
    }

    [Test]
    public async Task What_is_too_old_for_everybody_is_forgotten()
    {
        for (var i = 0; i < 5000; i++)
        {
            await _flight.RunAsync($"key {i}", TimeSpan.FromSeconds(2), () => Task.FromResult(1));
            _time.Advance(TimeSpan.FromMilliseconds(10));
        }

        Assert.That(Enumerable.Range(0, 5000).Count(i => _flight.GetAge($"key {i}") is not null), Is.LessThan(2000));
    }

    private Task<int> Ask(string key = "key", int maxAge = 0) => _flight.RunAsync(key, TimeSpan.FromSeconds(maxAge), () =>
    {
        var run = new TaskCompletionSource<int>();
        lock (_runs)
            _runs.Add(run);
        return run.Task;
    });

    private async Task<Task<int>> BeginAsync(string key = "key", int maxAge = 0)
    {
        var count = _runs.Count + 1;
        var task = Ask(key, maxAge);
        await UntilBegunAsync(count);
        return task;
    }

    private async Task<int> FinishAsync(int result)
    {
        var task = await BeginAsync();
        _runs[^1].SetResult(result);
        return await task;
    }

    private async Task UntilBegunAsync(int count)
    {
        while (true)
        {
            lock (_runs)
            {
                if (_runs.Count >= count)
                    return;
            }

            await Task.Yield();
        }
    }
}
