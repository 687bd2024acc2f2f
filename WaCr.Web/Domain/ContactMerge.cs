namespace WaCr.Web.Domain;

/// <summary>
/// A merge of two contacts, with what it takes to undo it. The merged contact is in the trash unchanged. No foreign keys: either may be
/// deleted while the merge can still be undone.
/// </summary>
public sealed class ContactMerge : ITenantOwned
{
    /// <summary>As long as the trash keeps the merged contact.</summary>
    public static readonly TimeSpan KeptFor = DeletedContact.KeptFor;

    public const int NameMaxLength = (2 * Contact.NameMaxLength) + 1;

    public long Id { get; set; }
    public long TenantId { get; set; }
    public long SurvivorId { get; set; }
    public long MergedId { get; set; }
    public string MergedName { get; set; } = "";
    public string ActorName { get; set; } = "";
    public DateTimeOffset MergedAt { get; set; }

    /// <summary>JSON: the survivor's changed fields.</summary>
    public string Changes { get; set; } = "[]";

    /// <summary>JSON: the conversations and identities that moved to the survivor.</summary>
    public string Conversations { get; set; } = "{}";
}
