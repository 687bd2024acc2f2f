using Microsoft.EntityFrameworkCore;
using WaCr.Web.Common;
using WaCr.Web.Data;
using WaCr.Web.Security;
using WaCr.Web.Tenancy;

namespace WaCr.Web.Features.Contacts;

/// <summary>Tells what a save would refuse, in the same words, while it is still being typed.</summary>
public sealed class ContactRules(IDbContextFactory<AppDbContext> contexts, TenantContext tenant)
{
    /// <param name="id">Null for a contact that is to be created: what is required and not given counts as an error.</param>
    /// <param name="input">What would be sent.</param>
    /// <param name="cancellationToken">Something else was typed meanwhile.</param>
    public async Task<Result<FieldErrors>> CheckAsync(long? id, ContactPatch input, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.ContactsWrite) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var draft = id is null ? ContactDraft.ForCreate(input, tenant.Tenant.Country, tenant.Actor.ChangeOrigin) : ContactDraft.ForUpdate(input, tenant.Tenant.Country, tenant.Actor.ChangeOrigin);
        return (await ContactChecks.LoadAsync(db, [draft], id)).Check(draft);
    }
}
