using Microsoft.EntityFrameworkCore;
using WaCr.Web.Common;
using WaCr.Web.Data;
using WaCr.Web.Domain;
using WaCr.Web.Features.Conversations;
using WaCr.Web.Features.Files;

namespace WaCr.Web.Features.Contacts;

/// <summary>
/// Empties the trash of what has lain there for 30 days, and with it what was said on WhatsApp; a little at a time: others wait for their turn to
/// write.
/// </summary>
public sealed class TrashSweeper(IDatabaseWriter writer, FileStore store, MovedMessages moved, TimeProvider time)
{
    private const int AtOnce = 100;

    /// <summary>How many contacts are gone for good now.</summary>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        var oldest = time.GetUtcNow() - DeletedContact.KeptFor;
        var swept = 0;
        int gone;
        do
        {
            var step = (await writer.WriteAsync<Swept>(db => SweepAsync(db, oldest), cancellationToken)).OrThrow();
            step.Tenants.ForEach(moved.Tell);
            step.Files.ForEach(file => store.Delete(file.TenantId, file.Hash));
            swept += gone = step.Count;
        }
        while (gone == AtOnce);
        return swept;
    }

    private static async Task<Result<Swept>> SweepAsync(AppDbContext db, DateTimeOffset oldest)
    {
        // The filter is lifted since one pass serves all tenants; each is walked along its own index.
        var expired = await db.Tenants
            .SelectMany(tenant => db.DeletedContacts.IgnoreQueryFilters(new[] { AppDbContext.TenantFilter })
                .Where(contact => contact.TenantId == tenant.Id && contact.DeletedAt <= oldest))
            .Select(contact => new { contact.TenantId, contact.Id })
            .Take(AtOnce)
            .ToListAsync();
        var files = new List<ErasedFile>();
        foreach (var tenant in expired.GroupBy(contact => contact.TenantId, contact => contact.Id))
        {
            var ids = tenant.ToList();
            await db.DeletedContacts.IgnoreQueryFilters([AppDbContext.TenantFilter])
                .Where(contact => contact.TenantId == tenant.Key && ids.Contains(contact.Id))
                .ExecuteDeleteAsync();
            files.AddRange(await ConversationEraser.EraseAsync(db, tenant.Key, ids));
        }

        return new Swept(expired.Count, [.. expired.Select(contact => contact.TenantId).Distinct()], files);
    }

    private sealed record Swept(int Count, List<long> Tenants, List<ErasedFile> Files);
}
