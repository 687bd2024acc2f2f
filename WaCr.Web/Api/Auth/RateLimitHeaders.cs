using WaCr.Web.Api.Answers;
using WaCr.Web.Features.ApiTokens;

namespace WaCr.Web.Api.Auth;

internal static class RateLimitHeaders
{
    /// <summary>
    /// Counts one request of <paramref name="token"/> and writes the rate limit headers; a problem if it exceeds the limit.
    /// </summary>
    public static async ValueTask<Problem?> TakeAsync(
        IHeaderDictionary headers, TokenRateLimits limits, AdmittedToken token, RateLeases leases)
    {
        var verdict = await limits.TakeAsync(token, leases);
        headers[ApiHeaders.RateLimit] = token.RateLimitPerMinute.ToString(CultureInfo.InvariantCulture);
        headers[ApiHeaders.RateRemaining] = verdict.Remaining.ToString(CultureInfo.InvariantCulture);
        headers[ApiHeaders.RateReset] = verdict.ResetsAt.ToString(CultureInfo.InvariantCulture);
        return verdict.Allowed ? null : Problem.RateLimited(verdict.RetryAfter);
    }
}
