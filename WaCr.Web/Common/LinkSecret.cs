using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace WaCr.Web.Common;

/// <summary>What a link carries that lets its holder do one thing once: 43 characters that stand for 256 random bits.</summary>
public static class LinkSecret
{
    private const int RandomBytes = 32;

    public static string Create() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes));

    /// <summary>SHA-256 is enough for what nobody can guess; the secret itself is never stored.</summary>
    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
