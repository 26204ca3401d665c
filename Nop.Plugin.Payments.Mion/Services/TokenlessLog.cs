using Microsoft.Extensions.DependencyInjection;
using Nop.Services.Logging;

namespace Nop.Plugin.Payments.Mion.Services;

/// <summary>
/// nopCommerce's log, for those who are called at an address with a token in it.
/// </summary>
/// <remarks>
/// nopCommerce writes the address of the current request beside every line (<c>DefaultLogger.InsertLogAsync</c>). The
/// plugin's tokens stand in addresses and must not get into a log, so these lines are written outside the request.
/// </remarks>
public class TokenlessLog(BackgroundScope backgroundScope)
{
    private const int NoStore = 0;

    /// <summary>Writes a warning.</summary>
    /// <param name="message">The line; free of secrets.</param>
    /// <param name="exception">The cause, where there is one to be shown.</param>
    public Task WarningAsync(string message, Exception? exception = null) => WriteAsync(logger => logger.WarningAsync(message, exception));

    /// <summary>Writes an error.</summary>
    /// <param name="message">The line; free of secrets.</param>
    /// <param name="exception">The cause.</param>
    public Task ErrorAsync(string message, Exception exception) => WriteAsync(logger => logger.ErrorAsync(message, exception));

    private Task WriteAsync(Func<ILogger, Task> write) => backgroundScope.RunAsync(NoStore, async services =>
    {
        await write(services.GetRequiredService<ILogger>());
        return true;
    });
}
