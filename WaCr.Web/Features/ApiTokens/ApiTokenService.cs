using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Audit;
using WaCr.Web.Features.Plans;

namespace WaCr.Web.Features.ApiTokens;

/// <summary>Creates, lists and revokes a tenant's API tokens.</summary>
public sealed class ApiTokenService(
    IDatabaseWriter writer, IDbContextFactory<AppDbContext> contexts, TenantContext tenant, SecurityEvents security, TimeProvider time)
{
    private const int MaxRateLimit = 1_000_000;

    /// <summary>Newest first, revoked ones included.</summary>
    public async Task<Result<IReadOnlyList<ApiTokenItem>>> ListAsync(CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.TokensManage) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var tokens = await db.ApiTokens.AsNoTracking().OrderByDescending(token => token.Id).ToListAsync(cancellationToken);
        var makers = await db.Memberships.AsNoTracking()
            .Select(member => new TokenMaker(member.UserId, member.User!.Name, member.Role, member.IsActive))
            .ToDictionaryAsync(maker => maker.UserId, cancellationToken);
        return tokens.ConvertAll(token => new ApiTokenItem(
            token.Id, token.Name, token.Prefix, token.Scopes.Split(' '), token.RateLimitPerMinute,
            token.CreatedAt, token.ExpiresAt, token.LastUsedAt, token.RevokedAt, makers.GetValueOrDefault(token.CreatedById ?? 0)));
    }

    public async Task<Result<CreatedApiToken>> CreateAsync(CreateApiToken request, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.TokensManage) is { } forbidden)
        {
            return forbidden;
        }

        var errors = Check(request);
        if (errors.Any)
        {
            return new ValidationError(errors);
        }

        var secret = TokenSecret.Create();
        var granted = request.Scopes.Concat(Permissions.GrantedToEveryToken).ToHashSet(StringComparer.Ordinal);
        var created = await writer.WriteAsync<CreatedApiToken>(
            async db =>
            {
                await UsageGate.LockAsync(db, Metric.Staff); // a change of the maker's role waits, and names this token to the owners
                await db.LockCountAsync(nameof(db.ApiTokens));
                if (await CheckAsync(db, request) is { } refusal)
                {
                    return refusal;
                }

                var token = new ApiToken
                {
                    Name = request.Name.Trim(),
                    Prefix = TokenSecret.PrefixOf(secret),
                    Hash = SecretHash.Of(secret),
                    Scopes = string.Join(' ', Permissions.ApiScopes.Where(granted.Contains)),
                    RateLimitPerMinute = request.RateLimitPerMinute,
                    ExpiresAt = request.ExpiresAt,
                    CreatedById = tenant.Actor.Kind == ActorKind.User ? tenant.Actor.Id : null,
                };
                db.ApiTokens.Add(token);
                await db.SaveChangesAsync();
                return new CreatedApiToken(token.Id, secret);
            },
            cancellationToken);
        if (created.Succeeded)
        {
            security.Log(AuditAction.Created, AuditEntry.ApiTokenType, created.Value.Id);
        }

        return created;
    }

    /// <summary>Revokes the token; every replica refuses the next request with it.</summary>
    public async Task<Result<Done>> RevokeAsync(long id, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.TokensManage) is { } forbidden)
        {
            return forbidden;
        }

        var revoked = await writer.WriteAsync<Done>(
            async db =>
            {
                if (await db.ApiTokens.SingleOrDefaultAsync(t => t.Id == id) is not { } token)
                {
                    return ApiTokenErrors.NotFound;
                }

                token.RevokedAt ??= time.UtcNowInSeconds();
                await db.SaveChangesAsync();
                return default(Done);
            },
            cancellationToken);
        if (revoked.Succeeded)
        {
            security.Log(AuditAction.Deleted, AuditEntry.ApiTokenType, id);
        }

        return revoked;
    }

    private async Task<AppError?> CheckAsync(AppDbContext db, CreateApiToken request)
    {
        var now = time.GetUtcNow();
        var plan = await SubscriptionPlans.InForceAsync(db, now);
        if (plan.ApiCallsPerMinute is { } ceiling and not Plan.Unlimited && request.RateLimitPerMinute > ceiling)
        {
            return new ValidationError("rate_limit_per_minute", ApiTokenErrors.RateLimitAbovePlan);
        }

        var usable = await db.ApiTokens.CountAsync(token => token.RevokedAt == null && (token.ExpiresAt == null || token.ExpiresAt > now));
        return usable < ApiToken.MaxPerTenant ? null : new LimitExceededError(FeatureNames.ApiTokens, usable, ApiToken.MaxPerTenant);
    }

    private FieldErrors Check(CreateApiToken request)
    {
        var errors = new FieldErrors();
        TextRule.Check(errors, "name", request.Name, ApiToken.NameMaxLength, ApiTokenErrors.NameRequired);

        if (request.Scopes.Count == 0)
        {
            errors.Add("scopes", ApiTokenErrors.ScopesRequired);
        }

        foreach (var unknown in request.Scopes.Except(Permissions.ApiScopes, StringComparer.Ordinal))
        {
            errors.Add("scopes", ApiTokenErrors.ScopeUnknown(unknown));
        }

        if (request.RateLimitPerMinute is < 1 or > MaxRateLimit)
        {
            errors.Add("rate_limit_per_minute", ApiTokenErrors.RateLimitOutOfRange);
        }

        if (request.ExpiresAt <= time.GetUtcNow())
        {
            errors.Add("expires_at", ApiTokenErrors.ExpiryInThePast);
        }

        return errors;
    }
}
