using System.Collections.Concurrent;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace Nop.Plugin.Payments.Mion.Api;

/// <summary>Time limits, retries and circuit breakers for Mion's API; one per process.</summary>
/// <remarks>
/// Only reads are tried again: a write that got no answer may have happened. One breaker per address and key, so that a
/// store with a wrong address, or an account in trouble, does not cut off another.
/// </remarks>
public sealed class MionApiResilience
{
    /// <summary>All tries of one call together.</summary>
    public static readonly TimeSpan OverallTimeout = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Nobody waits longer for a call, not even for one that does not hear that its time is over, because it waits for
    /// something of the store's own such as its database.
    /// </summary>
    public static readonly TimeSpan HardLimit = OverallTimeout + TimeSpan.FromSeconds(2);

    /// <summary>One try of a read.</summary>
    public static readonly TimeSpan TryTimeout = TimeSpan.FromSeconds(4);

    /// <summary>A longer wait asked for by <c>Retry-After</c> is left to the scheduled task.</summary>
    public static readonly TimeSpan MaxRetryAfter = TimeSpan.FromSeconds(3);

    /// <summary>No request of Mion's to wait is kept for longer: whoever answers in its place could stop the store for good.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    /// <summary>Tries of a read after the first.</summary>
    public const int MaxRetries = 2;

    // a test of the connection calls with a wrong key that is never used again
    private const int MaxAccounts = 200;

    private readonly ConcurrentDictionary<(string Address, string Key), Account> _accounts = [];
    private readonly TimeProvider _timeProvider;
    private readonly MionApiMetrics? _metrics;

    /// <summary>Creates the pipelines' home.</summary>
    public MionApiResilience(TimeProvider timeProvider, MionApiMetrics? metrics = null) => (_timeProvider, _metrics) = (timeProvider, metrics);

    /// <summary>Runs a call that changes nothing: a few tries.</summary>
    /// <exception cref="MionApiException">The last try failed, time ran out, or the circuit is open.</exception>
    internal Task<T> ReadAsync<T>(MionApiOptions options, string operation, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken) =>
        RunAsync(For(options), isRead: true, operation, call, cancellationToken);

    /// <summary>Runs a call that changes something: one try.</summary>
    /// <exception cref="MionApiException">It failed, time ran out, or the circuit is open.</exception>
    internal Task<T> WriteAsync<T>(MionApiOptions options, string operation, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken) =>
        RunAsync(For(options), isRead: false, operation, call, cancellationToken);

    private async Task<T> RunAsync<T>(Account account, bool isRead, string operation, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        if (_metrics?.IsEnabled != true)
            return await CallAsync(account, isRead, operation, call, cancellationToken);
        var startedAt = _timeProvider.GetTimestamp();
        MionApiErrorKind? failure = null;
        try
        {
            return await CallAsync(account, isRead, operation, call, cancellationToken);
        }
        catch (MionApiException exception)
        {
            failure = exception.Kind;
            throw;
        }
        finally
        {
            _metrics.Ended(operation, _timeProvider.GetElapsedTime(startedAt), failure);
        }
    }

    private async Task<T> CallAsync<T>(Account account, bool isRead, string operation, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        if (account.Wait is { } wait)
            throw new MionApiException(MionApiErrorKind.ToldToWait, operation) { RetryAfter = wait };
        var pipeline = isRead ? account.Reads : account.Writes;
        try
        {
            return await pipeline.ExecuteAsync(async token => await TryAsync(account, operation, call, token), cancellationToken).AsTask()
                .WaitAsync(HardLimit, _timeProvider, CancellationToken.None);
        }
        catch (BrokenCircuitException exception)
        {
            throw new MionApiException(MionApiErrorKind.CircuitOpen, operation, innerException: exception);
        }
        // a cancellation must not leave as OperationCanceledException: nopCommerce's locker takes that for success
        catch (Exception exception) when (exception is TimeoutRejectedException or TimeoutException or OperationCanceledException)
        {
            throw new MionApiException(MionApiErrorKind.TimedOut, operation, innerException: exception);
        }
    }

