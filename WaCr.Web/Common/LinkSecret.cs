using System.Buffers.Text;
using System.Security.Cryptography;

namespace WaCr.Web.Common;

/// <summary>What a link carries that lets its holder do one thing once: 43 characters that stand for 256 random bits.</summary>
public static class LinkSecret
{
    private const int RandomBytes = 32;

    public static string Create() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes));
}
