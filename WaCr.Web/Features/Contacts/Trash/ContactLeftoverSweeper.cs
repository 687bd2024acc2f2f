using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Contacts;

/// <summary>Deletes merges that can no longer be undone and old unsaved edits.</summary>
public sealed class ContactLeftoverSweeper(IDatabaseWriter writer, TimeProvider time)
{
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        var (oldestMerge, oldestEdit) = (time.GetUtcNow() - ContactMerge.KeptFor, time.GetUtcNow() - UnsavedEdits.KeptFor);

        // Lifts the tenant filter: one pass serves all tenants, each through its own index.
        var swept = await writer.WriteAsync<int>(
            async db =>
            {
                var tenants = db.Tenants.Select(tenant => tenant.Id);
                var merges = await db.ContactMerges.IgnoreQueryFilters([AppDbContext.TenantFilter])
                    .Where(merge => tenants.Contains(merge.TenantId) && merge.MergedAt <= oldestMerge).ExecuteDeleteAsync();
                return merges + await db.UnsavedEdits.IgnoreQueryFilters([AppDbContext.TenantFilter])
                    .Where(edit => tenants.Contains(edit.TenantId) && edit.KeptAt <= oldestEdit).ExecuteDeleteAsync();
            },
            cancellationToken);
        swept.OrThrow();
    }
}
