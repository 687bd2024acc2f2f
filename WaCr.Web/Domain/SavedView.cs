namespace WaCr.Web.Domain;

/// <summary>A saved list view: a user's own, or shared with the workspace.</summary>
public sealed class SavedView : ITenantOwned
{
    public const int NameMaxLength = 60;
    public const int QueryMaxLength = 2_000;

    public long Id { get; set; }
    public long TenantId { get; set; }
    public long OwnerId { get; set; }
    public string Name { get; set; } = "";
    public bool IsShared { get; set; }

    /// <summary>Search, filters and sort as in the list's URL.</summary>
    public string Query { get; set; } = "";

    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset UpdatedAt { get; set; }
}

/// <summary>One user's display settings for one part of the app, in one workspace.</summary>
public sealed class UserPreference : ITenantOwned
{
    public const int KeyMaxLength = 40;

    public long TenantId { get; set; }
    public long UserId { get; set; }
    public string Key { get; set; } = "";

    /// <summary>JSON; its key defines the shape.</summary>
    public string Value { get; set; } = "{}";
}
