using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Comments;

/// <summary>Raises the webhook event of a comment, called after its save: in the words of the API, and as harmless.</summary>
internal static class CommentEvents
{
    public static async Task NoteAsync(AppDbContext db, Comment added)
    {
        if (!await db.HasSubscriberAsync(EventTypes.CommentCreated))
        {
            return;
        }

        var contactId = await db.Conversations.Where(c => c.Id == added.ConversationId).Select(c => c.ContactId).SingleAsync();
        var comment = await CommentQueries.FindAsync(db, added.Id);
        db.NoteEvent(EventTypes.CommentCreated, added.Id, contactId, EventJson.WriteObject(json =>
        {
            json.WriteNumber("id"u8, comment.Id);
            json.WriteNumber("interaction_id"u8, added.ConversationId);
            json.WriteString("message"u8, comment.Text);
            json.WriteString("type"u8, comment.Type);
            json.WriteString("status_message"u8, comment.StatusMessage);
            json.WriteString("url"u8, comment.Url);
            json.WriteString("message_id"u8, comment.MessageId);
            json.WriteString("ref_message_id"u8, comment.RefMessageId);
            json.WritePropertyName("staff_id"u8);
            json.WriteNumberOrNull(comment.StaffId);
            json.WritePropertyName("created_at"u8);
            json.WriteTimeOrNull(comment.CreatedAt);
        }));
    }
}
