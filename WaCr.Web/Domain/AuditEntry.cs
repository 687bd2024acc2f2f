using WaCr.Web.Tenancy;

namespace WaCr.Web.Domain;

/// <summary>Every change of it is written down, in the same transaction.</summary>
#pragma warning disable CA1040 // A marker on purpose: the context looks for it.
public interface IAudited;
#pragma warning restore CA1040

/// <summary>Its version climbs by one at every save, and two saves from the same version collide.</summary>
public interface IVersioned
{
    long Version { get; set; }
}

public enum AuditAction
{
    Created = 0,
    Updated = 1,
    Deleted = 2,

    /// <summary>Came back from the trash; its fields are told as if it were new.</summary>
    Restored = 3,
}

/// <summary>One change of one thing: who, through which door, and each field before and after.</summary>
public sealed class AuditEntry : ITenantOwned
{
    public const int EntityTypeMaxLength = 40;

    /// <summary>The <see cref="EntityType"/> of a contact's entries.</summary>
    public const string ContactType = "contact";
    public const int ActorNameMaxLength = 255;
    public const int RequestIdMaxLength = 64;

    public long Id { get; set; }
    public long TenantId { get; set; }

    /// <summary>The entity's name in lower case: <c>contact</c>, <c>group</c>, <c>apitoken</c>.</summary>
    public string EntityType { get; set; } = "";

    public long EntityId { get; set; }
    public AuditAction Action { get; set; }
    public ActorKind ActorKind { get; set; }
    public long? ActorId { get; set; }
    public string ActorName { get; set; } = "";
    public Door Door { get; set; }
    public string? RequestId { get; set; }
    public DateTimeOffset At { get; set; }

    /// <summary>JSON: <c>{"field": [before, after]}</c>, fields in the words of the API.</summary>
    public string Changes { get; set; } = "{}";
}
