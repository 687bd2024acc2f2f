namespace WaCr.Web.Domain;

/// <summary>A contact in the trash, as it was when deleted.</summary>
public sealed class DeletedContact : ITenantOwned
{
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);

    /// <summary>The contact's own id, which a restore gives back.</summary>
    public long Id { get; set; }

    public long TenantId { get; set; }
    public string Name { get; set; } = "";
    public string NameKey { get; set; } = "";
    public string PhoneKey { get; set; } = "";
    public string ActorName { get; set; } = "";
    public ChangeOrigin ChangeOrigin { get; set; }
    public DateTimeOffset DeletedAt { get; set; }

    /// <summary>JSON: every column by name, and the ids of its groups. The last column, since it may be long.</summary>
    public string Snapshot { get; set; } = "{}";
}
