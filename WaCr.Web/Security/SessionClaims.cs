using System.Security.Claims;

namespace WaCr.Web.Security;

/// <summary>What the signed session cookie holds besides the user: the chosen workspace.</summary>
public static class SessionClaims
{
    /// <summary>Prefix of all our claims, which are kept for the life of a session.</summary>
    public const string Ours = "wacr:";

    public const string TenantId = "wacr:tenant";
    public const string Session = "wacr:session";
    public const string Remembered = "wacr:remembered";
    public const string Passkey = "wacr:passkey";

    public static long? UserId(this ClaimsPrincipal user) => Read(user, ClaimTypes.NameIdentifier);

    /// <summary>Null until a user with several workspaces has chosen one.</summary>
    public static long? ChosenTenantId(this ClaimsPrincipal user) => Read(user, TenantId);

    /// <summary>The id of the session's row.</summary>
    public static Guid? SessionId(this ClaimsPrincipal user) =>
        Guid.TryParseExact(user.FindFirstValue(Session), "N", out var id) ? id : null;

    /// <summary>Whether the session outlives the browser.</summary>
    public static bool IsRemembered(this ClaimsPrincipal user) => user.HasClaim(claim => claim.Type == Remembered);

    /// <summary>Whether the user signed in with a passkey, which counts as two factors.</summary>
    public static bool CameWithPasskey(this ClaimsPrincipal user) => user.HasClaim(claim => claim.Type == Passkey);

    private static long? Read(ClaimsPrincipal user, string type) =>
        long.TryParse(user.FindFirstValue(type), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
}
