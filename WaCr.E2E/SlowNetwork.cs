using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace WaCr.E2E;

/// <summary>A long way to the server: every byte arrives half a round trip later, in order.</summary>
public sealed class SlowNetwork : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Uri _server;
    private readonly TimeSpan _way;
    private readonly Task _accepting;
    private long _lastBytesAt;

    public SlowNetwork(string server, TimeSpan roundTrip)
    {
        _server = new Uri(server);
        _way = roundTrip / 2;
        _listener.Start();
        Address = $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";
        _accepting = AcceptAsync();
    }

    public string Address { get; }

    /// <summary>Waits until what is under way has arrived and been answered.</summary>
    public async Task QuietAsync()
    {
        while (TimeProvider.System.GetElapsedTime(Interlocked.Read(ref _lastBytesAt)) is var quiet && quiet < _way * 3)
        {
            await Task.Delay((_way * 3) - quiet, _end.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        var ways = new List<Task>();
        try
        {
            while (true)
            {
                var near = await _listener.AcceptTcpClientAsync(_end.Token);
                var far = new TcpClient { NoDelay = true };
                near.NoDelay = true;
                await far.ConnectAsync(_server.Host, _server.Port, _end.Token);
                ways.Add(CarryAsync(near, far));
                ways.Add(CarryAsync(far, near));
            }
        }
        catch (Exception over) when (over is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(ways);
        }
    }

    private async Task CarryAsync(TcpClient from, TcpClient to)
    {
        var underWay = Channel.CreateUnbounded<(long SentAt, byte[] Bytes)>();
        var arriving = ArriveAsync(underWay.Reader, to);
        try
        {
            var buffer = new byte[64 * 1024];
            while (await from.GetStream().ReadAsync(buffer, _end.Token) is > 0 and var count)
            {
                Interlocked.Exchange(ref _lastBytesAt, TimeProvider.System.GetTimestamp());
                underWay.Writer.TryWrite((TimeProvider.System.GetTimestamp(), buffer[..count]));
            }
        }
        catch (Exception over) when (
            over is IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // One side has gone; what is under way still arrives.
        }

        underWay.Writer.Complete();
        await arriving;
        to.Dispose();
    }

    private async Task ArriveAsync(ChannelReader<(long SentAt, byte[] Bytes)> underWay, TcpClient to)
    {
        try
        {
            await foreach (var (sentAt, bytes) in underWay.ReadAllAsync(_end.Token))
            {
                if (_way - TimeProvider.System.GetElapsedTime(sentAt) is { Ticks: > 0 } left)
                {
                    await Task.Delay(left, _end.Token);
                }

                await to.GetStream().WriteAsync(bytes, _end.Token);
            }
        }
        catch (Exception over) when (
            over is IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // The other side has gone: nobody waits for the rest.
        }
    }
}
