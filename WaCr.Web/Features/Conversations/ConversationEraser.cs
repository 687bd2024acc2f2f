using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Files;

namespace WaCr.Web.Features.Conversations;

/// <summary>
/// Erases all conversations of contacts that are deleted for good. Files that something else references stay. Works on any tenant, so it
/// lifts the tenant filter and names each tenant.
/// </summary>
public static class ConversationEraser
{
    public static async Task EraseAsync(AppDbContext db, FileDeletion deletion, long tenantId, IReadOnlyCollection<long> contacts)
    {
        var conversations = await Of(db.Conversations, tenantId).Where(c => contacts.Contains(c.ContactId)).Select(c => c.Id).ToListAsync();
        await db.LockConversationsAsync(tenantId, conversations);
        var files = await Of(db.MessageMedia, tenantId)
            .Where(media => media.MediaFileId != null
                && Of(db.Messages, tenantId).Any(m => m.Id == media.MessageId && conversations.Contains(m.ConversationId)))
            .Select(media => media.MediaFileId!.Value)
            .Union(Of(db.Comments, tenantId)
                .Where(comment => comment.MediaFileId != null && conversations.Contains(comment.ConversationId))
                .Select(comment => comment.MediaFileId!.Value))
            .ToListAsync();

        // Deletes messages, their file rows and comments by cascade.
        await Of(db.Conversations, tenantId).Where(c => conversations.Contains(c.Id)).ExecuteDeleteAsync();
        await Of(db.ChannelIdentities, tenantId).Where(identity => contacts.Contains(identity.ContactId)).ExecuteDeleteAsync();
        await Of(db.UsageWindows, tenantId).Where(window => contacts.Contains(window.ContactId)).ExecuteDeleteAsync();
        if (files.Count > 0)
        {
            await deletion.DeleteUnusedAsync(db, tenantId, files);
        }
    }

    private static IQueryable<T> Of<T>(DbSet<T> rows, long tenantId)
        where T : class, Tenancy.ITenantOwned =>
            rows.IgnoreQueryFilters([AppDbContext.TenantFilter]).Where(row => row.TenantId == tenantId);
}
