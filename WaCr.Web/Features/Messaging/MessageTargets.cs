using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Messaging;

/// <summary>A message that another one quotes, reacts to or marks read.</summary>
internal sealed record MessageTarget(
    long Id, long ConversationId, long ChannelId, long ContactId, MessageDirection Direction, MessageType Type, string? Wamid,
    DateTimeOffset CreatedAt);

/// <summary>Finds a message by what a caller names it with: our id, or WhatsApp's.</summary>
internal static class MessageTargets
{
    public static async Task<MessageTarget?> FindAsync(AppDbContext db, string idOrWamid, CancellationToken cancellationToken = default) =>
        await Named(db.Messages.AsNoTracking(), idOrWamid)
            .Select(m => new MessageTarget(m.Id, m.ConversationId, m.ChannelId, m.ContactId, m.Direction, m.Type, m.Wamid, m.CreatedAt))
            .SingleOrDefaultAsync(cancellationToken);

    private static IQueryable<Message> Named(IQueryable<Message> messages, string idOrWamid) => IdOf(idOrWamid) is { } id
        ? messages.Where(m => m.Id == id)
        : messages.Where(m => m.Wamid == idOrWamid);

    /// <summary>Null if it is no id of ours.</summary>
    public static long? IdOf(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
}
