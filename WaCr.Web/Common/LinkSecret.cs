using System.Buffers.Text;
using System.Security.Cryptography;

namespace WaCr.Web.Common;

/// <summary>The secret in a one-time link: 43 characters for 256 random bits.</summary>
public static class LinkSecret
{
    private const int RandomBytes = 32;

    public static string Create() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes));
}
