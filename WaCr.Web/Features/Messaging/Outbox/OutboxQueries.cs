using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Messaging.Outbox;

/// <summary>Reads unsent messages and why they were not sent.</summary>
public sealed class OutboxQueries(IDbContextFactory<AppDbContext> contexts, TenantContext tenant)
{
    public const int PageSize = 100;

    /// <summary>Failed or uncertain messages, newest first.</summary>
    /// <param name="before">Last id of the previous page; null for the first.</param>
    public async Task<Result<IReadOnlyList<UnsentMessage>>> ListAsync(OutboxState state, long? before, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.MessagesRead) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await db.Messages.AsNoTracking()
            // the first condition matches the partial index of unsent messages
            .Where(m => m.State > OutboxState.Sent && m.State == state && (before == null || m.Id < before))
            .OrderByDescending(m => m.Id).Take(PageSize)
            .ToListAsync(cancellationToken);
        var ids = rows.Select(m => m.ContactId).Distinct().ToList();
        var names = await db.Contacts.Where(c => ids.Contains(c.Id))
            .ToDictionaryAsync(c => c.Id, c => $"{c.FirstName} {c.LastName}".Trim(), cancellationToken);
        return rows.ConvertAll(m => new UnsentMessage(
            m.Id, m.ConversationId, m.ContactId, m.ChannelId, names.GetValueOrDefault(m.ContactId, ""), m.Text, m.State!.Value,
            m.Attempts, m.ErrorCode, m.Error,
            m.UpdatedAt, m.State == OutboxState.Dead && m.Wamid is null && !MaskedCode.IsIn(m.Text) && names.ContainsKey(m.ContactId)));
    }

    /// <summary>Every number of the workspace, with its waiting and failed messages.</summary>
    public async Task<Result<IReadOnlyList<OutboxOfChannel>>> ListChannelsAsync(CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.MessagesRead) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var channels = await db.Channels.OrderBy(c => c.Id)
            .Select(c => new { c.Id, c.Name, c.PausedAt, IsRefused = c.CredentialRefusedAt != null })
            .ToListAsync(cancellationToken);
        var listed = new List<OutboxOfChannel>();
        foreach (var channel in channels)
        {
            listed.Add(
                new OutboxOfChannel(
                    channel.Id,
                    channel.Name,
                    channel.PausedAt,
                    channel.IsRefused,
                    (await CountAsync(channel.Id, cancellationToken)).OrThrow()));
        }

        return listed;
    }

    public async Task<Result<OutboxCounts>> CountAsync(long channelId, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.MessagesRead) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);

        // The conditions match the outbox indexes literally: a state passed as a parameter would read all messages. A message being sent
        // always has a lease.
        var sending = db.Messages.Where(m => m.State == OutboxState.Sending && m.LeaseUntil > DateTimeOffset.UnixEpoch);
        var unsent = db.Messages.Where(m => m.State > OutboxState.Sent);
        return new OutboxCounts(
            await CountAsync(db.Messages.Where(m => m.State == OutboxState.Waiting)), await CountAsync(sending),
            await CountAsync(
                unsent.Where(m => m.State == OutboxState.Uncertain)), await CountAsync(unsent.Where(m => m.State == OutboxState.Dead)));

        Task<long> CountAsync(IQueryable<Message> messages) => messages.LongCountAsync(m => m.ChannelId == channelId, cancellationToken);
    }
}
