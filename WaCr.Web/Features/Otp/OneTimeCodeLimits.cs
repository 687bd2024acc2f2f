using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Otp;

/// <summary>
/// Rate limits per phone. Counted by one conditional update in the database, so they hold across replicas and concurrent requests.
/// </summary>
internal sealed record OneTimeCodeLimits(OneTimeCodeAction Action, int Most, TimeSpan Within)
{
    public static readonly OneTimeCodeLimits Resend = new(OneTimeCodeAction.Resend, 3, TimeSpan.FromMinutes(5));

    public static readonly OneTimeCodeLimits Verify = new(OneTimeCodeAction.Verify, 10, TimeSpan.FromMinutes(1));

    /// <summary>Null if allowed; otherwise the time to wait.</summary>
    public async Task<TimeSpan?> TakeAsync(AppDbContext db, string phoneKey, DateTimeOffset now)
    {
        var oldest = now - Within;
        var rows = Rows(db, phoneKey);
        if (await CountAsync())
        {
            return null;
        }

        // A missing row may mean a new phone. The insert waits for a concurrent first request, so that the second count sees the row;
        // if that count finds it full too, the limit is reached.
        await db.InsertMissingAsync(
            [new OneTimeCodeLimit { TenantId = db.CurrentTenantId, Action = Action, PhoneKey = phoneKey, StartedAt = now }]);
        return await CountAsync() ? null : await rows.Select(limit => limit.StartedAt).SingleAsync() + Within - now;

        // A start in the future was written before the clock was set back; counting restarts, or the phone would be blocked until then.
        async Task<bool> CountAsync() => await rows
            .Where(limit => limit.StartedAt <= oldest || limit.StartedAt > now || limit.Count < Most)
            .ExecuteUpdateAsync(set => set
                .SetProperty(limit => limit.Count, limit => limit.StartedAt <= oldest || limit.StartedAt > now ? 1 : limit.Count + 1)
                .SetProperty(
                    limit => limit.StartedAt, limit => limit.StartedAt <= oldest || limit.StartedAt > now ? now : limit.StartedAt)) == 1;
    }

    public Task ClearAsync(AppDbContext db, string phoneKey) =>
        Rows(db, phoneKey).ExecuteUpdateAsync(set => set.SetProperty(limit => limit.Count, 0));

    private IQueryable<OneTimeCodeLimit> Rows(AppDbContext db, string phoneKey) =>
        db.OneTimeCodeLimits.Where(limit => limit.Action == Action && limit.PhoneKey == phoneKey);
}
