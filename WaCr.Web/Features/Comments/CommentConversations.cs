using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Messaging;

namespace WaCr.Web.Features.Comments;

/// <param name="SenderNumber">In WhatsApp's display format.</param>
internal sealed record CommentConversation(long Id, string? SenderNumber);

internal static class CommentConversations
{
    public static readonly NotFoundError NotFound = new("conversation.not_found", "Conversation not found");

    /// <summary>The conversation with that number; with several channels, the one with the newest message.</summary>
    public static async Task<CommentConversation?> FindAsync(
        AppDbContext db, string mobile, string homeCountry, CancellationToken cancellationToken)
    {
        if (!PhoneNumber.TryParse(mobile, homeCountry, out var phone))
        {
            return null;
        }

        if (await PersonResolver.FindByPhoneAsync(db, phone) is not { } contactId)
        {
            return null;
        }

        return await db.Conversations.Where(conversation => conversation.ContactId == contactId)
            .OrderByDescending(conversation => conversation.LastMessageAt).ThenByDescending(conversation => conversation.Id)
            .Join(
                db.Channels,
                conversation => conversation.ChannelId,
                channel => channel.Id,
                (conversation, channel) => new { conversation, channel })
            .OrderByDescending(pair => pair.conversation.LastMessageAt).ThenByDescending(pair => pair.conversation.Id)
            .Select(pair => new CommentConversation(pair.conversation.Id, pair.channel.DisplayPhoneNumber))
            .FirstOrDefaultAsync(cancellationToken);
    }
}
