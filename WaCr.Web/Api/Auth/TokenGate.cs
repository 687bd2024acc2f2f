using WaCr.Web.Api.Answers;
using WaCr.Web.Features.ApiTokens;
using WaCr.Web.Features.Audit;
using WaCr.Web.Features.Plans;

namespace WaCr.Web.Api.Auth;

/// <param name="Token">Null if none was given, or none that is known.</param>
/// <param name="WasGiven">Whether the request carries any token.</param>
/// <param name="Refusal">Set where a rate limit is reached.</param>
internal readonly record struct TokenAdmission(AdmittedToken? Token, bool WasGiven, Problem? Refusal);

/// <summary>Enters the workspace of a request's token, and counts the request.</summary>
internal static class TokenGate
{
    /// <summary>Key of <see cref="HttpContext.Items"/> for a request that is part of one that was counted.</summary>
    public static readonly object IsCounted = new();

    public static async Task<TokenAdmission> EnterAsync(HttpContext context, TokenRateLimits limits)
    {
        var secret = BearerToken.Read(context.Request.Headers.Authorization);
        var authenticator = context.RequestServices.GetRequiredService<ApiTokenAuthenticator>();
        var token = secret is null ? null : await authenticator.EnterAsync(secret, context.RequestAborted);
        var refusal = token is null
            ? limits.TakeAnonymous(context.Connection.RemoteIpAddress) is { } retryAfter ? Problem.RateLimited(retryAfter) : null
            : context.Items.ContainsKey(IsCounted) ? null : await RateLimitHeaders.TakeAsync(
                context.Response.Headers, limits, token, context.RequestServices.GetRequiredService<RateLeases>());
        return new TokenAdmission(token, secret is not null, refusal);
    }

    /// <summary>The answer to a request without a valid token.</summary>
    public static Problem Unknown(HttpContext context, bool wasGiven)
    {
        if (wasGiven)
        {
            context.RequestServices.GetRequiredService<SecurityEvents>().CountUnknown(AuditAction.SignInRefused, AuditEntry.ApiTokenType);
        }

        context.Response.Headers.WWWAuthenticate = "Bearer";
        return Problem.Unauthorized;
    }

    /// <summary>Null where the workspace's plan has the API.</summary>
    public static Problem? PlanOf(AdmittedToken token) =>
        token.HasApiAccess ? null : Problem.From(new FeatureNotAvailableError(FeatureNames.ApiAccess));
}
