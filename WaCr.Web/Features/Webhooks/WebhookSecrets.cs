using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace WaCr.Web.Features.Webhooks;

/// <summary>
/// Encrypts signing secrets. The purpose names the tenant, so a value copied into another tenant's row cannot be decrypted. Never call it
/// inside a write: the first call stores a key, which on SQLite would wait for that same write.
/// </summary>
public sealed class WebhookSecrets(IDataProtectionProvider protection)
{
    public const string Prefix = "whsec_";

    private const int RandomBytes = 32;

    public static string Create() => Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(RandomBytes));

    public string Protect(long tenantId, string secret) => For(tenantId).Protect(secret);

    /// <summary>Current secret first; empty if none can be decrypted because the keys are lost. Then a new one must be created.</summary>
    internal IReadOnlyList<string> Of(Webhook webhook, DateTimeOffset now) =>
        [
            .. new[]
            {
                webhook.Secret,
                webhook.OldSecretEndsAt > now ? webhook.OldSecret : null,
            }.Select(kept => Reveal(webhook.TenantId, kept))
                .OfType<string>()
        ];

    private string? Reveal(long tenantId, string? kept)
    {
        try
        {
            return kept is null ? null : For(tenantId).Unprotect(kept);
        }
        catch (CryptographicException)
        {
            return null; // the protector reports a failure only by this exception
        }
    }

    private IDataProtector For(long tenantId) =>
        protection.CreateProtector("WaCr.Webhooks", tenantId.ToString(CultureInfo.InvariantCulture));
}
