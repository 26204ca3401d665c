namespace Nop.Plugin.Payments.Mion.Hosting.Logging;

/// <summary>
/// Writes each call to Mion into the log, where the merchant wants every detail: where to, how it was answered, how long it took.
/// </summary>
public class MionCallLog(PluginLog log, TimeProvider timeProvider) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!await log.IsWantedAsync(LogDetail.Debug))
            return await base.SendAsync(request, cancellationToken);
        var startedAt = timeProvider.GetTimestamp();
        try
        {
            var response = await base.SendAsync(request, cancellationToken);
            await log.DebugAsync($"{LogField.Call(request)} was answered with {LogField.Status(response.StatusCode)} in {LogField.Duration(timeProvider.GetElapsedTime(startedAt))}.");
            return response;
        }
        catch (Exception exception)
        {
            await log.DebugAsync($"{LogField.Call(request)} was not answered ({LogField.Kind(exception)}, {LogField.Duration(timeProvider.GetElapsedTime(startedAt))}).");
            throw;
        }
    }
}
