using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Idempotency;

namespace WaCr.Web.Features.Otp;

/// <summary>Verifies an entered code.</summary>
public sealed class OneTimeCodeVerifier(OnceWriter once, TenantContext tenant, TimeProvider time)
{
    public async Task<Result<VerifiedOneTimeCode>> VerifyAsync(VerifyOneTimeCode input, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.MessagesSend) is { } forbidden)
        {
            return forbidden;
        }

        var errors = new FieldErrors().AddAll(input.Unreadable);
        var phone = PhoneRules.Check(input.Phone, tenant.Tenant.Country, errors);
        var code = TextRule.Check(errors,
            OneTimeCodeRules.Code, input.Code, OneTimeCodeRules.CodeMaxLength, OneTimeCodeRules.CodeRequired);
        var purpose = OneTimeCodeRules.CheckPurpose(input.Purpose, errors);
        if (errors.Any || phone is null || code is null)
        {
            return new ValidationError(errors);
        }

        var now = time.GetUtcNow();
        if (once.Recall<StoredVerification>() is { } kept)
        {
            return new VerifiedOneTimeCode(TextKey.Digits(phone.Entered), purpose, kept.At);
        }

        var attempt = await once.WriteAsync(
            db =>
                TryAsync(db, phone.Key, purpose, code, now), tried =>
                    tried.Refusal is null ? new StoredVerification(now) : null, cancellationToken);
        if (!attempt.Succeeded)
        {
            return attempt.Error;
        }

        return attempt.Value.Refusal is { } refusal ? refusal : new VerifiedOneTimeCode(TextKey.Digits(phone.Entered), purpose, now);
    }

    // A wrong code is no error of the write, because its attempt must be committed.
    private static async Task<Result<Attempt>> TryAsync(AppDbContext db, string phoneKey, string purpose, string code, DateTimeOffset now)
    {
        if (await OneTimeCodeLimits.Verify.TakeAsync(db, phoneKey, now) is { } wait)
        {
            return new TooManyOneTimeCodeTries(wait);
        }

        if (await FindAsync(db, phoneKey, purpose, now) is not { } row)
        {
            return new Attempt(new OneTimeCodeNotFound());
        }

        if (row.ExpiresAt <= now)
        {
            return new Attempt(new OneTimeCodeExpired());
        }

        // Compare only after taking one of the five attempts.
        var mine = db.OneTimeCodes.Where(other => other.Id == row.Id && other.State == OneTimeCodeState.Active);
        var taken = await mine
            .Where(other => other.Attempts < OneTimeCode.MaxAttempts)
            .ExecuteUpdateAsync(set => set.SetProperty(other => other.Attempts, other => other.Attempts + 1));
        if (taken == 0)
        {
            return new Attempt(await mine.AnyAsync() ? new OneTimeCodeLocked() : new OneTimeCodeNotFound());
        }

        if (!OneTimeCodeHash.Fits(code, row))
        {
            var attempts = await mine.Select(other => other.Attempts).SingleAsync();
            return new Attempt(new OneTimeCodeWrong(OneTimeCode.MaxAttempts - attempts));
        }

        await mine.ExecuteUpdateAsync(set => set
            .SetProperty(other => other.State, OneTimeCodeState.Used)
            .SetProperty(other => other.UsedAt, now));
        await OneTimeCodeLimits.Verify.ClearAsync(db, phoneKey);
        return new Attempt(null);
    }

    /// <summary>The active code, or one that expired at most a day ago.</summary>
    internal static Task<OneTimeCode?> FindAsync(AppDbContext db, string phoneKey, string purpose, DateTimeOffset now)
    {
        var forgotten = now - OneTimeCodeSweeper.ExpiredAreKeptFor;
        return db.OneTimeCodes.AsNoTracking().SingleOrDefaultAsync(code =>
            code.PhoneKey == phoneKey && code.Purpose == purpose && code.State == OneTimeCodeState.Active && code.ExpiresAt > forgotten);
    }

    private sealed record Attempt(AppError? Refusal);

    private sealed record StoredVerification(DateTimeOffset At);
}
