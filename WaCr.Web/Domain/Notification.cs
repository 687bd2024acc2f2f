using WaCr.Web.Tenancy;

namespace WaCr.Web.Domain;

public enum NotificationKind
{
    /// <summary>A colleague named this person in a comment.</summary>
    Mention = 0,

    /// <summary>What this person had put off could not be sent when its time came.</summary>
    NotSent = 1,

    /// <summary>How this person signs in was changed (<see cref="AccountNotice"/>); of no workspace, so it has no row here.</summary>
    SignInChanged = 2,

    /// <summary>Somebody was deactivated, and the API tokens that they made go on working; about no conversation, so an <see cref="AccountNotice"/>.</summary>
    TokensLeft = 3,
}

/// <summary>Something that one person of a workspace should know.</summary>
public sealed class Notification : ITenantOwned
{
    public const int TextMaxLength = 200;

    public long Id { get; set; }
    public long TenantId { get; set; }

    /// <summary>For whom it is.</summary>
    public long UserId { get; set; }

    public NotificationKind Kind { get; set; }
    public long ConversationId { get; set; }

    /// <summary>The colleague it comes from; null where it comes from nobody.</summary>
    public long? FromId { get; set; }

    /// <summary>The beginning of what it is about.</summary>
    public string Text { get; set; } = "";

    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset? ReadAt { get; set; }
}
