using System.Net;
using System.Net.Sockets;

namespace Nop.Plugin.Payments.Mion.Till;

/// <summary>Which addresses the store calls although a stranger has named them. Pure.</summary>
public static class PublicAddress
{
    /// <summary>A longer address is none.</summary>
    public const int MaxLength = 2000;

    // of IPv6 nothing but global unicast is public: no mapped, compatible, translated, unique-local, link-local or multicast address
    private static readonly IPNetwork _global = IPNetwork.Parse("2000::/3");

    // what is nobody's machine on the internet, by the registries of special-purpose addresses
    private static readonly IPNetwork[] _special =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24",
            "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            // Teredo, benchmarking and other protocols' own; documentation; 6to4
            "2001::/23", "2001:db8::/32", "3fff::/20", "2002::/16"
        }.Select(IPNetwork.Parse)
    ];

    /// <summary>Whether it belongs to a machine on the internet, and to none behind it.</summary>
    public static bool IsPublic(IPAddress address) =>
        // runtimes differ in whether an IPv4 address in IPv6's clothes lies in a network
        !address.IsIPv4MappedToIPv6 && (address.AddressFamily == AddressFamily.InterNetwork || Lies(address, _global)) && !Array.Exists(_special, network => Lies(address, network));

    /// <summary>An address that may be called: https at its usual port, without a name to log in, of a DNS name or a public IP address.</summary>
    /// <returns>The address; null where it may not be called. What its name leads to is yet to be looked at.</returns>
    public static Uri? Read(string? text) =>
        text is { Length: > 0 and <= MaxLength } && text.All(letter => letter is > ' ' and <= '~' and not '\\')
        && Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps && address.IsDefaultPort && address.UserInfo.Length == 0
        && (address.HostNameType == UriHostNameType.Dns || IPAddress.TryParse(address.IdnHost, out var ip) && IsPublic(ip))
            ? address : null;

    private static bool Lies(IPAddress address, IPNetwork network) => network.BaseAddress.AddressFamily == address.AddressFamily && network.Contains(address);
}
