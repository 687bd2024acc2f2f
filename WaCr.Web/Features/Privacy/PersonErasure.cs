using WaCr.Web.Features.Audit;
using WaCr.Web.Features.Contacts;

namespace WaCr.Web.Features.Privacy;

/// <summary>Erases a contact immediately, without the trash. Cannot be undone.</summary>
public sealed class PersonErasure(ContactEraser eraser, SecurityEvents security, TenantContext tenant)
{
    /// <param name="contactId">In the list or in the trash.</param>
    /// <param name="cancellationToken">Cancels waiting for the write lock.</param>
    public async Task<Result<ErasureReceipt>> EraseAsync(long contactId, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.ContactsDelete) is { } forbidden)
        {
            return forbidden;
        }

        if (await eraser.EraseAsync([contactId], cancellationToken) is not [var receipt])
        {
            return ContactErrors.NotFound;
        }

        security.Log(AuditAction.Erased, AuditEntry.ContactType, contactId);
        return receipt;
    }
}
