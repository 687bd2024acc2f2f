using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace WaCr.Web.Features.Channels;

/// <summary>
/// Encrypts channels' secrets. The purpose names tenant and field, so a value copied into another row cannot be decrypted. Never call it
/// inside a write: the first call stores a key, which on SQLite would wait for that same write.
/// </summary>
public sealed class ChannelSecrets(IDataProtectionProvider protection)
{
    public const string AccessToken = "access_token";
    public const string AppSecret = "app_secret";
    public const string VerifyToken = "verify_token";

    public string Protect(long tenantId, string field, string secret) => For(tenantId, field).Protect(secret);

    /// <summary>Decrypts a secret; null if the keys are lost or it belongs to another tenant or field.</summary>
    public string? Reveal(long tenantId, string field, string? kept)
    {
        try
        {
            return kept is null ? null : For(tenantId, field).Unprotect(kept);
        }
        catch (CryptographicException)
        {
            // The protector reports a failure only by this exception. The secret must be entered again.
            return null;
        }
    }

    public string? AccessTokenOf(Channel channel) => Reveal(channel.TenantId, AccessToken, channel.AccessToken);

    public string? AppSecretOf(Channel channel) => Reveal(channel.TenantId, AppSecret, channel.AppSecret);

    private IDataProtector For(long tenantId, string field) =>
        protection.CreateProtector("WaCr.Channels", tenantId.ToString(CultureInfo.InvariantCulture), field);
}
