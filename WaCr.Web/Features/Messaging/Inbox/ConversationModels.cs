using System.IO.Hashing;
using System.Text;

namespace WaCr.Web.Features.Messaging.Inbox;

/// <param name="IsOldestFirst">By the last message; otherwise newest first.</param>
public sealed record ConversationQuery(PageRequest Page, bool IsOldestFirst, IReadOnlyList<FilterTerm> Filters);

/// <summary>The filters of <see cref="ConversationQuery"/>. Of the last two, 1 is yes and 0 is no.</summary>
public static class ConversationFilterFields
{
    public const string AssignedId = "assigned_id";
    public const string ContactId = "contact_id";
    public const string ChannelId = "channel_id";
    public const string Unread = "unread";
    public const string WindowOpen = "window_open";
}

/// <summary>A conversation, without its messages.</summary>
/// <param name="LastMessageAt">Null if there are broadcasts alone; such a conversation counts as the oldest.</param>
/// <param name="WindowClosesAt">Until when messages other than templates may be sent; null if the contact never wrote.</param>
public sealed record ConversationDetails(
    long Id, long ContactId, long ChannelId, long? AssignedId, int Unread, long? LastMessageId, DateTimeOffset? LastMessageAt,
    DateTimeOffset? LastInboundAt, DateTimeOffset? WindowClosesAt, bool IsWindowOpen, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    /// <summary>Differs whenever any of it does.</summary>
    public long Version { get; } = (long)(XxHash64.HashToUInt64(Encoding.ASCII.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"{Id} {AssignedId} {Unread} {LastMessageId} {LastMessageAt?.UtcTicks} {LastInboundAt?.UtcTicks} {IsWindowOpen} {UpdatedAt.UtcTicks}"))) >> 1);
}
