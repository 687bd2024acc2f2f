using Microsoft.AspNetCore.Identity;

namespace WaCr.Web.Domain;

/// <summary>A user who can sign in. What the user may see is a <see cref="Membership"/>.</summary>
public sealed class AppUser : IdentityUser<long>, IPlatformOwned
{
    public const int NameMaxLength = 255;

    /// <summary>As in <c>pt-BR</c>; fits the longest name that .NET knows.</summary>
    public const int LanguageMaxLength = 20;

    public string Name { get; set; } = "";

    /// <summary>IANA name; null means the workspace's.</summary>
    public string? TimeZone { get; set; }

    /// <summary>The staff app's language, named as its resource files are; null means the browser's.</summary>
    public string? Language { get; set; }
}

public enum Role
{
    Viewer = 0,
    Agent = 1,
    Admin = 2,
    Owner = 3,
}

/// <summary>A user's place in a tenant.</summary>
public sealed class Membership : ITenantOwned, IAudited
{
    public long TenantId { get; set; }
    public long UserId { get; set; }
    public Role Role { get; set; }
    public bool IsActive { get; set; } = true;
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Written later, at most every few seconds.</summary>
    public DateTimeOffset? LastSeenAt { get; set; }

    public Tenant? Tenant { get; set; }
    public AppUser? User { get; set; }
}
