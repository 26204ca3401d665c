using Nop.Core.Domain.Customers;
using Nop.Core.Domain.Logging;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Data;
using ILogger = Nop.Services.Logging.ILogger;

namespace Nop.Plugin.Payments.Mion.Sandbox.Shop.Services;

/// <summary>The log that an admin reads: with the whole address of the request and of the page before, and nothing of the level Debug.</summary>
public sealed class ShopLogger(IRepository<Log> rows, IHttpContextAccessor httpContextAccessor, TimeProvider timeProvider) : ILogger
{
    public async Task InsertLogAsync(LogLevel logLevel, string shortMessage, string fullMessage = "", Customer? customer = null)
    {
        if (logLevel == LogLevel.Debug)
            return;
        var request = httpContextAccessor.HttpContext?.Request;
        await rows.InsertAsync(new Log
        {
            LogLevelId = (int)logLevel,
            ShortMessage = shortMessage,
            FullMessage = fullMessage,
            PageUrl = request is null ? string.Empty : $"{request.Scheme}://{request.Host}{request.PathBase}{request.Path}{request.QueryString}",
            ReferrerUrl = request?.Headers.Referer.ToString() ?? string.Empty,
            CreatedOnUtc = timeProvider.GetUtcNow().UtcDateTime
        });
    }

    public Task InformationAsync(string message, Exception? exception = null, Customer? customer = null)
        => WriteAsync(LogLevel.Information, message, exception, customer);

    public Task WarningAsync(string message, Exception? exception = null, Customer? customer = null)
        => WriteAsync(LogLevel.Warning, message, exception, customer);

    public Task ErrorAsync(string message, Exception? exception = null, Customer? customer = null)
        => WriteAsync(LogLevel.Error, message, exception, customer);

    private Task WriteAsync(LogLevel level, string message, Exception? exception, Customer? customer)
        => exception is ThreadInterruptedException ? Task.CompletedTask
            : InsertLogAsync(level, message, exception?.ToString() ?? string.Empty, customer);
}
