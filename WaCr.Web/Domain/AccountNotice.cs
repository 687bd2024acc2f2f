using WaCr.Web.Tenancy;

namespace WaCr.Web.Domain;

/// <summary>
/// What a person should know beside conversations, shown with their notifications: how they sign in was changed, in whatever workspace they are;
/// or, in one workspace, that somebody who was deactivated left API tokens.
/// </summary>
public sealed class AccountNotice : IPlatformOwned
{
    public long Id { get; set; }
    public long UserId { get; set; }

    /// <summary>The workspace that it is about; null where it is the account.</summary>
    public long? WorkspaceId { get; set; }

    /// <summary>What was changed of the account.</summary>
    public AuditAction Change { get; set; }

    /// <summary>Who was deactivated.</summary>
    public long? AboutId { get; set; }

    /// <summary>The tokens' names.</summary>
    public string? Text { get; set; }

    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset? ReadAt { get; set; }
}
