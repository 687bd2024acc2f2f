using WaCr.Web.Features.ApiTokens;

namespace WaCr.Web.Api.Auth;

/// <summary>Counts one token's requests, or one tenant's, within what this process has leased of the limit.</summary>
internal sealed class RateCount(long tokenId)
{
    private readonly Lock _gate = new();
    private long _minute;
    private int _used;
    private int _granted;
    private int _others;
    private int _exhausted;
    private Task? _asking;

    /// <summary>Counts one request; what is left of the limit, or a negative number if the request exceeds it.</summary>
    public async ValueTask<int> TakeAsync(long minute, int limit, RateLeases leases)
    {
        while (true)
        {
            Task asking;
            lock (_gate)
            {
                // A request that read the clock just before the minute ended counts in the new one; a clock set back starts anew.
                if (minute > _minute || minute < _minute - 1)
                {
                    (_minute, _used, _granted, _others, _exhausted) = (minute, 0, 0, 0, -1);
                }

                if (_used < _granted && _used < limit)
                {
                    _used++;
                    return Math.Max(0, (int)(limit - (long)_others - _used));
                }

                if (_used >= limit || limit <= _exhausted)
                {
                    return -1;
                }

                asking = _asking ??= LeaseAsync(_minute, limit, leases);
            }

            await asking; // with all others that found the lease used up
        }
    }

    private async Task LeaseAsync(long minute, int limit, RateLeases leases)
    {
        await Task.Yield(); // out of the caller's lock
        RateLease? taken = null;
        try
        {
            taken = await leases.TakeAsync(tokenId, minute, limit);
        }
        finally
        {
            lock (_gate)
            {
                _asking = null; // after a failure the next request asks again
                if (_minute == minute && taken is { } lease)
                {
                    _granted = (int)Math.Min(int.MaxValue, (long)_granted + lease.Granted);
                    _others = Math.Max(0, lease.Leased - _granted);
                    _exhausted = lease.Granted == 0 ? limit : _exhausted;
                }
            }
        }
    }
}
