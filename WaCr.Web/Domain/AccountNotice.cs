namespace WaCr.Web.Domain;

/// <summary>
/// A notice for one user, shown with their notifications: their sign-in was changed (in no particular workspace), a colleague who may make
/// no API tokens any more left some in one workspace, a webhook of one was disabled, a broadcast of one was paused, or WhatsApp reports
/// trouble with a number of one.
/// </summary>
public sealed class AccountNotice : IPlatformOwned
{
    public long Id { get; set; }
    public long UserId { get; set; }

    /// <summary>The workspace; null if it is about the account.</summary>
    public long? WorkspaceId { get; set; }

    /// <summary>What was changed in the account.</summary>
    public AuditAction Change { get; set; }

    /// <summary>The user who left tokens; null if it is about a webhook.</summary>
    public long? AboutId { get; set; }

    /// <summary>The number that is in trouble; null if it is about anything else.</summary>
    public long? ChannelId { get; set; }

    /// <summary>The broadcast that was paused; null if it is about anything else.</summary>
    public long? CampaignId { get; set; }

    /// <summary>Not listed with the others: it is there for a sound or a push alone.</summary>
    public bool IsHidden { get; set; }

    /// <summary>What is wrong with the number, as <see cref="ChannelNotice"/> says it; null if it is about anything else.</summary>
    public string? Field { get; set; }

    public string? Word { get; set; }

    /// <summary>The tokens' names, or the webhook's address.</summary>
    public string? Text { get; set; }

    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset? ReadAt { get; set; }

    public NotificationKind Kind => this switch
    {
        { ChannelId: not null } => NotificationKind.ChannelTrouble,
        { CampaignId: not null } => NotificationKind.CampaignPaused,
        { WorkspaceId: null } => NotificationKind.SignInChanged,
        { AboutId: null } => NotificationKind.WebhookDisabled,
        _ => NotificationKind.TokensLeft,
    };
}
