using System.Net;

namespace WaCr.Web.Common;

/// <summary>What attempts are counted by: an address of version 4, or the /64 of version 6 that one subscriber has whole.</summary>
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
