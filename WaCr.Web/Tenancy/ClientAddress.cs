using System.Net;

namespace WaCr.Web.Tenancy;

/// <summary>A network address as it is written down: IPv4 in its own form, even where it came over an IPv6 socket.</summary>
public static class ClientAddress
{
    public static string? Of(IPAddress? address) => address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4().ToString() : address?.ToString();
}
