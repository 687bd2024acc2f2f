using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace WaCr.Web.Downloads;

/// <summary>The addresses of a host; an argument, so that tests need no DNS.</summary>
internal delegate Task<IPAddress[]> HostLookup(string host, CancellationToken cancellationToken);

/// <summary>
/// Connects to public addresses alone. The address that was checked is the one that is connected to: a name that is looked up
/// twice may answer differently the second time.
/// </summary>
/// <param name="mayReach">Hosts and ports beyond the trusted ones of <paramref name="options"/> that are reached wherever they lead.</param>
internal sealed class PublicConnections(HostLookup lookup, IOptions<RemoteFileOptions> options, Func<string, int, bool>? mayReach = null)
{
    // A name of a stranger's may lead to this very machine, which may be on the public internet itself.
    private static readonly HashSet<IPAddress> OwnAddresses =
        [.. NetworkInterface.GetAllNetworkInterfaces().SelectMany(card => card.GetIPProperties().UnicastAddresses).Select(unicast => unicast.Address)];

    /// <param name="keptFor">How long a connection may be used again; not at all where it is left out.</param>
    public HttpMessageHandler CreateHandler(TimeSpan keptFor = default) => new SocketsHttpHandler
    {
        AllowAutoRedirect = false, // each target is checked first
        UseProxy = false, // a proxy would do the looking up, and could be led anywhere
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = keptFor,
        ConnectCallback = ConnectAsync,
    };

    /// <summary>The addresses that may be connected to; none where one of them is not public, or there is none at all.</summary>
    public async Task<IPAddress[]> FindAsync(string host, int port, CancellationToken cancellationToken)
    {
        try
        {
            if (IsTrusted(host, port))
            {
                return await LookUpAsync(host, cancellationToken);
            }

            if (!IsWebPort(port) || IsOwn(host))
            {
                return [];
            }

            var addresses = await LookUpAsync(host, cancellationToken);
            return Array.TrueForAll(addresses, address => PublicAddress.Is(address) && !OwnAddresses.Contains(address)) ? addresses : [];
        }
        catch (SocketException)
        {
            return []; // the name leads nowhere, which a stranger learns in the same words as where it may not lead
        }
    }

    private async Task<IPAddress[]> LookUpAsync(string host, CancellationToken cancellationToken) =>
        IPAddress.TryParse(host, out var literal) ? [literal] : await lookup(host, cancellationToken);

    private bool IsWebPort(int port) => port is 80 or 443 || options.Value.ExtraPorts.Contains(port);

    // With the dot of a whole name or without it.
    private bool IsOwn(string host) => string.Equals(host.TrimEnd('.'), options.Value.OwnHost, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the operator, or who made this, says that it may be reached whatever its address.</summary>
    public bool IsTrusted(string host, int port) => mayReach?.Invoke(host, port) == true || options.Value.TrustedHosts.Any(trusted =>
        trusted.Equals(host, StringComparison.OrdinalIgnoreCase)
        || trusted.Equals(string.Create(CultureInfo.InvariantCulture, $"{host}:{port}"), StringComparison.OrdinalIgnoreCase));

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var target = context.DnsEndPoint;
        var addresses = await FindAsync(target.Host, target.Port, cancellationToken);
        if (addresses.Length == 0)
        {
            throw new NotPublicException();
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, target.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>The handler's only way to tell why it does not connect; <see cref="RemoteFiles"/> turns it into an error.</summary>
internal sealed class NotPublicException() : Exception("The address is not public.");
