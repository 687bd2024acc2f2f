using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace WaCr.Web.Hosting;

/// <summary>
/// Binds the server's addresses before anything is changed: a second start on the same port fails here, before it migrates. Until the
/// server serves, connections are refused, so a proxy tries the next server.
/// </summary>
internal sealed class HeldPorts : IDisposable
{
    private readonly Dictionary<EndPoint, Socket> _held = [];

    /// <exception cref="StartupException">An address is none, or cannot be had.</exception>
    public void Hold(IConfiguration configuration)
    {
        foreach (var url in ListenAddresses.Of(configuration))
        {
            Hold(url);
        }
    }

    /// <summary>The socket for the server: the one already bound, or a new one.</summary>
    public Socket Take(EndPoint endpoint) =>
        _held.Remove(endpoint, out var held)
            ? held
            : SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint);

    public void Dispose()
    {
        foreach (var socket in _held.Values)
        {
            socket.Dispose();
        }
    }

    private void Hold(string url)
    {
        var address = Read(url);
        if (address.IsUnixPipe)
        {
            Bind(new UnixDomainSocketEndPoint(address.UnixPipePath), url, mustBe: true);
            return;
        }

        if (address.IsNamedPipe || address.Port == 0)
        {
            return; // port 0 is chosen later, so nobody else can hold it
        }

        if (address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase))
        {
            Bind(new IPEndPoint(IPAddress.Loopback, address.Port), url, mustBe: true);
            Bind(new IPEndPoint(IPAddress.IPv6Loopback, address.Port), url, mustBe: false);
        }
        else if (IPAddress.TryParse(address.Host.Trim('[', ']'), out var one))
        {
            Bind(new IPEndPoint(one, address.Port), url, mustBe: true);
        }
        else
        {
            Bind(new IPEndPoint(Socket.OSSupportsIPv6 ? IPAddress.IPv6Any : IPAddress.Any, address.Port), url, mustBe: true);
        }
    }

    // What Kestrel would refuse only when it starts, and what it would take for another address: it reads port "abc" as 80.
    private static BindingAddress Read(string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            if (address is { Scheme: "http" or "https", PathBase.Length: 0 }
                && (address.IsUnixPipe || address.IsNamedPipe
                    || (address.Port is >= IPEndPoint.MinPort and <= IPEndPoint.MaxPort
                        && (address.Host.StartsWith('[') || !address.Host.Contains(':', StringComparison.Ordinal)))))
            {
                return address;
            }
        }
        catch (FormatException)
        {
            // The exception below says so.
        }

        throw new StartupException(
            $"'{url}' is not an address to listen on; use the form http://127.0.0.1:8080 in ASPNETCORE_URLS or --urls.");
    }

    private void Bind(EndPoint endpoint, string url, bool mustBe)
    {
        try
        {
            _held[endpoint] = SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint);
        }
        catch (Exception failure) when (failure is SocketException or IOException)
        {
            var code = (failure.GetBaseException() as SocketException)?.SocketErrorCode;
            if (mustBe || code == SocketError.AddressAlreadyInUse)
            {
                throw new StartupException(Explain(endpoint, url, code, failure), failure);
            }
        }
    }

    private static string Explain(EndPoint endpoint, string url, SocketError? code, Exception failure) => code switch
    {
        SocketError.AddressAlreadyInUse when endpoint is UnixDomainSocketEndPoint =>
            $"{url} exists already; stop the process that listens there, or delete the file that a killed one left.",
        SocketError.AddressNotAvailable when endpoint is UnixDomainSocketEndPoint =>
            $"{url} cannot be listened on; make its folder, or choose another address with ASPNETCORE_URLS or --urls.",
        SocketError.AddressAlreadyInUse =>
            $"{url} is in use by another process; stop that one, or listen elsewhere with ASPNETCORE_URLS or --urls.",
        SocketError.AddressNotAvailable =>
            $"{url} is not an address of this machine; listen on one that is, with ASPNETCORE_URLS or --urls.",
        SocketError.AccessDenied => $"This process may not listen on {url}; take a port above 1023, or give it the right to.",
        _ => $"{url} cannot be listened on ({failure.Message}); choose another address with ASPNETCORE_URLS or --urls.",
    };
}
