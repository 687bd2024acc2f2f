using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using WaCr.Web.Common;

namespace WaCr.Web.Hosting;

/// <summary>
/// Binds the server's addresses before anything is changed: a second start on the same port fails here, before it migrates. Until the
/// server serves, connections are refused, so a proxy tries the next server.
/// </summary>
internal sealed class HeldPorts : IDisposable
{
    private const string Default = "http://localhost:5000";

    private readonly Dictionary<IPEndPoint, Socket> _held = [];

    /// <exception cref="StartupException">An address is none, or cannot be had.</exception>
    public void Hold(IConfiguration configuration)
    {
        foreach (var url in AddressesOf(configuration))
        {
            Hold(url);
        }
    }

    /// <summary>The socket for the server: the one already bound, or a new one.</summary>
    public Socket Take(EndPoint endpoint) =>
        endpoint is IPEndPoint address && _held.Remove(address, out var held)
            ? held
            : SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint);

    public void Dispose()
    {
        foreach (var socket in _held.Values)
        {
            socket.Dispose();
        }
    }

    // In Kestrel's order: its own section wins over addresses, and addresses over ports.
    private static IReadOnlyList<string> AddressesOf(IConfiguration configuration)
    {
        var own = configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"]).OfType<string>().ToList();
        if (own.Count > 0)
        {
            return own;
        }

        if (Split(configuration["urls"]) is { Length: > 0 } urls)
        {
            return urls;
        }

        var ports = Split(configuration["http_ports"]).Select(port => $"http://*:{port}")
            .Concat(Split(configuration["https_ports"]).Select(port => $"https://*:{port}")).ToList();
        return ports.Count > 0 ? ports : [Default];
    }

    private static string[] Split(string? list) =>
        (list ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private void Hold(string url)
    {
        BindingAddress address;
        try
        {
            address = BindingAddress.Parse(url);
        }
        catch (FormatException)
        {
            throw new StartupException(
                $"'{url}' is not an address to listen on; use the form http://127.0.0.1:8080 in ASPNETCORE_URLS or --urls.");
        }

        if (address.IsUnixPipe || address.IsNamedPipe || address.Port == 0)
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

    private void Bind(IPEndPoint endpoint, string url, bool mustBe)
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
                throw new StartupException(Explain(url, code, failure), failure);
            }
        }
    }

    private static string Explain(string url, SocketError? code, Exception failure) => code switch
    {
        SocketError.AddressAlreadyInUse =>
            $"{url} is in use by another process; stop that one, or listen elsewhere with ASPNETCORE_URLS or --urls.",
        SocketError.AddressNotAvailable =>
            $"{url} is not an address of this machine; listen on one that is, with ASPNETCORE_URLS or --urls.",
        SocketError.AccessDenied => $"This process may not listen on {url}; take a port above 1023, or give it the right to.",
        _ => $"{url} cannot be listened on ({failure.Message}); choose another address with ASPNETCORE_URLS or --urls.",
    };
}

internal static class HeldPortsExtensions
{
    public static IServiceCollection AddHeldPorts(this IServiceCollection services)
    {
        services.AddSingleton<HeldPorts>();
        services.AddOptions<SocketTransportOptions>()
            .Configure<HeldPorts>((transport, ports) => transport.CreateBoundListenSocket = ports.Take);
        return services;
    }

    /// <exception cref="StartupException">An address cannot be listened on.</exception>
    public static void HoldPorts(this WebApplication app) => app.Services.GetRequiredService<HeldPorts>().Hold(app.Configuration);
}
