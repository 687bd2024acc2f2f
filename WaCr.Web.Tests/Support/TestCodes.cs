using WaCr.Web.Features.Otp;

namespace WaCr.Web.Tests.Support;

/// <summary>One-time codes as if they had been sent.</summary>
internal static class TestCodes
{
    public static async Task<long> AddCodeAsync(
        this TestTenant tenant, string phoneKey, string code, DateTimeOffset now, TimeSpan? lives =
            null, string purpose = OneTimeCode.DefaultPurpose)
    {
        var (salt, hash) = OneTimeCodeHash.Of(code);
        await using var db = tenant.OpenDatabase();
        var row = new OneTimeCode
        {
            PhoneKey = phoneKey,
            Purpose = purpose,
            Salt = salt,
            Hash = hash,
            CreatedAt = now,
            ExpiresAt = now + (lives ?? TimeSpan.FromMinutes(10)),
        };
        db.OneTimeCodes.Add(row);
        await db.SaveChangesAsync();
        return row.Id;
    }
}
