using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace WaCr.Web.Tests.Support;

internal static class AuthenticatorApp
{
    /// <summary>
    /// What an authenticator app shows (RFC 6238), some steps of 30 seconds from now; the server takes two either way. By the real clock:
    /// ASP.NET Core Identity checks codes by no other.
    /// </summary>
    public static string CodeOf(string key, int steps)
    {
        const string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        var bits = string.Concat(
            key.Select(letter => Convert.ToString(alphabet.IndexOf(letter, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        var secret = Enumerable.Range(0, bits.Length / 8).Select(index => Convert.ToByte(bits.Substring(index * 8, 8), 2)).ToArray();
        var step = BitConverter.GetBytes(BinaryPrimitives.ReverseEndianness((DateTimeOffset.UtcNow.ToUnixTimeSeconds() / 30) + steps));
#pragma warning disable CA5350 // The algorithm is the standard's.
        var hash = HMACSHA1.HashData(secret, step);
#pragma warning restore CA5350
        var offset = hash[^1] & 0xf;
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(offset, 4)) & 0x7fffffff;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }
}
