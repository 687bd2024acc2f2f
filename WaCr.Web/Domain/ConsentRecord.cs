using System.Security.Cryptography;
using System.Text;
using WaCr.Web.Common;
using WaCr.Web.Tenancy;

namespace WaCr.Web.Domain;

public enum ConsentSubjectKind
{
    Phone = 0,

    /// <summary>WhatsApp's business-scoped id of somebody who may hide the number.</summary>
    WhatsAppUser = 1,
}

public enum ConsentPurpose
{
    /// <summary>Nothing at all.</summary>
    Everything = 0,

    /// <summary>No marketing. Until the two are told apart when sending, it stops everything as well.</summary>
    Marketing = 1,
}

/// <summary>Whose wish it is: a number by its key, or an id of WhatsApp's.</summary>
public readonly record struct ConsentSubject(ConsentSubjectKind Kind, string Value)
{
    public static ConsentSubject? OfPhone(string? phoneKey) =>
        string.IsNullOrEmpty(phoneKey) || PhoneNumber.IsNone(phoneKey) ? null : new(ConsentSubjectKind.Phone, phoneKey);

    public static ConsentSubject? OfUser(string? userId) =>
        string.IsNullOrEmpty(userId) ? null : new(ConsentSubjectKind.WhatsAppUser, userId);

    /// <summary>The numbers and ids among these that can hold a wish, each once.</summary>
    public static List<ConsentSubject> Of(params IEnumerable<ConsentSubject?> subjects) => [.. subjects.OfType<ConsentSubject>().Distinct()];

    /// <summary>What is stored in place of the number: nobody reads it back without trying all numbers with the tenant's key.</summary>
    public string HashWith(byte[] key) => Hash(key, $"{(int)Kind}:{Value}");

    internal static string Hash(byte[] key, string subject) => Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(subject)));

    public override string ToString() => nameof(ConsentSubject); // never a number in a log
}

/// <summary>What a customer told a colleague: how (by phone, in the shop), and in which words.</summary>
public sealed record ConsentStatement(string Source, string? Proof);

/// <summary>
/// Whether somebody wants to be written to, kept apart from the contact: it outlives deletion, merges and erasure, and holds for
/// whoever is entered with the same number later. It names nobody.
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

    /// <summary>By which way it was last said, and by whom; no id where the customer said it.</summary>
    public ChangeOrigin ChangeOrigin { get; set; }

    public ActorKind ActorKind { get; set; }
    public long? ActorId { get; set; }
    public DateTimeOffset ChangedAt { get; set; }

    /// <summary>How the customer agreed to be written to again, where somebody else wrote it down; erased with the contact.</summary>
    public string? Source { get; set; }

    /// <summary>What they said, in their words; erased with the contact.</summary>
    public string? Proof { get; set; }
}
