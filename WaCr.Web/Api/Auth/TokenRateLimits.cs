using System.Collections.Concurrent;

namespace WaCr.Web.Api.Auth;

/// <param name="ResetsAt">Unix seconds.</param>
internal readonly record struct RateVerdict(bool Allowed, int Remaining, long ResetsAt, int RetryAfter);

/// <summary>
/// Requests per token and clock minute, in this process. Replicas count on their own, so a token gets its limit
/// once per replica: a count that they share would cost every request a write.
/// </summary>
internal sealed class TokenRateLimits(TimeProvider time)
{
    private const int SecondsPerWindow = 60;

    private readonly ConcurrentDictionary<long, Window> _windows = new();

    public RateVerdict Take(long tokenId, int limit)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var minute = now / SecondsPerWindow;
        var used = _windows.GetOrAdd(tokenId, static _ => new Window()).Take(minute, limit);
        var resetsAt = (minute + 1) * SecondsPerWindow;
        return new RateVerdict(used <= limit, Math.Max(0, limit - used), resetsAt, (int)(resetsAt - now));
    }

    /// <summary>The minute in the upper half and the count in the lower, so that both change in one step.</summary>
    private sealed class Window
    {
        private long _state;

        public int Take(long minute, int limit)
        {
            while (true)
            {
                var seen = Volatile.Read(ref _state);
                var used = seen >> 32 == minute ? (int)seen + 1 : 1;
                if (used > limit || Interlocked.CompareExchange(ref _state, (minute << 32) | (uint)used, seen) == seen)
                {
                    return used;
                }
            }
        }
    }
}
