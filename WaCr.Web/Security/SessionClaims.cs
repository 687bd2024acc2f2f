using System.Globalization;
using System.Security.Claims;

namespace WaCr.Web.Security;

/// <summary>What the signed session cookie says beside who it is: which workspace was chosen.</summary>
public static class SessionClaims
{
    /// <summary>What all of ours begin with: they are kept while a session lives.</summary>
    public const string Ours = "wacr:";

    public const string TenantId = "wacr:tenant";
    public const string Session = "wacr:session";
    public const string Remembered = "wacr:remembered";
    public const string Passkey = "wacr:passkey";

    public static long? UserId(this ClaimsPrincipal user) => Read(user, ClaimTypes.NameIdentifier);

    /// <summary>Null while a person with several workspaces has not chosen yet.</summary>
    public static long? ChosenTenantId(this ClaimsPrincipal user) => Read(user, TenantId);

    /// <summary>The row that keeps the session alive.</summary>
    public static Guid? SessionId(this ClaimsPrincipal user) =>
        Guid.TryParseExact(user.FindFirstValue(Session), "N", out var id) ? id : null;

    /// <summary>Whether it outlives the browser.</summary>
    public static bool IsRemembered(this ClaimsPrincipal user) => user.HasClaim(claim => claim.Type == Remembered);

    /// <summary>Begun with a passkey, which is two factors in one.</summary>
    public static bool CameWithPasskey(this ClaimsPrincipal user) => user.HasClaim(claim => claim.Type == Passkey);

    private static long? Read(ClaimsPrincipal user, string type) =>
        long.TryParse(user.FindFirstValue(type), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
}
