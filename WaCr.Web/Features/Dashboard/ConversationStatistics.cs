using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Dashboard;

/// <summary>
/// Answer times and delivery of messages. One pass over the messages of 30 days, in index order, computes everything. The result is cached
/// for a minute, since the pass takes seconds at a million messages.
/// </summary>
public sealed class ConversationStatistics(
    IDbContextFactory<AppDbContext> contexts, TenantContext tenant, StatisticsCache memory, TimeProvider time)
{
    public const int Days = 30;

    public async Task<Result<ConversationStatisticsSet>> GetAsync(CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.MessagesRead) is { } forbidden)
        {
            return forbidden;
        }

        var now = time.GetUtcNow();
        if (memory.Find(tenant.TenantId, now) is { } known)
        {
            return known;
        }

        var counted = await CountAsync(now, cancellationToken);
        memory.Keep(tenant.TenantId, now, counted);
        return counted;
    }

    private async Task<ConversationStatisticsSet> CountAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var calendar = new DayCalendar(tenant.Tenant.TimeZone);
        var today = calendar.DayOf(now);
        var since = calendar.Midnight(today.AddDays(1 - Days));
        var tally = new ConversationTally();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var messages = db.Messages.Where(m => m.CreatedAt >= since).OrderBy(m => m.CreatedAt).ThenBy(m => m.Id)
            .Select(m =>
                new TalliedMessage(
                    m.ConversationId, m.CreatedAt, m.Direction, m.Type, m.Status, m.State, m.StaffId, m.CampaignId))
            .AsAsyncEnumerable();
        await foreach (var message in messages.WithCancellation(cancellationToken))
        {
            tally.Add(message, calendar.DayOf(message.CreatedAt));
        }

        var staff = tally.StaffIds.ToList();
        var names = await db.Memberships.Where(member => staff.Contains(member.UserId))
            .Select(member => new { member.UserId, member.User!.Name })
            .ToDictionaryAsync(member => member.UserId, member => member.Name, cancellationToken);
        return tally.Sum(today.AddDays(1 - Days), today, names);
    }
}

/// <summary>
/// Results of the last minute by workspace. New messages do not drop them, since counting again costs seconds; erased or moved ones do.
/// </summary>
public sealed class StatisticsCache : IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<long, (DateTimeOffset At, ConversationStatisticsSet Statistics)> _known = new();
    private readonly IDisposable _subscription;

    public StatisticsCache(ChangeFeed feed) =>
        _subscription = feed.Subscribe(ChangeKind.MovedMessages, change => _known.TryRemove(change.TenantId, out _));

    public ConversationStatisticsSet? Find(long tenantId, DateTimeOffset now) =>
        _known.TryGetValue(tenantId, out var known) && now - known.At < Fresh ? known.Statistics : null;

    public void Keep(long tenantId, DateTimeOffset now, ConversationStatisticsSet figures) => _known[tenantId] = (now, figures);

    public void Dispose() => _subscription.Dispose();
}
