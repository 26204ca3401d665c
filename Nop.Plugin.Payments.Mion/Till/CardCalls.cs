using System.Net;
using System.Net.Sockets;

namespace Nop.Plugin.Payments.Mion.Till;

/// <summary>Asks the services of cards. Their addresses are named by strangers, so little of the web is left.</summary>
/// <remarks>
/// The name is resolved here, once a call; every address that comes must be public, and the connection goes to these and
/// no others, so a name that leads elsewhere a moment later gains nothing. No redirect, proxy, cookie or credential; nothing
/// is kept from one call to the next.
/// </remarks>
public class CardCalls(CardNetwork network)
{
    /// <summary>A longer answer is none.</summary>
    public const int MaxAnswerBytes = 16 * 1024;

    /// <summary>From the name to the last byte of the answer.</summary>
    public static TimeSpan TimeLimit { get; } = TimeSpan.FromSeconds(2);

    /// <summary>The answer of an address that <see cref="PublicAddress.Read"/> has let through, whatever its status.</summary>
    /// <exception cref="CardException">There is none.</exception>
    public async Task<byte[]> GetAsync(Uri address)
    {
        using var limit = new CancellationTokenSource(TimeLimit);
        try
        {
            return await GetAsync(address, limit.Token);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or SocketException or OperationCanceledException or ArgumentException)
        {
            throw new CardException(CardResult.Unreachable, exception);
        }
    }

    private async Task<byte[]> GetAsync(Uri address, CancellationToken cancellationToken)
    {
        // some systems' resolvers cannot be stopped, but need not be waited for
        var addresses = await network.ResolveAsync(address.IdnHost, cancellationToken).WaitAsync(cancellationToken);
        if (!Array.TrueForAll(addresses, PublicAddress.IsPublic))
            throw new CardException(CardResult.NotAllowed);
        using var http = new HttpMessageInvoker(CreateHandler(addresses));
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Accept.ParseAdd("application/json");
        request.Headers.UserAgent.ParseAdd(MionDefaults.SystemName);
        using var response = await http.SendAsync(request, cancellationToken);
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        // one byte more than may be there shows that there is more
        var answer = new byte[MaxAnswerBytes + 1];
        var length = await body.ReadAtLeastAsync(answer, answer.Length, throwOnEndOfStream: false, cancellationToken);
        return length <= MaxAnswerBytes ? answer[..length] : throw new CardException(CardResult.Unusable);
    }

    // made for one call: no connection of another outlives it, and none goes anywhere but to these addresses
    private SocketsHttpHandler CreateHandler(IPAddress[] addresses) => new()
    {
        ConnectCallback = async (context, cancellationToken) => await network.ConnectAsync(addresses, context.DnsEndPoint.Port, cancellationToken),
        ConnectTimeout = TimeLimit,
        SslOptions = new() { CertificateChainPolicy = network.Trust },
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        MaxResponseHeadersLength = MaxAnswerBytes / 1024,
        // no stranger is told of our traces, nor they of the stranger's address
        ActivityHeadersPropagator = null
    };
}
