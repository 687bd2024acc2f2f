using WaCr.Web.Domain;

namespace WaCr.Web.Features.Notifications;

/// <param name="From">The colleague it comes from; null where it comes from nobody.</param>
/// <param name="Id">Below 0: of a notice about the account.</param>
/// <param name="ConversationId">Null where it is about none.</param>
/// <param name="About">The contact whose conversation it is; empty where they lie in the trash.</param>
public sealed record NotificationItem(long Id, NotificationKind Kind, long? ConversationId, string? From, string About, string Text, DateTimeOffset CreatedAt, bool IsRead);

/// <summary>One to be written within somebody else's write.</summary>
public sealed record NewNotification(long UserId, NotificationKind Kind, long ConversationId, long? FromId, string Text);
