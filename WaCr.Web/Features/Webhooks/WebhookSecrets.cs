using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using WaCr.Web.Domain;

namespace WaCr.Web.Features.Webhooks;

/// <summary>
/// What requests are signed with, at rest. The purpose names the tenant, so that a value copied into another's row does not open. Never call it
/// inside a write: the first use ever stores a key, and on SQLite would wait for the write that waits for it.
/// </summary>
public sealed class WebhookSecrets(IDataProtectionProvider protection)
{
    public const string Prefix = "whsec_";

    private const int RandomBytes = 32;

    public static string Create() => Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(RandomBytes));

    public string Protect(long tenantId, string secret) => For(tenantId).Protect(secret);

    /// <summary>The current one first; empty where none opens, since the keys are gone: then a new one must be made.</summary>
    internal IReadOnlyList<string> Of(Webhook webhook, DateTimeOffset now) =>
        [.. new[] { webhook.Secret, webhook.OldSecretEndsAt > now ? webhook.OldSecret : null }.Select(kept => Reveal(webhook.TenantId, kept)).OfType<string>()];

    private string? Reveal(long tenantId, string? kept)
    {
        try
        {
            return kept is null ? null : For(tenantId).Unprotect(kept);
        }
        catch (CryptographicException)
        {
            return null; // the protector's only way to say so
        }
    }

    private IDataProtector For(long tenantId) => protection.CreateProtector("WaCr.Webhooks", tenantId.ToString(CultureInfo.InvariantCulture));
}
