using System.Security.Cryptography;
using System.Text;

namespace WaCr.Web.Features.Otp;

/// <summary>
/// Hashes codes. Codes are too short for a hash to protect them from somebody who has the row; hashing keeps them out of backups and logs,
/// and a salt per row makes equal codes differ. The real protection is expiry within the hour and five attempts.
/// </summary>
internal static class OneTimeCodeHash
{
    public static (byte[] Salt, byte[] Hash) Of(string code)
    {
        var salt = RandomNumberGenerator.GetBytes(OneTimeCode.SaltLength);
        return (salt, Hash(code, salt));
    }

    /// <summary>Compares in constant time.</summary>
    public static bool Fits(string code, OneTimeCode row) => CryptographicOperations.FixedTimeEquals(Hash(code, row.Salt), row.Hash);

    private static byte[] Hash(string code, byte[] salt) => HMACSHA256.HashData(salt, Encoding.UTF8.GetBytes(code));
}
