using System.Net;

namespace WaCr.Web.Common;

/// <summary>The key by which attempts are counted: an IPv4 address, or the IPv6 /64 that belongs to one subscriber.</summary>
public static class ClientNetwork
{
    private const int Ipv6Bytes = 16;
    private const int Ipv6NetworkBytes = 8;

    public static IPAddress Of(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        if (bytes.Length < Ipv6Bytes || address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        bytes.AsSpan(Ipv6NetworkBytes).Clear();
        return new IPAddress(bytes);
    }
}
