using System.Text;
using StandardWebhooks;

namespace WaCr.Web.Features.Webhooks;

/// <summary>A request to a receiver, signed according to the Standard Webhooks specification.</summary>
internal sealed record WebhookRequest(byte[] Body, IReadOnlyList<KeyValuePair<string, string>> Headers)
{
    public const string IdHeader = "webhook-id";
    public const string TimestampHeader = "webhook-timestamp";
    public const string SignatureHeader = "webhook-signature";
    public const string UserAgent = "WaCr-Webhooks/1";

    /// <param name="key">The <c>webhook-id</c>, the same on every attempt.</param>
    /// <param name="body">JSON.</param>
    /// <param name="secrets">Each adds a signature, so that a receiver needs to know only one.</param>
    /// <param name="now">When it is sent.</param>
    public static WebhookRequest Sign(string key, string body, IReadOnlyList<string> secrets, DateTimeOffset now) => new(
        Encoding.UTF8.GetBytes(body),
        [
            new(IdHeader, key),
            new(TimestampHeader, now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
            new(SignatureHeader, string.Join(' ', secrets.Select(secret => new StandardWebhook(secret).Sign(key, now, body)))),
            new("User-Agent", UserAgent),
        ]);
}
