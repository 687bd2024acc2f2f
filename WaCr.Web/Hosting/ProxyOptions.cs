using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace WaCr.Web.Hosting;

/// <summary>
/// Section <c>ForwardedHeaders</c> of the configuration: the proxies trusted for the client's address and scheme. A proxy on the same
/// machine needs no entry.
/// </summary>
internal sealed class ProxyOptions
{
    public const string Section = "ForwardedHeaders";

    /// <summary>Addresses, separated by commas.</summary>
    public string? KnownProxies { get; set; }

    /// <summary>Networks like 10.0.0.0/8, separated by commas.</summary>
    public string? KnownNetworks { get; set; }

    /// <exception cref="StartupException">One of them is no address or network.</exception>
    public void ApplyTo(ForwardedHeadersOptions headers)
    {
        headers.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        headers.ForwardLimit = null; // every hop, as long as it is a known proxy
        foreach (var proxy in Split(KnownProxies))
        {
            headers.KnownProxies.Add(
                IPAddress.TryParse(proxy, out var address)
                    ? address
                    : throw Wrong(nameof(KnownProxies), proxy, "an address like 10.0.0.5"));
        }

        foreach (var network in Split(KnownNetworks))
        {
            headers.KnownIPNetworks.Add(
                System.Net.IPNetwork.TryParse(network, out var known)
                    ? known
                    : throw Wrong(nameof(KnownNetworks), network, "a network like 10.0.0.0/8"));
        }
    }

    private static string[] Split(string? list) =>
        list?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    private static StartupException Wrong(string key, string value, string right) =>
        new($"{Section}:{key} must be {right}. It is {value}.");
}
