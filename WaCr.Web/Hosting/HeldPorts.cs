using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace WaCr.Web.Hosting;

/// <summary>
/// Binds the server's addresses before anything is changed: a second start on the same port fails here, before it migrates. Until the
/// server serves, connections are refused, so a proxy tries the next server.
/// </summary>
internal sealed class HeldPorts : IDisposable
{
    private const string Default = "http://localhost:5000";

    private readonly Dictionary<EndPoint, Socket> _held = [];

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

    /// <summary>
    /// Whether it listens with the default certificate; endpoints of Kestrel's own section may each have one of their own.
    /// </summary>
    internal static bool NeedDefaultCertificate(IConfiguration configuration) =>
        EndpointsOf(configuration).Count == 0
        && UrlsOf(configuration).Any(url => url.StartsWith("https:", StringComparison.OrdinalIgnoreCase));

    // In Kestrel's order: its own section wins over addresses, and addresses over ports.
    private static IReadOnlyList<string> AddressesOf(IConfiguration configuration) =>
        EndpointsOf(configuration) is { Count: > 0 } own ? own : UrlsOf(configuration);

    private static List<string> EndpointsOf(IConfiguration configuration) =>
        [.. configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"]).OfType<string>()];

    private static IReadOnlyList<string> UrlsOf(IConfiguration configuration)
    {
        if (Split(configuration["urls"]) is { Length: > 0 } urls)
        {
            return urls;
        }

        var ports = Split(configuration["http_ports"]).Select(port => $"http://*:{Port(port, "ASPNETCORE_HTTP_PORTS")}")
            .Concat(Split(configuration["https_ports"]).Select(port => $"https://*:{Port(port, "ASPNETCORE_HTTPS_PORTS")}")).ToList();
        return ports.Count > 0 ? ports : [Default];
    }

    private static ushort Port(string text, string variable) =>
        ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            ? port
            : throw new StartupException($"'{text}' is not a port to listen on; write a number up to 65535 in {variable}.");

    private static string[] Split(string? list) =>
        (list ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

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
    public static void HoldPorts(this WebApplication app)
    {
        app.Services.GetRequiredService<HeldPorts>().Hold(app.Configuration);
        CheckServer(app);
    }

    // Certificates and the section Kestrel are read by options of the same kind, which listen on nothing.
    private static void CheckServer(WebApplication app)
    {
        try
        {
            var trial = new KestrelServerOptions { ApplicationServices = app.Services };
            trial.Configure(app.Configuration.GetSection("Kestrel")).Load();
            if (HeldPorts.NeedDefaultCertificate(app.Configuration))
            {
                trial.ListenLocalhost(1, listen => listen.UseHttps());
            }
        }
        catch (Exception refused) when (refused is InvalidOperationException or IOException or UnauthorizedAccessException
            or CryptographicException or FormatException or ArgumentException)
        {
            throw new StartupException(
                $"The server cannot listen ({refused.Message.TrimEnd('.')}); correct the section Kestrel or ASPNETCORE_URLS.", refused);
        }
    }
}
