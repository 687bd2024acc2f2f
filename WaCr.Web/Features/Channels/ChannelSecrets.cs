using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using WaCr.Web.Domain;

namespace WaCr.Web.Features.Channels;

/// <summary>
/// Secrets of channels at rest. The purpose names tenant and field, so that a value copied into another row does not open. Never
/// call it inside a write: the first use ever stores a key, and on SQLite would wait for the write that waits for it.
/// </summary>
public sealed class ChannelSecrets(IDataProtectionProvider protection)
{
    public const string AccessToken = "access_token";
    public const string AppSecret = "app_secret";
    public const string VerifyToken = "verify_token";

    public string Protect(long tenantId, string field, string secret) => For(tenantId, field).Protect(secret);

    /// <summary>Null where it does not open: the keys are gone, or it is another tenant's or another field's.</summary>
    public string? Reveal(long tenantId, string field, string? kept)
    {
        try
        {
            return kept is null ? null : For(tenantId, field).Unprotect(kept);
        }
        catch (CryptographicException)
        {
            // The protector's only way to say so. The secret must be entered again.
            return null;
        }
    }

    public string? AccessTokenOf(Channel channel) => Reveal(channel.TenantId, AccessToken, channel.AccessToken);

    public string? AppSecretOf(Channel channel) => Reveal(channel.TenantId, AppSecret, channel.AppSecret);

    private IDataProtector For(long tenantId, string field) =>
        protection.CreateProtector("WaCr.Channels", tenantId.ToString(CultureInfo.InvariantCulture), field);
}
