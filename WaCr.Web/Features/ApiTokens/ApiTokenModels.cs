using WaCr.Web.Common;

namespace WaCr.Web.Features.ApiTokens;

/// <param name="Scopes">Names of <c>Permissions.ApiScopes</c>; comments are granted anyway.</param>
/// <param name="ExpiresAt">Null: never.</param>
public sealed record CreateApiToken(string Name, IReadOnlyCollection<string> Scopes, int RateLimitPerMinute, DateTimeOffset? ExpiresAt);

/// <param name="Secret">The token itself: shown to its maker now, and never again.</param>
public sealed record CreatedApiToken(long Id, string Secret);

/// <param name="Maker">Null: made on the command line.</param>
public sealed record ApiTokenItem(
    long Id, string Name, string Prefix, IReadOnlyList<string> Scopes, int RateLimitPerMinute,
    DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? LastUsedAt, DateTimeOffset? RevokedAt, TokenMaker? Maker)
{
    public bool IsUsableAt(DateTimeOffset now) => RevokedAt is null && (ExpiresAt is null || ExpiresAt > now);
}

/// <param name="IsActive">Whether that one still works here.</param>
public sealed record TokenMaker(long UserId, string Name, bool IsActive);

public static class ApiTokenErrors
{
    public const string NameRequired = "Token name is required";
    public const string ScopesRequired = "Choose at least one scope";
    public const string RateLimitOutOfRange = "Rate limit must be between 1 and 1,000,000 requests per minute";
    public const string RateLimitAbovePlan = "Rate limit must not be above your plan's API calls per minute";
    public const string ExpiryInThePast = "Expiry must be in the future";

    public static NotFoundError NotFound => new("Token not found");

    public static string ScopeUnknown(string scope) => $"There is no scope {scope}";
}
