using System.Security.Cryptography;
using System.Text;

namespace WaCr.Web.WhatsApp.Sandbox;

/// <summary>Ids in WhatsApp's format, determined by the seed and the order of calls.</summary>
internal sealed class SandboxIds(int seed)
{
    public long Count { get; set; }

    /// <summary><c>wamid.</c> and WhatsApp's payload: the other person's number and a random part.</summary>
    public string Message(string person)
    {
        var who = Encoding.ASCII.GetBytes(person[..Math.Min(person.Length, 100)]);
        var random = Encoding.ASCII.GetBytes(Convert.ToHexString(Next("message"), 0, 9));
        return "wamid." + Convert.ToBase64String(
            [0x1c, 0x18, (byte)who.Length, .. who, 0x15, 0x02, 0x00, 0x11, 0x18, (byte)random.Length, .. random, 0x00]);
    }

    /// <summary>Fifteen digits, as for media and templates.</summary>
    public string Number(string kind) =>
        (100_000_000_000_000 + (BitConverter.ToUInt64(Next(kind)) % 900_000_000_000_000)).ToString(CultureInfo.InvariantCulture);

    /// <summary>Depends on the argument only: for what exists from the start.</summary>
    public string Fixed(string what) =>
        (100_000_000_000_000 + (BitConverter.ToUInt64(Hash(what)) % 900_000_000_000_000)).ToString(CultureInfo.InvariantCulture);

    public string Trace() => "A" + Convert.ToBase64String(Next("trace"), 0, 16).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    /// <summary>A person's id in one business account; depends on account and phone only.</summary>
    public string User(string businessAccountId, string phone) => string.Create(
        CultureInfo.InvariantCulture,
        $"US.{10_000_000_000_000_000_000 + (BitConverter.ToUInt64(Hash($"user|{businessAccountId}|{phone}")) % 8_000_000_000_000_000_000)}");

    /// <summary>A new id of a person, for one business account or for a parent business.</summary>
    public string NextUser(bool ofParent = false) => string.Create(
        CultureInfo.InvariantCulture,
        $"US.{(ofParent ? "ENT." : "")}{10_000_000_000_000_000_000 + (BitConverter.ToUInt64(Next("user")) % 8_000_000_000_000_000_000)}");

    private byte[] Next(string kind) => Hash($"{kind}|{++Count}");

    private byte[] Hash(string text) =>
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seed}|{text}")));
}
