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

    // Between an old secret and its end; protected texts hold neither this nor blanks.
    private const char EndMark = '@';

    public static string Create() => Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(RandomBytes));

    public string Protect(long tenantId, string secret) => For(tenantId).Protect(secret);

    /// <summary>Makes the current secret an old one. The newest of these stands first; the oldest go once there are too many.</summary>
    internal static void Replace(Webhook webhook, string kept, DateTimeOffset now)
    {
        var old = OldOf(webhook).Where(secret => secret.EndsAt > now).Take(Webhook.MaxOldSecrets - 1)
            .Select(secret => string.Create(CultureInfo.InvariantCulture, $"{secret.Kept}{EndMark}{secret.EndsAt.ToUnixTimeSeconds()}"));
        (webhook.OldSecret, webhook.OldSecretEndsAt, webhook.Secret) = (
            string.Join(' ', old.Prepend(webhook.Secret)), now + Webhook.OldSecretKeptFor, kept);
    }

    /// <summary>Current secret first; empty if none can be decrypted because the keys are lost. Then a new one must be created.</summary>
    internal IReadOnlyList<string> Of(Webhook webhook, DateTimeOffset now) =>
        [
            .. OldOf(webhook).Where(secret => secret.EndsAt > now).Select(secret => secret.Kept).Prepend(webhook.Secret)
                .Select(kept => Reveal(webhook.TenantId, kept))
                .OfType<string>()
        ];

    private static IEnumerable<(string Kept, DateTimeOffset EndsAt)> OldOf(Webhook webhook)
    {
        foreach (var text in webhook.OldSecret?.Split(' ') ?? [])
        {
            var (kept, end) = text.Split(EndMark) is [var own, var seconds] ? (own, seconds) : (text, null);
            yield return (kept, end is null
                ? webhook.OldSecretEndsAt.GetValueOrDefault()
                : DateTimeOffset.FromUnixTimeSeconds(long.Parse(end, CultureInfo.InvariantCulture)));
        }
    }

    private string? Reveal(long tenantId, string kept)
    {
        try
        {
            return For(tenantId).Unprotect(kept);
        }
        catch (CryptographicException)
        {
            return null; // the protector reports a failure only by this exception
        }
    }

    private IDataProtector For(long tenantId) =>
        protection.CreateProtector("WaCr.Webhooks", tenantId.ToString(CultureInfo.InvariantCulture));
}
