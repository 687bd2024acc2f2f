using System.Net;

namespace WaCr.Web.Tenancy;

/// <summary>The text form of a network address: IPv4 in IPv4 form, even if it came over an IPv6 socket.</summary>
public static class ClientAddress
{
    public static string? Of(IPAddress? address) =>
        address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4().ToString() : address?.ToString();
}
