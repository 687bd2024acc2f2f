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
    public static readonly FieldError NameRequired = new("api_token.name_required", "Token name is required");
    public static readonly FieldError ScopesRequired = new("api_token.scopes_required", "Choose at least one scope");
    public static readonly FieldError RateLimitOutOfRange =
        new("api_token.rate_limit_out_of_range", "Rate limit must be between 1 and 1,000,000 requests per minute");
    public static readonly FieldError RateLimitAbovePlan =
        new("api_token.rate_limit_above_plan", "Rate limit must not be above your plan's API calls per minute");
    public static readonly FieldError ExpiryInThePast = new("api_token.expiry_in_the_past", "Expiry must be in the future");

    public static NotFoundError NotFound => new("token.not_found", "Token not found");

    public static FieldError ScopeUnknown(string scope) => new("api_token.scope_unknown", $"There is no scope {scope}");
}
