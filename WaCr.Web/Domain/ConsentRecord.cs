using System.Security.Cryptography;
using System.Text;

namespace WaCr.Web.Domain;

public enum ConsentSubjectKind
{
    Phone = 0,

    /// <summary>WhatsApp's business-scoped id of a person who may hide their number.</summary>
    WhatsAppUser = 1,
}

public enum ConsentPurpose
{
    /// <summary>Nothing at all.</summary>
    Everything = 0,

    /// <summary>No marketing: no broadcasts and no marketing templates.</summary>
    Marketing = 1,
}

/// <summary>Whose consent it is: a number's key or a WhatsApp id.</summary>
public readonly record struct ConsentSubject(ConsentSubjectKind Kind, string Value)
{
    public static ConsentSubject? OfPhone(string? phoneKey) =>
        string.IsNullOrEmpty(phoneKey) || PhoneNumber.IsNone(phoneKey) ? null : new(ConsentSubjectKind.Phone, phoneKey);

    public static ConsentSubject? OfUser(string? userId) =>
        string.IsNullOrEmpty(userId) ? null : new(ConsentSubjectKind.WhatsAppUser, userId);

    /// <summary>Those of the given numbers and ids that can hold consent, each once.</summary>
    public static List<ConsentSubject> Of(params IEnumerable<ConsentSubject?> subjects) =>
        [.. subjects.OfType<ConsentSubject>().Distinct()];

    /// <summary>Stored in place of the number: only by trying all numbers with the tenant's key can it be read back.</summary>
    public string HashWith(byte[] key) => Hash(key, $"{(int)Kind}:{Value}");

    internal static string Hash(byte[] key, string subject) =>
        Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(subject)));

    public override string ToString() => nameof(ConsentSubject); // never a number in a log
}

/// <summary>
/// Whether a person wants messages. Stored apart from the contact: it survives deletion, merges and erasure, and applies to any contact
/// entered later with the same number. It names nobody.
/// </summary>
public sealed class ConsentRecord : ITenantOwned
{
    public const int SubjectHashLength = 44;
    public const int SourceMaxLength = 500;
    public const int ProofMaxLength = 500;

    public long Id { get; set; }
    public long TenantId { get; set; }
    public string SubjectHash { get; set; } = "";
    public ConsentPurpose Purpose { get; set; }
    public bool IsOptedOut { get; set; }

    /// <summary>Where it was last changed, and by whom; no id if the contact did it.</summary>
    public ChangeOrigin ChangeOrigin { get; set; }

    public ActorKind ActorKind { get; set; }
    public long? ActorId { get; set; }
    public DateTimeOffset ChangedAt { get; set; }

    /// <summary>How the contact said it, if a user or a program recorded it; deleted when the contact is erased.</summary>
    public string? Source { get; set; }

    /// <summary>The contact's own words; deleted when the contact is erased.</summary>
    public string? Proof { get; set; }
}
