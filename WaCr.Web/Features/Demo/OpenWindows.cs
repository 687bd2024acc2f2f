using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Demo;

/// <summary>A contact who wrote within the last 24 hours, as the sandbox needs it.</summary>
/// <param name="Username">Of somebody who hides the number; null for the others.</param>
public sealed record OpenWindow(string PhoneNumberId, string WaId, string Name, DateTimeOffset LastWroteAt, string? Username)
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
        var found = await db.Conversations.IgnoreQueryFilters([AppDbContext.TenantFilter])
            .Where(conversation => conversation.LastInboundAt > since && (conversation.WaId != null || conversation.UserId != null))
            .Join(
                db.Channels.IgnoreQueryFilters([AppDbContext.TenantFilter]),
                conversation => new { conversation.TenantId, Id = conversation.ChannelId },
                channel => new { channel.TenantId, channel.Id },
                (conversation, channel) => new { conversation, channel.PhoneNumberId, channel.BusinessAccountId })
            .Join(
                db.Contacts.IgnoreQueryFilters([AppDbContext.TenantFilter]),
                found => new { found.conversation.TenantId, Id = found.conversation.ContactId },
                contact => new { contact.TenantId, contact.Id },
                (found, contact) => new
                {
                    found.PhoneNumberId,
                    Account = found.BusinessAccountId ?? "",
                    found.conversation.WaId,
                    found.conversation.UserId,
                    Name = contact.FirstName + " " + contact.LastName,
                    LastWroteAt = found.conversation.LastInboundAt!.Value,
                })
            .ToListAsync(cancellationToken);
        return
        [
            .. from window in found
               let hidden = window.WaId is null ? DemoHiddenPerson.Find(window.Account, window.UserId!) : null
               let waId = window.WaId ?? hidden?.WaId
               where waId is not null
               select new OpenWindow(window.PhoneNumberId, waId, window.Name, window.LastWroteAt, hidden?.Username)
        ];
    }
}
