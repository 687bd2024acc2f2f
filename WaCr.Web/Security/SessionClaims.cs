using System.Globalization;
using System.Security.Claims;

namespace WaCr.Web.Security;

/// <summary>What the signed session cookie says beside who it is: which workspace was chosen.</summary>
public static class SessionClaims
{
    public const string TenantId = "wacr:tenant";

    public static long? UserId(this ClaimsPrincipal user) => Read(user, ClaimTypes.NameIdentifier);

    /// <summary>Null while a person with several workspaces has not chosen yet.</summary>
    public static long? ChosenTenantId(this ClaimsPrincipal user) => Read(user, TenantId);

    private static long? Read(ClaimsPrincipal user, string type) =>
        long.TryParse(user.FindFirstValue(type), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
}
