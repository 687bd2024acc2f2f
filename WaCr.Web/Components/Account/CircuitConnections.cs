using System.Collections.Concurrent;
using System.Security.Claims;
using Microsoft.Extensions.Options;

namespace WaCr.Web.Components.Account;

/// <summary>Section <c>StaffApp</c> of the configuration.</summary>
public sealed class OpenPageOptions
{
    public const string Section = "StaffApp";

    /// <summary>Most open pages of one user; a page takes half a megabyte or more.</summary>
    public int MaxConnectionsPerUser { get; set; } = 40;

    /// <summary>Most open pages in this process.</summary>
    public int MaxConnections { get; set; } = 4_000;
}

/// <summary>Counts and limits open pages in this process, and closes those whose session ended.</summary>
public sealed class CircuitConnections(IOptions<OpenPageOptions> options, TimeProvider time)
{
    /// <summary>How long a browser has to go to the sign-in page by itself before it is disconnected.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<Connection, byte> _open = new();
    private readonly ConcurrentDictionary<long, int> _perUser = new();
    private int _count;

    /// <summary>Holds a connection until the result is disposed of; null if the limit is reached.</summary>
    public IDisposable? TryOpen(ClaimsPrincipal user, Action abort)
    {
        var userId = user.UserId() ?? 0;
        if (Interlocked.Increment(ref _count) > options.Value.MaxConnections)
        {
            Interlocked.Decrement(ref _count);
            return null;
        }

        if (_perUser.AddOrUpdate(userId, 1, (_, open) => open + 1) > options.Value.MaxConnectionsPerUser)
        {
            CountDown(userId);
            return null;
        }

        var connection = new Connection(this, userId, user, abort);
        _open.TryAdd(connection, 0);
        return connection;
    }

    /// <summary>Closes all connections of this session after <see cref="Grace"/>.</summary>
    public void EndSoon(ClaimsPrincipal user)
    {
        var ending = _open.Keys.Where(connection => connection.IsOf(user)).ToList();
        if (ending.Count > 0)
        {
            _ = EndAsync(ending);
        }
    }

    private async Task EndAsync(List<Connection> ending)
    {
        await Task.Delay(Grace, time);
        foreach (var connection in ending.Where(_open.ContainsKey))
        {
            connection.Abort();
        }
    }

    private void CountDown(long userId)
    {
        Interlocked.Decrement(ref _count);
        if (_perUser.AddOrUpdate(userId, 0, (_, open) => open - 1) == 0)
        {
            _perUser.TryRemove(KeyValuePair.Create(userId, 0));
        }
    }

    private sealed class Connection(CircuitConnections all, long userId, ClaimsPrincipal user, Action abort) : IDisposable
    {
        public void Abort() => abort();

        public bool IsOf(ClaimsPrincipal other) =>
            userId == other.UserId() && user.ChosenTenantId() == other.ChosenTenantId() && user.SessionId() == other.SessionId();

        public void Dispose()
        {
            if (all._open.TryRemove(this, out _))
            {
                all.CountDown(userId);
            }
        }
    }
}
