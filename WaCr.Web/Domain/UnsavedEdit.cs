namespace WaCr.Web.Domain;

/// <summary>Unsaved input for a contact, kept so that a reload or a restart loses nothing.</summary>
public sealed class UnsavedEdit : ITenantOwned
{
    public long Id { get; set; }
    public long TenantId { get; set; }
    public long UserId { get; set; }

    /// <summary>Null for a new contact.</summary>
    public long? ContactId { get; set; }

    /// <summary>JSON: the changed form fields, each with its saved value at that time.</summary>
    public string Fields { get; set; } = "{}";

    public DateTimeOffset KeptAt { get; set; }
}
