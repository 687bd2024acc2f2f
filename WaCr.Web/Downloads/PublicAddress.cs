using System.Net;
using System.Net.Sockets;

namespace WaCr.Web.Downloads;

/// <summary>Which addresses are on the public internet (IANA's special-purpose registries, and cloud providers' own services).</summary>
internal static class PublicAddress
{
    private static readonly IPNetwork[] NotPublic =
    [
        Net("0.0.0.0/8"), // this network
        Net("10.0.0.0/8"),
        Net("100.64.0.0/10"), // carriers' NAT
        Net("127.0.0.0/8"),
        Net("168.63.129.16/32"), // Azure's platform service on a public-looking address
        Net("169.254.0.0/16"), // link-local, and most clouds' metadata
        Net("172.16.0.0/12"),
        Net("192.0.0.0/24"),
        Net("192.0.2.0/24"),
        Net("192.31.196.0/24"),
        Net("192.52.193.0/24"),
        Net("192.88.99.0/24"), // 6to4 relays
        Net("192.168.0.0/16"),
        Net("192.175.48.0/24"),
        Net("198.18.0.0/15"),
        Net("198.51.100.0/24"),
        Net("203.0.113.0/24"),
        Net("224.0.0.0/4"), // multicast
        Net("240.0.0.0/4"), // reserved, broadcast
        Net("2001::/23"), // protocol assignments, Teredo among them
        Net("2001:db8::/32"),
        Net("2002::/16"), // 6to4: carries an IPv4 address
        Net("2620:4f:8000::/48"),
        Net("3fff::/20"),
    ];

    // Everything assigned to the public lies in it. Loopback, link-local, unique local, multicast and the forms that carry an IPv4 address
    // (mapped, NAT64) lie outside.
    private static readonly IPNetwork GlobalUnicast = Net("2000::/3");

    public static bool Is(IPAddress address) =>
        !address.IsIPv4MappedToIPv6 // IPNetwork would read it as IPv4
        && (address.AddressFamily == AddressFamily.InterNetwork || GlobalUnicast.Contains(address))
        && !Array.Exists(NotPublic, network => network.Contains(address));

    private static IPNetwork Net(string network) => IPNetwork.Parse(network);
}
