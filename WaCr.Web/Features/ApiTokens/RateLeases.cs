using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.ApiTokens;

/// <summary>
/// Gives this process a part of a minute's calls, so that all replicas together keep to the limit at a hundred writes a minute or less. In
/// the entered tenant.
/// </summary>
public sealed class RateLeases(IDatabaseWriter writer, IDbContextFactory<AppDbContext> contexts)
{
    /// <summary>In place of a token's id: all tokens of the tenant together.</summary>
    public const long WholeTenant = RateWindow.WholeTenant;

    // Nobody else counts, or nobody can: this process has the limit for itself.
    private static readonly RateLease Everything = new(int.MaxValue, int.MaxValue);

    /// <param name="tokenId">A token, or <see cref="WholeTenant"/>.</param>
    /// <param name="minute">Minutes since 1970.</param>
    /// <param name="limit">Calls in the minute.</param>
    public async Task<RateLease> TakeAsync(long tokenId, long minute, int limit)
    {
        await using (var db = await contexts.CreateDbContextAsync(CancellationToken.None))
        {
            if (!db.HasReplicas)
            {
                return Everything;
            }
        }

        try
        {
            return (await writer.WriteAsync<RateLease>(
                async db => await db.LeaseCallsAsync(tokenId, minute, limit), CancellationToken.None)).OrThrow();
        }
        catch (Exception failure) when (failure is WriteContentionException || Outage.IsCauseOf(failure))
        {
            return Everything; // a database that takes no writes is still read
        }
    }
}
