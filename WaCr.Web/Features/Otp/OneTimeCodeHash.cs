using System.Security.Cryptography;
using System.Text;
using WaCr.Web.Domain;

namespace WaCr.Web.Features.Otp;

/// <summary>
/// Codes are short, so no hash keeps one secret from somebody who holds the row; it keeps them out of backups, logs and sight, and
/// the row's own salt makes equal codes look different. What protects a code is that it dies within the hour, after five attempts.
/// </summary>
internal static class OneTimeCodeHash
{
    public static (byte[] Salt, byte[] Hash) Of(string code)
    {
        var salt = RandomNumberGenerator.GetBytes(OneTimeCode.SaltLength);
        return (salt, Hash(code, salt));
    }

    /// <summary>In a time that does not tell how much of it fits.</summary>
    public static bool Fits(string code, OneTimeCode row) => CryptographicOperations.FixedTimeEquals(Hash(code, row.Salt), row.Hash);

    private static byte[] Hash(string code, byte[] salt) => HMACSHA256.HashData(salt, Encoding.UTF8.GetBytes(code));
}
