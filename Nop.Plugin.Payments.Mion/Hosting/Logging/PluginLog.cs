using Microsoft.Extensions.DependencyInjection;
using Nop.Services.Logging;

namespace Nop.Plugin.Payments.Mion.Hosting.Logging;

/// <summary>The one way into nopCommerce's log. Throws nothing. One per process.</summary>
/// <remarks>
/// nopCommerce writes the address of the current request and the visitor's IP address beside every line
/// (<c>DefaultLogger.InsertLogAsync</c>). The plugin's tokens stand in addresses and must not get into a log, so its lines
/// are written outside of the request. Errors and warnings are always written. The rest is off until the merchant wants
/// it: what happens to a payment stands in its history and in its order's notes, and nopCommerce's log is a table that
/// grows until somebody empties it. nopCommerce never writes its own level Debug, so those lines are written as
/// information and marked.
/// </remarks>
public class PluginLog(BackgroundScope backgroundScope, TimeProvider timeProvider)
{
    /// <summary>How long it takes at most until another machine of a farm follows the setting.</summary>
    public static TimeSpan SettingAge { get; } = TimeSpan.FromSeconds(30);

    private const int NoStore = 0;

    private readonly LogDigest _digest = new(timeProvider);
    private (LogDetail Detail, DateTimeOffset ReadAt)? _setting;

    /// <summary>Writes an error.</summary>
    /// <param name="onceFor">What happened, without what differs from one time to the next: of what can happen a thousand times a minute one line is written in a while.</param>
    public Task ErrorAsync(LogText text, Exception? exception = null, string? onceFor = null) =>
        WriteAsync(text, onceFor, (logger, line) => logger.ErrorAsync(line, Safe(exception)));

    /// <summary>Writes a warning; parameters as in <see cref="ErrorAsync"/>.</summary>
    public Task WarningAsync(LogText text, Exception? exception = null, string? onceFor = null) =>
        WriteAsync(text, onceFor, (logger, line) => logger.WarningAsync(line, Safe(exception)));

    /// <summary>Writes what happened, where the merchant wants to know.</summary>
    public async Task InformationAsync(LogText text)
    {
        if (await IsWantedAsync(LogDetail.Information))
            await WriteAsync(text, onceFor: null, (logger, line) => logger.InformationAsync(line));
    }

    /// <summary>Writes a detail, where somebody looks for a fault.</summary>
    public async Task DebugAsync(LogText text)
    {
        if (await IsWantedAsync(LogDetail.Debug))
            await WriteAsync(logger => logger.InformationAsync($"{MionDefaults.SystemName} [debug]: {text}"));
    }

    /// <summary>Whether lines of a detail are written.</summary>
    /// <param name="detail">The detail.</param>
    public async Task<bool> IsWantedAsync(LogDetail detail)
    {
        var now = timeProvider.GetUtcNow();
        if (_setting is not { } setting || now - setting.ReadAt > SettingAge || now < setting.ReadAt)
            _setting = setting = (await ReadSettingAsync(), now);
        return setting.Detail >= detail;
    }

    /// <summary>Has the setting read again: it was changed on this machine.</summary>
    public void Forget() => _setting = null;

    private async Task<LogDetail> ReadSettingAsync()
    {
        try
        {
            return (await backgroundScope.RunAsync(NoStore, services => services.GetRequiredService<StoreSettings>().LoadAsync(NoStore))).LogDetail;
        }
        catch (Exception)
        {
            // a store without its database: errors are tried all the same
            return LogDetail.Errors;
        }
    }

    private Task WriteAsync(LogText text, string? onceFor, Func<ILogger, string, Task> write)
    {
        var more = string.Empty;
        return onceFor is null || _digest.ShouldWrite(onceFor, out more)
            ? WriteAsync(logger => write(logger, $"{MionDefaults.SystemName}: {text}{more}"))
            : Task.CompletedTask;
    }

    private async Task WriteAsync(Func<ILogger, Task> write)
    {
        try
        {
            await backgroundScope.RunAsync(NoStore, async services =>
            {
                await write(services.GetRequiredService<ILogger>());
                return true;
            });
        }
        catch (Exception)
        {
            // the log is a table of the database; where that fails there is nowhere to say it, and whoever logs goes on
        }
    }

    private static LoggedException? Safe(Exception? exception) => exception is null ? null : new LoggedException(exception);
}
