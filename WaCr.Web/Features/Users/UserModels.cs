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
    public const string EmailInvalid = "The email must be a valid email address";
    public const string AlreadyMember = "This user already belongs to the workspace";
    public const string Deactivated = "This user was deactivated. Reactivate them instead";
    public const string NameRequired = "Name is required";
    public const string LastOwner = "A workspace keeps at least one owner";
    public const string NotYourself = "You can't deactivate yourself";
    public const string InOtherWorkspaces = "This user belongs to other workspaces too, so only the operator can reset their password";
    public const string PasswordWrong = "This is not your password";
    public const string CodeWrong = "This code is not right";
    public const string TimeZoneUnknown = "The time zone must be an IANA name, for example Asia/Kolkata";
    public const string LanguageUnknown = "There is no such language";
    public const string WrongAccount = "This invitation is for another address";

    public const string PasswordNotNew = "Choose a password that you did not have before";
    public const string TooManyTries = "Too many tries. Wait a minute";
    public const string ConfirmationMissing = "Confirm that it is you first";

    public static NotFoundError NotFound => new("User not found");

    /// <summary>The session alone changes nothing about how to sign in.</summary>
    public static ValidationError ConfirmFirst => new("session", ConfirmationMissing);

    public static NotFoundError LinkGone => new("This link no longer works");
}
