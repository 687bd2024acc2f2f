namespace WaCr.Web.Domain;

public enum NotificationKind
{
    /// <summary>A colleague mentioned this user in a comment.</summary>
    Mention = 0,

    /// <summary>A message that this user scheduled could not be sent.</summary>
    NotSent = 1,

    /// <summary>This user's sign-in was changed. It has no workspace, so it is an <see cref="AccountNotice"/> and not a row here.</summary>
    SignInChanged = 2,

    /// <summary>
    /// A user whose API tokens still work may make none any more: deactivated, or by a new role. It has no conversation, so it is an
    /// <see cref="AccountNotice"/>.
    /// </summary>
    TokensLeft = 3,

    /// <summary>A webhook was disabled since its receiver failed. An <see cref="AccountNotice"/> without somebody whom it is about.</summary>
    WebhookDisabled = 4,

    /// <summary>WhatsApp reports trouble with a number of the workspace. An <see cref="AccountNotice"/>, for owners and admins.</summary>
    ChannelTrouble = 5,

    /// <summary>A contact wrote in a conversation that is assigned to this user.</summary>
    MessageInMine = 6,

    /// <summary>A contact wrote in a conversation that is assigned to nobody.</summary>
    MessageUnassigned = 7,

    /// <summary>A colleague or a program assigned a conversation to this user.</summary>
    Assigned = 8,

    /// <summary>A broadcast was paused. It has no conversation, so it is an <see cref="AccountNotice"/>.</summary>
    CampaignPaused = 9,
}

/// <summary>A notification for one user of a workspace.</summary>
public sealed class Notification : ITenantOwned
{
    public const int TextMaxLength = 200;

    public long Id { get; set; }
    public long TenantId { get; set; }

    /// <summary>The recipient.</summary>
    public long UserId { get; set; }

    public NotificationKind Kind { get; set; }
    public long ConversationId { get; set; }

    /// <summary>The user who caused it; null if nobody did.</summary>
    public long? FromId { get; set; }

    /// <summary>The beginning of the comment, or of the message that was not sent.</summary>
    public string Text { get; set; } = "";

    /// <summary>Not listed with the others: it is there for a sound or a push alone.</summary>
    public bool IsHidden { get; set; }

    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset? ReadAt { get; set; }
}
