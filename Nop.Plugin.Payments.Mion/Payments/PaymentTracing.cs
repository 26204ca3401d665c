using System.Diagnostics;
using Nop.Plugin.Payments.Mion.Api;

namespace Nop.Plugin.Payments.Mion.Payments;

/// <summary>The plugin's spans, for whoever traces the store. No order, session or token is in them.</summary>
public static class PaymentTracing
{
    private static readonly ActivitySource _source = new(MionDefaults.Telemetry, MionDefaults.Version);

    /// <summary>Runs work within a span.</summary>
    /// <param name="parent">Where the work was cut off from who caused it; else the caller's.</param>
    public static async Task<T> RunAsync<T>(string name, Func<Activity?, Task<T>> work, ActivityContext parent = default)
    {
        using var activity = _source.StartActivity(name, ActivityKind.Internal, parent);
        try
        {
            return await work(activity);
        }
        catch (Exception exception)
        {
            activity?.SetTag("error.type", exception is MionApiException failure ? failure.Kind.ToString() : exception.GetType().Name);
            activity?.SetStatus(ActivityStatusCode.Error);
            throw;
        }
    }
}
