using WaCr.Web.Common;
using WaCr.Web.Domain;

namespace WaCr.Web.Features.Users;

/// <param name="Password">Checked by Identity's rules.</param>
public sealed record CreateUser(string Email, string Name, Role Role, string Password);

/// <summary>A person of the tenant, as pickers and <c>assigned_id</c> know one.</summary>
public sealed record UserItem(long Id, string Name, string Email, Role Role, bool IsActive);

/// <summary>What a signed-in person may enter.</summary>
public sealed record WorkspaceAccess(long TenantId, string TenantName, Role Role);

public static class UserErrors
{
    public const string EmailInvalid = "The email must be a valid email address";
    public const string AlreadyMember = "This user already belongs to the workspace";

    public static NotFoundError NotFound => new("User not found");
}
