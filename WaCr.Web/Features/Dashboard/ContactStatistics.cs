using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Dashboard;

/// <summary>The workspace's contacts in numbers. Each number is one index scan: some milliseconds at 100,000 contacts.</summary>
public sealed class ContactStatistics(IDbContextFactory<AppDbContext> contexts, TenantContext tenant, TimeProvider time)
{
    private const int Weeks = 12;

    public async Task<Result<ContactStatisticsSet>> GetAsync(CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.ContactsRead) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var byStatus = await db.Contacts.GroupBy(c => c.StatusId).Select(group => new { group.Key, Count = group.LongCount() })
            .ToDictionaryAsync(group => group.Key, group => group.Count, cancellationToken);
        var bySource = await db.Contacts.GroupBy(c => c.SourceId).Select(group => new { group.Key, Count = group.LongCount() })
            .ToDictionaryAsync(group => group.Key, group => group.Count, cancellationToken);
        var byType = await db.Contacts.GroupBy(c => c.Type).Select(group => new { group.Key, Count = group.LongCount() })
            .ToDictionaryAsync(group => group.Key, group => group.Count, cancellationToken);
        var statuses = await db.Statuses.AsNoTracking().OrderBy(s => s.Position).ThenBy(s => s.Id).ToListAsync(cancellationToken);
        var sources = await db.Sources.AsNoTracking().OrderBy(s => s.NameKey).ToListAsync(cancellationToken);
        return new ContactStatisticsSet(
            byType.Values.Sum(),
            [.. statuses.Select(s => new LookupStatistic(s.Id, s.Name, s.Color, byStatus.GetValueOrDefault(s.Id)))],
            [
                .. sources.Select(s => new LookupStatistic(s.Id, s.Name, null, bySource.GetValueOrDefault(s.Id)))
                    .OrderByDescending(s => s.Contacts)
            ],
            byType,
            await AddedByWeekAsync(db, cancellationToken));
    }

    private async Task<IReadOnlyList<WeekStatistic>> AddedByWeekAsync(AppDbContext db, CancellationToken cancellationToken)
    {
        var calendar = new DayCalendar(tenant.Tenant.TimeZone);
        var today = calendar.DayOf(time.GetUtcNow());
        var thisMonday = today.AddDays(-(((int)today.DayOfWeek + 6) % 7));
        var weeks = new List<WeekStatistic>(Weeks);
        for (var monday = thisMonday.AddDays(-7 * (Weeks - 1)); monday <= thisMonday; monday = monday.AddDays(7))
        {
            var (from, until) = (calendar.Midnight(monday), calendar.Midnight(monday.AddDays(7)));
            var added = await db.Contacts.LongCountAsync(c => c.CreatedAt >= from && c.CreatedAt < until, cancellationToken);
            weeks.Add(new WeekStatistic(monday, added));
        }

        return weeks;
    }
}
