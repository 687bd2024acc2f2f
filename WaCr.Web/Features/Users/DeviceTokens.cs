using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace WaCr.Web.Features.Users;

/// <summary>
/// A token a browser keeps after signing in. Failed attempts from elsewhere lock an account, but not for browsers with a token. The token
/// alone gives no access.
/// </summary>
public sealed class DeviceTokens(IDataProtectionProvider protection)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(180);

    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("WaCr.Accounts.Device").ToTimeLimitedDataProtector();

    public string Create(long userId) =>
        _protector.Protect(string.Create(CultureInfo.InvariantCulture, $"{userId}.{Guid.NewGuid():N}"), Lifetime);

    /// <summary>The browser's id; null if it never signed in to this account.</summary>
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
            // The protector reports a foreign or expired token only by this exception.
            return null;
        }
    }
}
