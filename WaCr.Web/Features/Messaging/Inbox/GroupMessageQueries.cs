using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Messaging.Inbox;

/// <summary>A message of a WhatsApp group.</summary>
/// <param name="Sender">Name, number or id, whichever is known; null for our own messages.</param>
/// <param name="Content">JSON in WhatsApp's format for a message without text; otherwise null.</param>
public sealed record GroupMessageItem(
    long Id, string GroupId, string ChannelName, string? Sender, MessageType Type, string Text, string? Content, string? Error,
    DateTimeOffset SentAt,
    DateTimeOffset? EditedAt, DateTimeOffset? RevokedAt);

/// <param name="Next">Start of the next page; null on the last page.</param>
public sealed record GroupMessagePage(IReadOnlyList<GroupMessageItem> Items, GroupMessageCursor? Next);

public readonly record struct GroupMessageCursor(DateTimeOffset SentAt, long Id);

/// <summary>Reads messages of WhatsApp groups, which are kept apart from conversations.</summary>
public sealed class GroupMessageQueries(IDbContextFactory<AppDbContext> contexts, TenantContext tenant)
{
    public const int PageSize = 50;

    /// <summary>Whether there are any group messages.</summary>
    public async Task<Result<bool>> AnyAsync(CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.MessagesRead) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.GroupMessages.AnyAsync(cancellationToken);
    }

    /// <param name="before">End of the previous page; null for the newest.</param>
    public async Task<Result<GroupMessagePage>> ListAsync(GroupMessageCursor? before, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.MessagesRead) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = db.GroupMessages.AsNoTracking();
        if (before is var (at, id))
        {
            rows = rows.Where(m => m.SentAt < at || (m.SentAt == at && m.Id < id));
        }

        var found = await rows.OrderByDescending(m => m.SentAt).ThenByDescending(m => m.Id).Take(PageSize + 1)
            .Select(m => new GroupMessageItem(
                m.Id, m.GroupId, db.Channels.Where(c => c.Id == m.ChannelId).Select(c => c.Name).FirstOrDefault() ?? "",
                m.SenderName ?? m.SenderWaId ?? m.SenderUserId, m.Type, m.Text, m.Text == ""
                    ? m.Content
                    : null, m.Error, m.SentAt, m.EditedAt, m.RevokedAt))
            .ToListAsync(cancellationToken);
        var items = found.GetRange(0, Math.Min(PageSize, found.Count));
        return new GroupMessagePage(items, found.Count > PageSize ? new GroupMessageCursor(items[^1].SentAt, items[^1].Id) : null);
    }
}