    /// <summary>
    /// A call that is under way when its time is over got no answer, whoever's limit that was. Told here, within the
    /// breaker, which takes a cancelled call for a success.
    /// </summary>
    private static async Task<T> TryAsync<T>(Account account, string operation, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call(cancellationToken);
        }
        catch (MionApiException exception) when (exception is { Kind: MionApiErrorKind.RateLimited or MionApiErrorKind.ServerError, RetryAfter: { } wait })
        {
            account.WaitFor(wait);
            throw;
        }
        catch (OperationCanceledException exception)
        {
            throw new MionApiException(MionApiErrorKind.TimedOut, operation, innerException: exception);
        }
    }

    private Account For(MionApiOptions options)
    {
        if (_accounts.Count >= MaxAccounts)
            _accounts.Clear();
        return _accounts.GetOrAdd((options.BaseUrl.TrimEnd('/').ToUpperInvariant(), options.ApiKeyHeaderValue), _ => CreateAccount());
    }

    private Account CreateAccount()
    {
        // reads and writes go to the same place, so they share one breaker
        var breaker = new ResiliencePipelineBuilder { TimeProvider = _timeProvider }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                ShouldHandle = args => ValueTask.FromResult(IsTransient(args.Outcome.Exception)
                    && args.Outcome.Exception is not MionApiException { Kind: MionApiErrorKind.RateLimited }),
                FailureRatio = 0.8,
                MinimumThroughput = 10,
                SamplingDuration = TimeSpan.FromSeconds(30),
                BreakDuration = TimeSpan.FromSeconds(10)
            })
            .Build();

        var reads = new ResiliencePipelineBuilder { TimeProvider = _timeProvider }
            .AddTimeout(OverallTimeout)
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = args => ValueTask.FromResult(IsTransient(args.Outcome.Exception)
                    && !(RetryAfter(args.Outcome.Exception) > MaxRetryAfter)),
                DelayGenerator = args => ValueTask.FromResult(RetryAfter(args.Outcome.Exception)),
                MaxRetryAttempts = MaxRetries,
                BackoffType = DelayBackoffType.Exponential,
                Delay = TimeSpan.FromMilliseconds(200),
                UseJitter = true
            })
            .AddPipeline(breaker)
            .AddTimeout(TryTimeout)
            .Build();

        var writes = new ResiliencePipelineBuilder { TimeProvider = _timeProvider }
            .AddPipeline(breaker)
            .AddTimeout(OverallTimeout)
            .Build();
        return new Account(_timeProvider, reads, writes);
    }

    private static bool IsTransient(Exception? exception) => exception is TimeoutRejectedException or MionApiException { IsTransient: true };

    private static TimeSpan? RetryAfter(Exception? exception) => (exception as MionApiException)?.RetryAfter;

    /// <summary>What is known of an address and a key.</summary>
    private sealed class Account(TimeProvider timeProvider, ResiliencePipeline reads, ResiliencePipeline writes)
    {
        private long _notBefore = long.MinValue;

        public ResiliencePipeline Reads => reads;

        public ResiliencePipeline Writes => writes;

        /// <summary>How long no call may be made yet, because Mion asked for it; null where one may.</summary>
        public TimeSpan? Wait
        {
            get
            {
                var (now, notBefore) = (timeProvider.GetTimestamp(), Volatile.Read(ref _notBefore));
                return now < notBefore ? timeProvider.GetElapsedTime(now, notBefore) : null;
            }
        }

        public void WaitFor(TimeSpan wait) => Volatile.Write(ref _notBefore,
            timeProvider.GetTimestamp() + (long)(Math.Min(wait.TotalSeconds, LongestWait.TotalSeconds) * timeProvider.TimestampFrequency));
    }
}
