using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Domain;

namespace WaCr.Web.Features.Demo;

/// <summary>Somebody who wrote within the last 24 hours, as a sandbox has to know them.</summary>
public sealed record OpenWindow(string PhoneNumberId, string WaId, string Name, DateTimeOffset LastWroteAt)
{
    public override string ToString() => nameof(OpenWindow);
}

/// <summary>What a sandbox, which forgets everything when the server stops, has to be told to agree with the database again.</summary>
public sealed class OpenWindows(IServiceScopeFactory scopes, TimeProvider time)
{
    public async Task<IReadOnlyList<OpenWindow>> ListAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        var since = time.GetUtcNow() - Conversation.ServiceWindow;

        // The filter is lifted since the sandbox holds the numbers of all tenants, as WhatsApp does.
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
                    found.PhoneNumberId, found.conversation.WaId!, contact.FirstName + " " + contact.LastName, found.conversation.LastInboundAt!.Value))
            .ToListAsync(cancellationToken);
    }
}
