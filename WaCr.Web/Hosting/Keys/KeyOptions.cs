using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;

namespace WaCr.Web.Hosting.Keys;

/// <summary>
/// Section <c>DataProtection</c> of the configuration: what encrypts the keys in the database, so that a copy of the database opens
/// nothing. Set one of the two; with neither the keys stay in clear.
/// </summary>
internal sealed class KeyOptions
{
    public const string Section = "DataProtection";

    /// <summary>32 random bytes in Base64 (openssl rand -base64 32).</summary>
    public string? Key { get; set; }

    /// <summary>Earlier keys, separated by commas; needed until nothing is encrypted with them.</summary>
    public string? FormerKeys { get; set; }

    /// <summary>A PKCS#12 file with its private key.</summary>
    public string? CertificatePath { get; set; }

    public string? CertificatePassword { get; set; }

    public bool IsSet => !string.IsNullOrWhiteSpace(Key) || !string.IsNullOrWhiteSpace(CertificatePath);

    /// <exception cref="StartupException">A key is not 32 bytes in Base64, or the certificate can't be read.</exception>
    public void ApplyTo(IDataProtectionBuilder protection)
    {
        var ring = new KeyEncryptionKeys(
            [
                .. new[] { Key }.Concat(FormerKeys?.Split(',') ?? [])
                    .Where(key => !string.IsNullOrWhiteSpace(key))
                    .Select(key => Read(key!.Trim()))
            ]);
        protection.Services.AddSingleton(ring);
        if (!string.IsNullOrWhiteSpace(Key))
        {
            protection.Services.Configure<KeyManagementOptions>(keys => keys.XmlEncryptor = new SealedKeyEncryptor(ring));
        }
        else if (!string.IsNullOrWhiteSpace(CertificatePath))
        {
            var certificate = ReadCertificate(CertificatePath);
            protection.ProtectKeysWithCertificate(certificate).UnprotectKeysWithAnyCertificate(certificate);
        }
    }

    private static byte[] Read(string key)
    {
        var bytes = new byte[KeyEncryptionKeys.KeyLength];
        return Convert.TryFromBase64String(key, bytes, out var length) && length == KeyEncryptionKeys.KeyLength
            ? bytes
            : throw new StartupException($"{Section}:{nameof(Key)} must be 32 bytes in Base64, as openssl rand -base64 32 makes them.");
    }

    private X509Certificate2 ReadCertificate(string path)
    {
        try
        {
            return X509CertificateLoader.LoadPkcs12FromFile(path, CertificatePassword);
        }
        catch (Exception failure) when (failure is CryptographicException or IOException)
        {
            throw new StartupException(
                $"{Section}:{nameof(CertificatePath)} must be a PKCS#12 file that {Section}:{nameof(CertificatePassword)} opens: {failure.Message}",
                failure);
        }
    }
}
