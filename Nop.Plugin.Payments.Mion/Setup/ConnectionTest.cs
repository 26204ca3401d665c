using Nop.Plugin.Payments.Mion.Api;
using Nop.Plugin.Payments.Mion.Hosting.Health;

namespace Nop.Plugin.Payments.Mion.Setup;

/// <summary>
/// Finds out in two harmless reads whether the settings work: it looks up a reference that does not exist, once with
/// the key and once with a wrong one, since a path that is wrong says "not found" to everybody.
/// </summary>
public class ConnectionTest(MionApiClient apiClient)
{
    /// <summary>Tests.</summary>
    public async Task<ConnectionTestResult> RunAsync(MionApiOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.ApiKey))
            return ConnectionTestResult.NoApiKey;
        if (!MionApiOptions.IsAllowedAddress(options.BaseUrl, out _))
            return ConnectionTestResult.BadAddress;
        // the key as it is entered, without the help of the one before it
        if (await TryAsync(options.WithKey(options.ApiKey)) is { } failure)
            return failure;

        return await TryAsync(options.WithKey($"not-a-key-{Guid.NewGuid():N}")) switch
        {
            ConnectionTestResult.KeyRefused or ConnectionTestResult.PermissionMissing => ConnectionTestResult.Works,
            { } otherFailure => otherFailure,
            null => ConnectionTestResult.KeyNotChecked
        };
    }

    /// <summary>
    /// Whether the key may charge at the till: asks for a payment attempt of a session that does not exist, which changes
    /// nothing and is refused to a key without <em>Retail Point-of-sale Payments Create</em>.
    /// </summary>
    /// <param name="options">Settings that work otherwise.</param>
    /// <returns>False only where Mion says that the permission is missing.</returns>
    public async Task<bool> MayChargeAtTillAsync(MionApiOptions options)
    {
        try
        {
            await apiClient.CreatePaymentAttemptAsync(options, Guid.NewGuid().ToString("D"));
            return true;
        }
        catch (MionApiException exception)
        {
            return exception.Kind != MionApiErrorKind.Forbidden;
        }
    }

    /// <summary>Says what a failed call has found out about the settings.</summary>
    /// <param name="exception">How it failed.</param>
    public static ConnectionTestResult Explain(MionApiException exception) => exception.Kind switch
    {
        MionApiErrorKind.Unauthorized => ConnectionTestResult.KeyRefused,
        MionApiErrorKind.Forbidden => ConnectionTestResult.PermissionMissing,
        MionApiErrorKind.Redirected => ConnectionTestResult.Redirected,
        MionApiErrorKind.SomethingInFront => ConnectionTestResult.SomethingInFront,
        MionApiErrorKind.Unreachable or MionApiErrorKind.TimedOut or MionApiErrorKind.CircuitOpen => ConnectionTestResult.Unreachable,
        MionApiErrorKind.Misconfigured => ConnectionTestResult.BadAddress,
        _ => ConnectionTestResult.ErrorAtMion
    };

    private async Task<ConnectionTestResult?> TryAsync(MionApiOptions options)
    {
        try
        {
            await apiClient.FindByReferenceAsync(options, $"connection-test-{Guid.NewGuid():N}");
            return null;
        }
        catch (MionApiException exception)
        {
            return Explain(exception);
        }
    }
}
