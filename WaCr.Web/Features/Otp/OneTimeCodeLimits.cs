using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Domain;

namespace WaCr.Web.Features.Otp;

/// <summary>
/// How often something may be asked for one phone. Counted in the database, by one conditional update, so that the limit holds
/// over replicas and however many ask at once.
/// </summary>
internal sealed record OneTimeCodeLimits(OneTimeCodeAction Action, int Most, TimeSpan Within)
{
    public static readonly OneTimeCodeLimits Resend = new(OneTimeCodeAction.Resend, 3, TimeSpan.FromMinutes(5));

    public static readonly OneTimeCodeLimits Verify = new(OneTimeCodeAction.Verify, 10, TimeSpan.FromMinutes(1));

    /// <summary>Null where it may go on; else how long it may not.</summary>
    public async Task<TimeSpan?> TakeAsync(AppDbContext db, string phoneKey, DateTimeOffset now)
    {
        var oldest = now - Within;
        var rows = Rows(db, phoneKey);
        var taken = await rows
            .Where(limit => limit.StartedAt <= oldest || limit.Count < Most)
            .ExecuteUpdateAsync(set => set
                .SetProperty(limit => limit.Count, limit => limit.StartedAt <= oldest ? 1 : limit.Count + 1)
                .SetProperty(limit => limit.StartedAt, limit => limit.StartedAt <= oldest ? now : limit.StartedAt));
        if (taken == 1)
        {
            return null;
        }

        if (await rows.Select(limit => (DateTimeOffset?)limit.StartedAt).SingleOrDefaultAsync() is { } startedAt)
        {
            return startedAt + Within - now;
        }

        // Two at once: the second insert collides, and its write is run again.
        db.Add(new OneTimeCodeLimit { Action = Action, PhoneKey = phoneKey, StartedAt = now, Count = 1 });
        await db.SaveChangesAsync();
        return null;
    }

    // The row stays: were it deleted, all who wait for it would collide inserting it anew, until their writes are not run again any more.
    public Task ClearAsync(AppDbContext db, string phoneKey) =>
        Rows(db, phoneKey).ExecuteUpdateAsync(set => set.SetProperty(limit => limit.Count, 0));

    private IQueryable<OneTimeCodeLimit> Rows(AppDbContext db, string phoneKey) =>
        db.OneTimeCodeLimits.Where(limit => limit.Action == Action && limit.PhoneKey == phoneKey);
}
