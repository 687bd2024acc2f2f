using WaCr.Web.Tenancy;

namespace WaCr.Web.Domain;

/// <summary>
/// Two contacts became one: what it takes to part them again. The one that went lies in the trash as it was; neither is bound by a
/// foreign key, since each may be deleted while the merge can still be undone.
/// </summary>
public sealed class ContactMerge : ITenantOwned
{
    /// <summary>As long as the trash keeps the contact that went.</summary>
    public static readonly TimeSpan KeptFor = DeletedContact.KeptFor;

    public const int NameMaxLength = (2 * Contact.NameMaxLength) + 1;

    public long Id { get; set; }
    public long TenantId { get; set; }
    public long SurvivorId { get; set; }
    public long MergedId { get; set; }
    public string MergedName { get; set; } = "";
    public string ActorName { get; set; } = "";
    public DateTimeOffset MergedAt { get; set; }

    /// <summary>JSON: what the merge changed in the survivor, field by field.</summary>
    public string Changes { get; set; } = "[]";

    /// <summary>JSON: what of WhatsApp went over to the survivor.</summary>
    public string Conversations { get; set; } = "{}";
}
