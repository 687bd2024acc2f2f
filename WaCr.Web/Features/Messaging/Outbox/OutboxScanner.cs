using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Messaging.Outbox;

/// <summary>A channel with messages due.</summary>
public sealed record OutboxChannel(TenantIdentity Tenant, long ChannelId);

/// <summary>Finds due messages of all tenants, and messages whose sending process died.</summary>
public sealed class OutboxScanner(IDatabaseWriter writer, IDbContextFactory<AppDbContext> contexts, TimeProvider time)
{
    public async Task<IReadOnlyList<OutboxChannel>> FindAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();

        // Lifts the tenant filter: the loop serves all tenants, each channel through its own index.
        var due = await db.Channels.IgnoreQueryFilters([AppDbContext.TenantFilter]).AsNoTracking()
            .Where(channel => channel.PausedAt == null && channel.CredentialRefusedAt == null)
            .Where(channel => db.Messages.IgnoreQueryFilters(new[] { AppDbContext.TenantFilter })
                .Any(m => m.TenantId == channel.TenantId && m.ChannelId == channel.Id && m.State == OutboxState.Waiting && m.DueAt <= now))
            .Join(db.Tenants, channel => channel.TenantId, tenant => tenant.Id, (channel, tenant) => new { channel.Id, Tenant = tenant })
            .ToListAsync(cancellationToken);
        return [.. due.Select(row => new OutboxChannel(row.Tenant.ToIdentity(), row.Id))];
    }

    /// <summary>
    /// Marks messages with an expired lease as uncertain, never as waiting, since they may have been sent. On the start of a single-process
    /// installation, every lease counts as expired.
    /// </summary>
    public async Task<int> SettleLeftBehindAsync(bool isStart, CancellationToken cancellationToken)
    {
        await using (var db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            var limit = LimitOf(db, isStart);
            if (!await Expired(db, limit).AnyAsync(cancellationToken))
            {
                return 0;
            }
        }

        var now = time.GetUtcNow();
        var settled = await writer.WriteAsync<int>(
            async db =>
            {
                var expired = Expired(db, LimitOf(db, isStart));
                foreach (var conversation in await expired.Select(m => new { m.TenantId, m.ConversationId }).Distinct().ToListAsync())
                {
                    db.NoteChange(new Change(ChangeKind.Conversation, conversation.TenantId, conversation.ConversationId));
                }

                return await MessageTransitions.MarkUncertainAsync(expired, now);
            },
            cancellationToken);
        return settled.OrThrow();
    }

    private DateTimeOffset LimitOf(AppDbContext db, bool isStart) =>
        isStart && !db.HasReplicas ? DateTimeOffset.MaxValue : time.GetUtcNow();

    // Lifts the tenant filter: the loop serves all tenants, each through its own index.
    private static IQueryable<Message> Expired(AppDbContext db, DateTimeOffset limit) =>
        db.Messages.IgnoreQueryFilters([AppDbContext.TenantFilter])
        .Where(m => db.Tenants.Select(tenant => tenant.Id).Contains(m.TenantId) && m.State == OutboxState.Sending && m.LeaseUntil < limit);
}
