namespace WaCr.Web.Features.Notifications;

/// <param name="From">The user who caused it; null if none did.</param>
/// <param name="Id">Negative for a notice about the account.</param>
/// <param name="ConversationId">Null if it is about no conversation.</param>
/// <param name="About">Name of the conversation's contact, empty if the contact is in the trash; or of the number or broadcast.</param>
public sealed record NotificationItem(
    long Id, NotificationKind Kind, long? ConversationId, string? From, string About, string Text, DateTimeOffset CreatedAt, bool IsRead)
{
    /// <summary>What is wrong with the number; null if it is about anything else.</summary>
    public NumberTrouble? Trouble { get; init; }

    /// <summary>The broadcast that was paused; null if it is about anything else.</summary>
    public long? CampaignId { get; init; }
}

/// <summary>Trouble with a number, as <see cref="Domain.ChannelNotice"/> says it.</summary>
public sealed record NumberTrouble(string Field, string Word);

/// <summary>A notification to add inside another feature's write.</summary>
public sealed record NewNotification(long UserId, NotificationKind Kind, long ConversationId, long? FromId, string Text);
