using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Plans;

/// <summary>
/// Counts a contact's messages within 24 hours as one conversation of the plan. Runs inside the caller's write and rolls back with it. Of
/// two that would open the same window, the second waits at the tenant's counter and then finds it open.
/// </summary>
public sealed class ConversationUsage(UsageGate gate, TimeProvider time)
{
    private static readonly CompiledQuery<long, UsageWindow> Latest = new((db, contactId) =>
        db.UsageWindows.AsNoTracking().Where(window => window.ContactId == contactId && window.IsLatest));

    /// <summary>Counts one more message: returns its window's start, or the limit reached.</summary>
    public async Task<Result<DateTimeOffset>> TakeAsync(AppDbContext db, long contactId)
    {
        var now = time.UtcNowInSeconds(); // whole seconds, because a window is found again by its time
        var running = await db.FindOrLockAsync(() => JoinAsync(db, contactId, now), opened => opened is not null, _ => LockAsync(db));
        if (running is { } opened)
        {
            return opened;
        }

        if (await gate.TakeAsync(db, Metric.Conversations, 1) is { } limit)
        {
            return limit;
        }

        var ended = now - UsageWindow.Length;
        await db.UsageWindows
            .Where(window => window.ContactId == contactId && window.IsLatest && window.OpenedAt <= ended)
            .ExecuteUpdateAsync(set => set.SetProperty(window => window.IsLatest, false));
        db.UsageWindows.Add(new UsageWindow
        {
            ContactId = contactId,
            OpenedAt = now,
            IsLatest = true,
            Period = UsageGate.PeriodOf(Metric.Conversations, now),
            Messages = 1,
        });
        await db.SaveChangesAsync();
        return now;
    }

    /// <summary>Call first where one write takes usage for several contacts: the counter is locked before any of their windows.</summary>
    public Task LockAsync(AppDbContext db) =>
        UsageGate.LockAsync(db, Metric.Conversations, UsageGate.PeriodOf(Metric.Conversations, time.UtcNowInSeconds()));

    /// <summary>Gives usage back for a message that failed for good; only once per message.</summary>
    public async Task GiveBackAsync(AppDbContext db, long messageId)
    {
        var window = await db.Messages.Where(message => message.Id == messageId)
            .Join(
                db.UsageWindows, message => new { message.ContactId, OpenedAt = message.UsageWindowOpenedAt },
                counted => new { counted.ContactId, OpenedAt = (DateTimeOffset?)counted.OpenedAt }, (_, counted) => counted)
            .AsNoTracking().SingleOrDefaultAsync();
        if (window is null)
        {
            return;
        }

        // The counter before the window, as TakeAsync locks them.
        await UsageGate.LockAsync(db, Metric.Conversations, window.Period);
        var given = await db.Messages
            .Where(message => message.Id == messageId && message.UsageWindowOpenedAt != null)
            .ExecuteUpdateAsync(set => set.SetProperty(message => message.UsageWindowOpenedAt, (DateTimeOffset?)null));
        if (given == 1 && await CountAsync(db, window.ContactId, window.OpenedAt, -1) == 1)
        {
            var closed = await db.UsageWindows
                .Where(w => w.ContactId == window.ContactId && w.OpenedAt == window.OpenedAt && w.Messages == 0).ExecuteDeleteAsync();
            await gate.GiveBackAsync(db, Metric.Conversations, closed, window.Period);
        }
    }

    private static async Task<DateTimeOffset?> JoinAsync(AppDbContext db, long contactId, DateTimeOffset now)
    {
        var latest = await Latest.SingleOrDefaultAsync(db, contactId, CancellationToken.None);
        return latest is not null && now < latest.OpenedAt + UsageWindow.Length && await CountAsync(db, contactId, latest.OpenedAt, 1) == 1
            ? latest.OpenedAt
            : null;
    }

    private static Task<int> CountAsync(AppDbContext db, long contactId, DateTimeOffset openedAt, int count) => db.UsageWindows
        .Where(window => window.ContactId == contactId && window.OpenedAt == openedAt && window.Messages > 0)
        .ExecuteUpdateAsync(set => set.SetProperty(window => window.Messages, window => window.Messages + count));
}
