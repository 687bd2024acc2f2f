using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Lookups;

/// <summary>The display order of statuses.</summary>
public sealed class StatusOrder(IDatabaseWriter writer, TenantContext tenant)
{
    /// <param name="ids">In the new order. Statuses not listed follow in their old order; unknown ids are ignored.</param>
    public async Task<Result<Done>> ArrangeAsync(IReadOnlyList<long> ids, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.StatusesWrite) is { } forbidden)
        {
            return forbidden;
        }

        return await writer.WriteAsync<Done>(
            async db =>
            {
                var statuses = await db.Statuses.OrderBy(status => status.Position).ThenBy(status => status.Id).ToListAsync();
                var wanted = ids.Distinct().Select((id, i) => (id, i)).ToDictionary(pair => pair.id, pair => pair.i);
                var arranged = statuses.OrderBy(status => wanted.GetValueOrDefault(status.Id, int.MaxValue)).ToList();
                for (var position = 0; position < arranged.Count; position++)
                {
                    arranged[position].Position = position;
                }

                await db.SaveChangesAsync();
                return default(Done);
            },
            cancellationToken);
    }
}
