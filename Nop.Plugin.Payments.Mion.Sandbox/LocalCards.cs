using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Nop.Plugin.Payments.Mion.Till;

namespace Nop.Plugin.Payments.Mion.Sandbox;

/// <summary>
/// The internet as a demo shop sees it when it asks the service of a card: a few names, and at every address the stand-in,
/// over TLS with a certificate that is made here. What the shop may reach is for the plugin to decide.
/// </summary>
/// <param name="getPort">Where the stand-in listens for https on 127.0.0.1.</param>
public sealed class LocalCards(Func<int> getPort) : CardNetwork
{
    /// <summary>The domain of the stand-in's card.</summary>
    public const string Domain = "card.example";

    /// <summary>What stands on the card.</summary>
    public const string Address = $"https://{Domain}/card?p=00112233445566778899AABBCCDDEEFF&c=0011223344556677";

    private static readonly Lazy<X509Certificate2> _certificate = new(MakeCertificate);
    private readonly ConcurrentQueue<IPEndPoint> _connected = new();

    /// <summary>For <see cref="Mion.MionStandInOptions.CardCertificate"/>.</summary>
    public static X509Certificate2 Certificate => _certificate.Value;

    /// <summary>What each name leads to. Another name does not exist.</summary>
    public ConcurrentDictionary<string, IPAddress[]> Names { get; } = new() { [Domain] = [IPAddress.Parse("93.184.215.14")] };

    /// <summary>Every address that a connection was asked for.</summary>
    public IReadOnlyCollection<IPEndPoint> Connected => _connected;

    /// <summary>Hears of each name that is looked up, before it is.</summary>
    public Action<string>? Resolving { get; set; }

    /// <inheritdoc />
    public override X509ChainPolicy? Trust => new()
    {
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        RevocationMode = X509RevocationMode.NoCheck,
        CustomTrustStore = { Certificate }
    };

    /// <inheritdoc />
    public override Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        Resolving?.Invoke(host);
        return IPAddress.TryParse(host, out var address) ? Task.FromResult(new[] { address })
            : Names.TryGetValue(host, out var addresses) ? Task.FromResult(addresses)
            : Task.FromException<IPAddress[]>(new SocketException((int)SocketError.HostNotFound));
    }

    /// <inheritdoc />
    public override Task<Stream> ConnectAsync(IPAddress[] addresses, int port, CancellationToken cancellationToken)
    {
        foreach (var address in addresses)
            _connected.Enqueue(new IPEndPoint(address, port));
        return base.ConnectAsync([IPAddress.Loopback], getPort(), cancellationToken);
    }

    private static X509Certificate2 MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={Domain}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(Domain);
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
    }
}
