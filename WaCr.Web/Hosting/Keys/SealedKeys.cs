using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace WaCr.Web.Hosting.Keys;

/// <summary>The configured keys; the first encrypts, all decrypt. Their names reveal nothing about them.</summary>
internal sealed class KeyEncryptionKeys(IReadOnlyList<byte[]> keys)
{
    public const int KeyLength = 32;
    private const int NameLength = 8;
    private const int NonceLength = 12;
    private const int TagLength = 16;

    public const string Element = "sealedKey";
    private const string KeyName = "by";

    public XElement Encrypt(string text)
    {
        var (plain, nonce, tag) = (Encoding.UTF8.GetBytes(text), RandomNumberGenerator.GetBytes(NonceLength), new byte[TagLength]);
        var encrypted = new byte[plain.Length];
        using var aes = new AesGcm(keys[0], TagLength);
        aes.Encrypt(nonce, plain, encrypted, tag);
        return new XElement(Element, new XAttribute(KeyName, NameOf(keys[0])), Convert.ToBase64String([.. nonce, .. tag, .. encrypted]));
    }

    /// <exception cref="CryptographicException">No key of the configuration decrypts it.</exception>
    public string Decrypt(XElement element)
    {
        var name = element.Attribute(KeyName)?.Value;
        var key = keys.FirstOrDefault(key => NameOf(key) == name)
            ?? throw new CryptographicException("The key that encrypted this is not configured.");
        var bytes = Convert.FromBase64String(element.Value).AsSpan();
        var plain = new byte[bytes.Length - NonceLength - TagLength];
        using var aes = new AesGcm(key, TagLength);
        aes.Decrypt(bytes[..NonceLength], bytes[(NonceLength + TagLength)..], bytes[NonceLength..(NonceLength + TagLength)], plain);
        return Encoding.UTF8.GetString(plain);
    }

    private static string NameOf(byte[] key) => Convert.ToHexString(SHA256.HashData([.. "WaCr key name "u8, .. key]), 0, NameLength);
}

/// <summary>Encrypts with AES-256-GCM and the configured key.</summary>
internal sealed class SealedKeyEncryptor(KeyEncryptionKeys keys) : IXmlEncryptor
{
    public EncryptedXmlInfo Encrypt(XElement plaintextElement) =>
        new(keys.Encrypt(plaintextElement.ToString(SaveOptions.DisableFormatting)), typeof(SealedKeyDecryptor));
}

/// <summary>Created by the type name stored in the database, which therefore stays as it is.</summary>
internal sealed class SealedKeyDecryptor(IServiceProvider services) : IXmlDecryptor
{
    public XElement Decrypt(XElement encryptedElement) =>
        XElement.Parse(services.GetRequiredService<KeyEncryptionKeys>().Decrypt(encryptedElement));
}
