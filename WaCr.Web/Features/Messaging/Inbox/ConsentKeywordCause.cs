using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Messaging.Inbound;

namespace WaCr.Web.Features.Messaging.Inbox;

internal sealed record ConversationChannel(long Id, string Channel, string OptOutWords);

/// <summary>Finds the keyword by which a person changed what they want.</summary>
internal static class ConsentKeywordCause
{
    private const int MaxMessages = ContactHistory.PageSize;

    // Tolerance: WhatsApp's clock differs a little from ours, and webhooks may be late.
    private static readonly TimeSpan WordBefore = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan WordAfter = TimeSpan.FromMinutes(1);

    /// <summary>Null if it was no keyword: an opt-out word is a stored message, WhatsApp's switch leaves none.</summary>
    public static async Task<string?> FindAsync(
        AppDbContext db, List<ConversationChannel> conversations, HistoryEntry? entry, CancellationToken cancellationToken)
    {
        if (entry is not { ChangeOrigin: ChangeOrigin.Webhook, Action: AuditAction.Updated }
            || entry.Changes.FirstOrDefault(change => ContactFieldNames.IsConsent(change.Field)) is not { } change)
        {
            return null;
        }

        var (from, until, wish) = (entry.At - WordBefore, entry.At + WordAfter, change.After is "true" or "denied");
        var words = await ConsentKeywords.LoadAsync(db, cancellationToken);
        foreach (var conversation in conversations)
        {
            var texts = await db.Messages
                .Where(m => m.ConversationId == conversation.Id && m.Direction == MessageDirection.Inbound
                    && m.CreatedAt >= from && m.CreatedAt <= until)
                .OrderByDescending(m => m.CreatedAt).ThenByDescending(m => m.Id).Take(MaxMessages).Select(m => m.Text)
                .ToListAsync(cancellationToken);
            if (texts.Find(text => words.Read(text, conversation.OptOutWords) == wish) is { } word)
            {
                return word;
            }
        }

        return null;
    }
}
