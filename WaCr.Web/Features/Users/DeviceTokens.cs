using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace WaCr.Web.Features.Users;

/// <summary>
/// What a browser keeps after somebody signed in with it: strangers who guess elsewhere lock an account for strangers, and not for who
/// comes with a browser that was in before. It opens nothing by itself.
/// </summary>
public sealed class DeviceTokens(IDataProtectionProvider protection)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(180);

    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("WaCr.Accounts.Device").ToTimeLimitedDataProtector();

    public string Create(long userId) => _protector.Protect(string.Create(CultureInfo.InvariantCulture, $"{userId}.{Guid.NewGuid():N}"), Lifetime);

    /// <summary>The browser's id; null where it was never in with this account.</summary>
    public Guid? Read(string? token, long userId)
    {
        try
        {
            return token is not null
                && _protector.Unprotect(token).Split('.') is [var user, var device]
                && user == userId.ToString(CultureInfo.InvariantCulture)
                && Guid.TryParseExact(device, "N", out var id)
                ? id
                : null;
        }
        catch (CryptographicException)
        {
            // The protector's only way to say that it is not ours, or too old.
            return null;
        }
    }
}
