using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Messaging;

/// <summary>
/// A merge gives a conversation to another contact. A message that was on its way into it meanwhile waits for the merge, and would then be
/// the contact's who is gone.
/// </summary>
internal static class MessageOwner
{
    /// <summary>Call after the message was added, which keeps merges out. Throws what makes the write run again.</summary>
    public static async Task CheckAsync(AppDbContext db, Message message)
    {
        var (conversation, contact) = (message.ConversationId, message.ContactId);
        if (db.HasReplicas && !await db.Conversations.AnyAsync(c => c.Id == conversation && c.ContactId == contact))
        {
            throw new DbUpdateConcurrencyException("The conversation was merged since it was read.");
        }
    }
}
