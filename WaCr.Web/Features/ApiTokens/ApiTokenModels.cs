namespace WaCr.Web.Features.ApiTokens;

/// <param name="Scopes">Names from <c>Permissions.ApiScopes</c>; every token may also use comments.</param>
/// <param name="ExpiresAt">Null: never expires.</param>
public sealed record CreateApiToken(string Name, IReadOnlyCollection<string> Scopes, int RateLimitPerMinute, DateTimeOffset? ExpiresAt);

/// <param name="Secret">The token in plain text; shown only once.</param>
public sealed record CreatedApiToken(long Id, string Secret);

/// <param name="Maker">Null if made on the command line.</param>
public sealed record ApiTokenItem(
    long Id, string Name, string Prefix, IReadOnlyList<string> Scopes, int RateLimitPerMinute,
    DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? LastUsedAt, DateTimeOffset? RevokedAt, TokenMaker? Maker)
{
    public bool IsUsableAt(DateTimeOffset now) => RevokedAt is null && (ExpiresAt is null || ExpiresAt > now);
}

/// <param name="IsActive">Whether the user is still active in this workspace.</param>
public sealed record TokenMaker(long UserId, string Name, Role Role, bool IsActive)
{
    /// <summary>Whether the user could still make a token today.</summary>
    public bool MayMakeTokens => RolePermissions.MayMakeTokens(Role, IsActive);
}

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
