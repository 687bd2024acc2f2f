using System.Globalization;
using System.Text;
using StandardWebhooks;

namespace WaCr.Web.Features.Webhooks;

/// <summary>One request to a receiver, signed as the Standard Webhooks specification says.</summary>
internal sealed record WebhookRequest(byte[] Body, IReadOnlyList<KeyValuePair<string, string>> Headers)
{
    public const string IdHeader = "webhook-id";
    public const string TimestampHeader = "webhook-timestamp";
    public const string SignatureHeader = "webhook-signature";
    public const string UserAgent = "WaCr-Webhooks/1";

    /// <param name="key">The same on every try.</param>
    /// <param name="body">JSON.</param>
    /// <param name="secrets">All sign, so that a receiver that knows one of them is content.</param>
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
