using System.Collections.Concurrent;
using System.Net;
using WaCr.Web.Features.ApiTokens;

namespace WaCr.Web.Api.Auth;

/// <param name="ResetsAt">Unix seconds.</param>
internal readonly record struct RateVerdict(bool Allowed, int Remaining, long ResetsAt, int RetryAfter);

/// <summary>
/// Counts requests per clock minute: per token and per tenant, together with the other replicas (<see cref="RateLeases"/>), and per address
/// without a valid token, in this process alone.
/// </summary>
internal sealed class TokenRateLimits(TimeProvider time)
{
    /// <summary>Requests per minute from one address without a valid token; requests with a token are not counted.</summary>
    public const int AnonymousPerMinute = 600;

    private const int SecondsPerWindow = 60;

    // Bounds memory, since one client may use many addresses.
    private const int MaxAddresses = 100_000;

    private readonly ConcurrentDictionary<long, RateCount> _tokens = new();
    private readonly ConcurrentDictionary<long, RateCount> _tenants = new();
    private AnonymousCalls _anonymous = new(0);

    public async ValueTask<RateVerdict> TakeAsync(AdmittedToken token, RateLeases leases)
    {
        var (minute, resetsAt, retryAfter) = Now();
        var own = _tokens.GetOrAdd(token.Id, static id => new RateCount(id));
        var remaining = await own.TakeAsync(minute, token.RateLimitPerMinute, leases);
        var refusedBy = remaining < 0 ? "token" : null;
        if (remaining >= 0 && token.TenantRateLimitPerMinute is { } ceiling)
        {
            var all = _tenants.GetOrAdd(token.TenantId, static _ => new RateCount(RateLeases.WholeTenant));
            remaining = Math.Min(remaining, await all.TakeAsync(minute, ceiling, leases));
            refusedBy = remaining < 0 ? "tenant" : null;
        }

        if (refusedBy is not null)
        {
            Measures.Refused(refusedBy);
        }

        return new RateVerdict(remaining >= 0, Math.Max(0, remaining), resetsAt, retryAfter);
    }

    /// <summary>Null if allowed; else the seconds to wait.</summary>
    public int? TakeAnonymous(IPAddress? address)
    {
        var (minute, _, retryAfter) = Now();
        var anonymous = Volatile.Read(ref _anonymous);
        if (anonymous.Minute != minute)
        {
            anonymous = new AnonymousCalls(minute);
            Volatile.Write(ref _anonymous, anonymous);
        }

        var network = address is null ? null : ClientNetwork.Of(address);
        if (network is null || (anonymous.Seen.Count >= MaxAddresses && !anonymous.Seen.ContainsKey(network)))
        {
            return null;
        }

        if (anonymous.Seen.AddOrUpdate(network, 1, static (_, count) => count + 1) <= AnonymousPerMinute)
        {
            return null;
        }

        Measures.Refused("address");
        return retryAfter;
    }

    private (long Minute, long ResetsAt, int RetryAfter) Now()
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var minute = now / SecondsPerWindow;
        var resetsAt = (minute + 1) * SecondsPerWindow;
        return (minute, resetsAt, (int)(resetsAt - now));
    }

    private sealed record AnonymousCalls(long Minute)
    {
        public ConcurrentDictionary<IPAddress, int> Seen { get; } = new();
    }
}
