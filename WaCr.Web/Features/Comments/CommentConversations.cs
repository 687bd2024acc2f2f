using Microsoft.EntityFrameworkCore;
using WaCr.Web.Common;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Comments;

/// <param name="SenderNumber">As WhatsApp shows it.</param>
internal sealed record CommentConversation(long Id, string? SenderNumber);

internal static class CommentConversations
{
    public static readonly NotFoundError NotFound = new("Conversation not found");

    /// <summary>The conversation with that number; where several channels have one, the one with the last message.</summary>
    public static async Task<CommentConversation?> FindAsync(AppDbContext db, string mobile, string homeCountry, CancellationToken cancellationToken)
    {
        if (!PhoneNumber.TryParse(mobile, homeCountry, out var phone))
        {
            return null;
        }

        var key = phone.Key;
        return await db.Contacts
            .Where(contact => contact.PhoneKey == key)
            .Join(db.Conversations, contact => contact.Id, conversation => conversation.ContactId, (_, conversation) => conversation)
            .OrderByDescending(conversation => conversation.LastMessageAt).ThenByDescending(conversation => conversation.Id)
            .Join(db.Channels, conversation => conversation.ChannelId, channel => channel.Id, (conversation, channel) => new { conversation, channel })
            .OrderByDescending(pair => pair.conversation.LastMessageAt).ThenByDescending(pair => pair.conversation.Id)
            .Select(pair => new CommentConversation(pair.conversation.Id, pair.channel.DisplayPhoneNumber))
            .FirstOrDefaultAsync(cancellationToken);
    }
}
