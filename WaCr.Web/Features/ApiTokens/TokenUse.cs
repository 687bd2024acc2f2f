using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.ApiTokens;

/// <summary>When each token was last used.</summary>
public sealed class TokenUse : LastUse<(long TenantId, long TokenId)>;

/// <summary>Run by a job at an interval.</summary>
public sealed class TokenUseWriter(IDatabaseWriter writer, TokenUse use)
{
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        var used = use.Take();
        if (used.Count == 0)
        {
            return;
        }

        await writer.WriteAsync<Done>(
            async db =>
            {
                foreach (var ((tenantId, tokenId), usedAt) in used)
                {
                    // Lifts the tenant filter: one pass serves all tenants; each row is named by tenant and id.
                    await db.ApiTokens.IgnoreQueryFilters([AppDbContext.TenantFilter])
                        .Where(token => token.TenantId == tenantId && token.Id == tokenId)
                        .ExecuteUpdateAsync(set => set.SetProperty(token => token.LastUsedAt, usedAt));
                }

                return default(Done);
            },
            cancellationToken);
    }
}
