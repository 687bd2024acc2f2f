using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace WaCr.Web.Downloads;

/// <summary>Resolves a host's addresses; a parameter, so that tests need no DNS.</summary>
internal delegate Task<IPAddress[]> HostLookup(string host, CancellationToken cancellationToken);

/// <summary>
/// Connects to public addresses only. It connects to the very address that it checked: a second lookup may answer differently.
/// </summary>
/// <param name="mayReach">
/// Hosts and ports that may be reached whatever their address, besides those trusted by <paramref name="options"/>.
/// </param>
internal sealed class PublicConnections(HostLookup lookup, IOptions<RemoteFileOptions> options, Func<string, int, bool>? mayReach = null)
{
    // A caller's host name may resolve to this machine, which may itself have a public address.
    private static readonly HashSet<IPAddress> OwnAddresses =
        [
            .. NetworkInterface.GetAllNetworkInterfaces()
                .SelectMany(card => card.GetIPProperties().UnicastAddresses)
                .Select(unicast => unicast.Address)
        ];

    /// <param name="keptFor">How long a connection may be reused; by default not at all.</param>
    public HttpMessageHandler CreateHandler(TimeSpan keptFor = default) => new SocketsHttpHandler
    {
        AllowAutoRedirect = false, // each target is checked first
        UseProxy = false, // a proxy would resolve names itself
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = keptFor,
        ConnectCallback = ConnectAsync,
    };

    /// <summary>The addresses to connect to; empty if one of them is not public, or the host has none.</summary>
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
            return []; // unknown and forbidden hosts give callers the same error
        }
    }

    private async Task<IPAddress[]> LookUpAsync(string host, CancellationToken cancellationToken) =>
        IPAddress.TryParse(host, out var literal) ? [literal] : await lookup(host, cancellationToken);

    private bool IsWebPort(int port) => port is 80 or 443 || options.Value.ExtraPorts.Contains(port);

    // Matches with or without the trailing dot of a full name.
    private bool IsOwn(string host) => string.Equals(host.TrimEnd('.'), options.Value.OwnHost, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the operator or the creator allows it whatever its address.</summary>
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

/// <summary>Tells the handler's caller why it did not connect; <see cref="RemoteFiles"/> turns it into an error.</summary>
internal sealed class NotPublicException() : Exception("The address is not public.");
