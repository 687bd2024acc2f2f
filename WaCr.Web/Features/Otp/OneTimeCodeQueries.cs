using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Otp;

public sealed class OneTimeCodeQueries(IDbContextFactory<AppDbContext> contexts, TenantContext tenant, TimeProvider time)
{
    /// <summary>Status of a code; <see cref="OneTimeCodeNotFound"/> if there is none.</summary>
    public async Task<Result<OneTimeCodeStatus>> StatusAsync(VerifyOneTimeCode input, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.MessagesSend) is { } forbidden)
        {
            return forbidden;
        }

        var errors = new FieldErrors().AddAll(input.Unreadable);
        var phone = PhoneRules.Check(input.Phone, tenant.Tenant.Country, errors);
        var purpose = OneTimeCodeRules.CheckPurpose(input.Purpose, errors);
        if (errors.Any || phone is null)
        {
            return new ValidationError(errors);
        }

        var now = time.GetUtcNow();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await OneTimeCodeVerifier.FindAsync(db, phone.Key, purpose, now) is { } code
            ? new OneTimeCodeStatus(code.CreatedAt, code.ExpiresAt, code.Attempts, now)
            : new OneTimeCodeNotFound();
    }
}
