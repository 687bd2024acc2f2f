using System.Buffers.Text;
using System.Security.Cryptography;

namespace WaCr.Web.Common;

/// <summary>An API token's text: <c>wacr_</c> and 43 characters for 256 random bits.</summary>
public static class TokenSecret
{
    private const string Mark = "wacr_";
    private const int RandomBytes = 32;
    private const int PrefixLength = 13;

    public static string Create() => Mark + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes));

    /// <summary>The part stored in clear, so that people can tell tokens apart.</summary>
    public static string PrefixOf(string token) => token[..PrefixLength];
}
