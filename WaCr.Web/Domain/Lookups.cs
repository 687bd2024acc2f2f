namespace WaCr.Web.Domain;

/// <summary>Group, source and status: a name that is unique in its tenant, ignoring case.</summary>
public abstract class Lookup : ITenantOwned, IAudited
{
    public const int NameMaxLength = 255;

    public long Id { get; set; }
    public long TenantId { get; set; }
    public string Name { get; private set; } = "";
    public string NameKey { get; private set; } = "";
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset UpdatedAt { get; set; }

    public void Rename(string name)
    {
        Name = name;
        NameKey = TextKey.IgnoringCase(name);
    }
}

public sealed class Group : Lookup;

public sealed class Source : Lookup
{
    /// <summary>The one that a new workspace has.</summary>
    public const string FirstName = "Manual";
}

public sealed class Status : Lookup
{
    public const int ColorLength = 7;

    /// <summary><c>#RRGGBB</c>.</summary>
    public string? Color { get; set; }

    /// <summary>Its position among the tenant's statuses, from 0.</summary>
    public int Position { get; set; }
}

public sealed class GroupMember : ITenantOwned
{
    public long TenantId { get; set; }
    public long GroupId { get; set; }
    public long ContactId { get; set; }
    public Group? Group { get; set; }
    public Contact? Contact { get; set; }
}
