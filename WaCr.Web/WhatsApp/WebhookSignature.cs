using System.Security.Cryptography;
using System.Text;

namespace WaCr.Web.WhatsApp;

/// <summary>
/// A webhook's signature: HMAC-SHA256 of the raw bytes with the app secret. A body that was parsed and rewritten no longer matches.
/// </summary>
public static class WebhookSignature
{
    public const string Header = "X-Hub-Signature-256";

    private const string Prefix = "sha256=";

    public static string Of(ReadOnlySpan<byte> body, string appSecret) => Prefix + Convert.ToHexStringLower(Hash(body, appSecret));

    /// <summary>Whether <paramref name="signature"/> matches, in constant time. Without a secret nothing matches.</summary>
    public static bool Fits(ReadOnlySpan<byte> body, string? signature, string appSecret)
    {
        if (appSecret.Length == 0 || signature is null || !signature.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return false;
        }

        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes];
        return signature.Length == Prefix.Length + (HMACSHA256.HashSizeInBytes * 2)
            && Convert.FromHexString(signature.AsSpan(Prefix.Length), given, out _, out _) == System.Buffers.OperationStatus.Done
            && CryptographicOperations.FixedTimeEquals(given, Hash(body, appSecret));
    }

    private static byte[] Hash(ReadOnlySpan<byte> body, string appSecret) => HMACSHA256.HashData(Encoding.UTF8.GetBytes(appSecret), body);
}
