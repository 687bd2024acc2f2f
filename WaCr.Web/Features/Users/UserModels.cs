using WaCr.Web.Common;
using WaCr.Web.Domain;

namespace WaCr.Web.Features.Users;

/// <param name="Password">Checked by Identity's rules.</param>
public sealed record CreateUser(string Email, string Name, Role Role, string Password);

/// <summary>A person of the tenant, as pickers and <c>assigned_id</c> know one.</summary>
public sealed record UserItem(long Id, string Name, string Email, Role Role, bool IsActive);

/// <summary>What a signed-in person may enter.</summary>
public sealed record WorkspaceAccess(long TenantId, string TenantName, Role Role);

/// <summary>A person of the tenant, as those see one who manage people.</summary>
/// <param name="LastSeenAt">Null: never came.</param>
public sealed record MembershipItem(
    long Id, string Name, string Email, Role Role, bool IsActive, DateTimeOffset? LastSeenAt, bool HasTwoFactor, int Passkeys);

/// <param name="RequiresTwoFactor">Whether everybody here has to sign in with a second factor or a passkey.</param>
public sealed record TeamDetails(IReadOnlyList<MembershipItem> Members, bool RequiresTwoFactor);

public sealed record InviteUser(string Email, Role Role);

/// <param name="Secret">For the link: shown to its maker now, and never again.</param>
public sealed record CreatedInvitation(long Id, string Secret);

/// <summary>An invitation that waits.</summary>
public sealed record InvitationItem(long Id, string Email, Role Role, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, bool IsExpired);

/// <summary>What an invitation says to who holds its link.</summary>
/// <param name="HasAccount">The address signs in here already: its owner joins with the account that they have.</param>
/// <param name="NeedsNewPassword">Nobody has shown yet that the account belongs to whoever has the address.</param>
public sealed record OpenInvitation(string TenantName, string Email, Role Role, bool HasAccount, bool NeedsNewPassword = false);

/// <param name="TimeZone">IANA name; null: the workspace's.</param>
/// <param name="Language">Null: the browser's.</param>
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

    /// <summary>The session alone changes nothing about how to sign in.</summary>
    public static ValidationError ConfirmFirst => new("session", ConfirmationMissing);

    public static NotFoundError LinkGone => new("link.not_found", "This link no longer works");
}
