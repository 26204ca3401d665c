namespace Nop.Plugin.Payments.Mion.Api;

/// <summary>Creating a session where an answer can be lost on the way.</summary>
public static class SessionCreation
{
    /// <summary>Creates a session; where the answer is lost, looks once whether it came into being all the same.</summary>
    /// <param name="apiClient">The client.</param>
    /// <param name="cancellationToken">Ends the calls as <see cref="MionApiErrorKind.TimedOut"/>.</param>
    /// <exception cref="MionApiException">There is no session as far as can be told.</exception>
    public static async Task<MionSession> CreateOrFindSessionAsync(this MionApiClient apiClient, MionApiOptions options, MionSessionRequest request,
        CancellationToken cancellationToken)
    {
        try
        {
            return await apiClient.CreateSessionAsync(options, request, cancellationToken);
        }
        catch (MionApiException exception) when (exception.MayHaveHappened && !cancellationToken.IsCancellationRequested)
        {
            try
            {
                if (await apiClient.FindByReferenceAsync(options, request.Reference, cancellationToken) is { } found)
                    return found;
            }
            catch (MionApiException lookUp)
            {
                throw new MionApiException(exception.Kind, exception.Operation, "and it could not be looked up", lookUp);
            }

            throw;
        }
    }
}
