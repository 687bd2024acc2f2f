using WaCr.Web.Tenancy;

namespace WaCr.Web.Domain;

/// <summary>A list as somebody likes to see it, under a name: their own, or one that they share with the workspace.</summary>
public sealed class SavedView : ITenantOwned
{
    public const int NameMaxLength = 60;
    public const int QueryMaxLength = 2_000;

    public long Id { get; set; }
    public long TenantId { get; set; }
    public long OwnerId { get; set; }
    public string Name { get; set; } = "";
    public bool IsShared { get; set; }

    /// <summary>Search, filters and sort as they stand in the list's address.</summary>
    public string Query { get; set; } = "";

    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset UpdatedAt { get; set; }
}

/// <summary>How one person likes one part of the app to look, in one workspace.</summary>
public sealed class UserPreference : ITenantOwned
{
    public const int KeyMaxLength = 40;

    public long TenantId { get; set; }
    public long UserId { get; set; }
    public string Key { get; set; } = "";

    /// <summary>JSON, of the shape that its key stands for.</summary>
    public string Value { get; set; } = "{}";
}
