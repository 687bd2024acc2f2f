using System.Net.Sockets;

namespace WaCr.Web.Tests.Support;

/// <summary>A stretch of network that can be cut and mended: what connects to <see cref="Port"/> reaches the target.</summary>
public sealed class TcpRelay(string host, int port) : IAsyncDisposable
{
    private readonly List<TcpClient> _open = [];
    private readonly Lock _lock = new();
    private TcpListener? _listener;
    private Task _accepting = Task.CompletedTask;

    /// <summary>On the loopback address; stays the same when mended.</summary>
    public int Port { get; private set; }

    public TcpRelay Open()
    {
        _listener = new TcpListener(IPAddress.Loopback, Port);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync(_listener);
        return this;
    }

    /// <summary>Nobody gets through from now on, and who is through is thrown out.</summary>
    public async Task CutAsync()
    {
        _listener?.Dispose();
        await _accepting;
        lock (_lock)
        {
            _open.ForEach(connection => connection.Dispose());
            _open.Clear();
        }
    }

    public async ValueTask DisposeAsync() => await CutAsync();

    private async Task AcceptAsync(TcpListener listener)
    {
        while (true)
        {
            TcpClient near;
            try
            {
                near = await listener.AcceptTcpClientAsync();
            }
            catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException)
            {
                return;
            }

            var far = new TcpClient();
            await far.ConnectAsync(host, port);
            lock (_lock)
            {
                _open.AddRange([near, far]);
            }

            _ = PumpAsync(near, far);
            _ = PumpAsync(far, near);
        }
    }

    private static async Task PumpAsync(TcpClient from, TcpClient to)
    {
        try
        {
            await from.GetStream().CopyToAsync(to.GetStream());
        }
        catch (Exception cut) when (cut is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // One side has gone: so does the other.
        }

        from.Dispose();
        to.Dispose();
    }
}
