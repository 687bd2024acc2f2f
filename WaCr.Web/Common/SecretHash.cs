using System.Security.Cryptography;
using System.Text;

namespace WaCr.Web.Common;

/// <summary>
/// The stored form of a secret: SHA-256, which is enough for values that nobody can guess and fast enough for every request.
/// </summary>
public static class SecretHash
{
    public static byte[] Of(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
