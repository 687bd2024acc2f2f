using WaCr.Web.Tenancy;

namespace WaCr.Web.Domain;

/// <summary>What a person typed about a contact and did not save yet: kept so that a reload or a restart costs nothing.</summary>
public sealed class UnsavedEdit : ITenantOwned
{
    public long Id { get; set; }
    public long TenantId { get; set; }
    public long UserId { get; set; }

    /// <summary>Null for a contact that is not created yet.</summary>
    public long? ContactId { get; set; }

    /// <summary>JSON: the changed fields of the form, each with what stood there before.</summary>
    public string Fields { get; set; } = "{}";

    public DateTimeOffset KeptAt { get; set; }
}
