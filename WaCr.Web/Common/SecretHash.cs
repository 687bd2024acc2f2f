using System.Security.Cryptography;
using System.Text;

namespace WaCr.Web.Common;

/// <summary>What is stored of a secret. SHA-256 is enough for what nobody can guess, and quick enough for every request.</summary>
public static class SecretHash
{
    public static byte[] Of(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
