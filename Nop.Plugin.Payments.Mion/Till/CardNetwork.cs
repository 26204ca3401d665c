using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace Nop.Plugin.Payments.Mion.Till;

/// <summary>How <see cref="CardCalls"/> reaches the internet. What may be reached is decided there.</summary>
public class CardNetwork
{
    /// <summary>Whose certificates are trusted; null for those that the machine trusts.</summary>
    public virtual X509ChainPolicy? Trust => null;

    /// <summary>All addresses that a name leads to.</summary>
    public virtual Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken) => Dns.GetHostAddressesAsync(host, cancellationToken);

    /// <summary>A connection to the first of the addresses that takes one.</summary>
    public virtual async Task<Stream> ConnectAsync(IPAddress[] addresses, int port, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
