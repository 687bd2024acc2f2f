using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Domain;

namespace WaCr.Web.Features.Demo;

/// <summary>A contact who wrote within the last 24 hours, as the sandbox needs it.</summary>
public sealed record OpenWindow(string PhoneNumberId, string WaId, string Name, DateTimeOffset LastWroteAt)
{
    public override string ToString() => nameof(OpenWindow);
}

/// <summary>Restores the sandbox's open windows from the database, since the sandbox keeps its state in memory only.</summary>
public sealed class OpenWindows(IServiceScopeFactory scopes, TimeProvider time)
{
    public async Task<IReadOnlyList<OpenWindow>> ListAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        var since = time.GetUtcNow() - Conversation.ServiceWindow;

        // Lifts the tenant filter: like WhatsApp, the sandbox has the numbers of all tenants.
        return await db.Conversations.IgnoreQueryFilters([AppDbContext.TenantFilter])
            .Where(conversation => conversation.LastInboundAt > since && conversation.WaId != null)
            .Join(
                db.Channels.IgnoreQueryFilters([AppDbContext.TenantFilter]),
                conversation => new { conversation.TenantId, Id = conversation.ChannelId },
                channel => new { channel.TenantId, channel.Id },
                (conversation, channel) => new { conversation, channel.PhoneNumberId })
            .Join(
                db.Contacts.IgnoreQueryFilters([AppDbContext.TenantFilter]),
                found => new { found.conversation.TenantId, Id = found.conversation.ContactId },
                contact => new { contact.TenantId, contact.Id },
                (found, contact) => new OpenWindow(
                    found.PhoneNumberId, found.conversation.WaId!, contact.FirstName
                        + " "
                        + contact.LastName, found.conversation.LastInboundAt!.Value))
            .ToListAsync(cancellationToken);
    }
}
