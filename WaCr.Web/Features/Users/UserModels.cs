namespace WaCr.Web.Features.Users;

/// <param name="Password">Checked by Identity's rules.</param>
public sealed record CreateUser(string Email, string Name, Role Role, string Password);

/// <summary>A user of the tenant, for pickers and <c>assigned_id</c>.</summary>
public sealed record UserItem(long Id, string Name, string Email, Role Role, bool IsActive);

/// <summary>A workspace the signed-in user may enter.</summary>
public sealed record WorkspaceAccess(long TenantId, string TenantName, Role Role)
{
    /// <summary>Of people who chose none.</summary>
    public string? Language { get; init; }
}

/// <summary>A user of the tenant, for the page that manages users.</summary>
/// <param name="LastSeenAt">Null: never signed in.</param>
public sealed record MembershipItem(
    long Id, string Name, string Email, Role Role, bool IsActive, DateTimeOffset? LastSeenAt, bool HasTwoFactor, int Passkeys);

/// <param name="RequiresTwoFactor">Whether everybody must sign in with a second factor or a passkey.</param>
public sealed record MembershipList(IReadOnlyList<MembershipItem> Members, bool RequiresTwoFactor);

public sealed record InviteUser(string Email, Role Role);

/// <param name="Secret">Secret for the link; shown only once.</param>
public sealed record CreatedInvitation(long Id, string Secret);

/// <summary>An open invitation.</summary>
public sealed record InvitationItem(long Id, string Email, Role Role, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, bool IsExpired);

/// <summary>What an invitation link shows.</summary>
/// <param name="HasAccount">Whether the address has an account, which then joins.</param>
/// <param name="NeedsNewPassword">Whether nobody has confirmed yet that the account belongs to the address's owner.</param>
public sealed record OpenInvitation(string TenantName, string Email, Role Role, bool HasAccount, bool NeedsNewPassword = false);

/// <param name="TimeZone">IANA name; null uses the workspace's.</param>
/// <param name="Language">Null uses the browser's.</param>
public sealed record Profile(string Name, string Email, string? TimeZone, string? Language, bool HasTwoFactor, int Passkeys);

public static class UserErrors
{
    public static readonly FieldError EmailInvalid = new("user.email_invalid", "The email must be a valid email address");
    public static readonly FieldError AlreadyMember = new("user.already_member", "This user already belongs to the workspace");
    public static readonly FieldError Deactivated = new("user.deactivated", "This user was deactivated. Reactivate them instead");
    public static readonly FieldError NameRequired = new("user.name_required", "Name is required");
    public static readonly FieldError LastOwner = new("user.last_owner", "A workspace keeps at least one owner");
    public static readonly FieldError NotYourself = new("user.not_yourself", "You can't deactivate yourself");
    public static readonly FieldError InOtherWorkspaces =
        new("user.in_other_workspaces", "This user belongs to other workspaces too, so only the operator can reset their password");
    public static readonly FieldError PasswordWrong = new("user.password_wrong", "This is not your password");
    public static readonly FieldError CodeWrong = new("user.code_wrong", "This code is not right");
    public static readonly FieldError TimeZoneUnknown =
        new("user.time_zone_unknown", "The time zone must be an IANA name, for example Asia/Kolkata");
    public static readonly FieldError LanguageUnknown = new("user.language_unknown", "There is no such language");
    public static readonly FieldError WrongAccount = new("user.wrong_account", "This invitation is for another address");

    public static readonly FieldError PasswordNotNew = new("user.password_not_new", "Choose a password that you did not have before");
    public static readonly FieldError TooManyTries = new("user.too_many_tries", "Too many tries. Wait a minute");
    public static readonly FieldError ConfirmationMissing = new("user.confirmation_missing", "Confirm that it is you first");

    public static NotFoundError NotFound => new("user.not_found", "User not found");

    /// <summary>The session alone is not enough to change sign-in methods.</summary>
    public static ValidationError ConfirmFirst => new("session", ConfirmationMissing);

    public static NotFoundError LinkGone => new("link.not_found", "This link no longer works");
}
