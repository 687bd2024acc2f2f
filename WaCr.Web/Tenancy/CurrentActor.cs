using System.Collections.Frozen;

namespace WaCr.Web.Tenancy;

public enum ActorKind
{
    /// <summary>The product itself: seeding, the command line, clean-up.</summary>
    System = 0,
    User = 1,
    Token = 2,
    Webhook = 3,
    Job = 4,

    /// <summary>An unauthenticated caller: a wrong password, a webhook with a wrong signature.</summary>
    Anonymous = 5,
}

/// <summary>Where a change came from; kept in the audit trail.</summary>
public enum ChangeOrigin
{
    System = 0,
    App = 1,
    Api = 2,
    CommandLine = 3,
    Import = 4,
    Bulk = 5,
    Webhook = 6,
}

/// <summary>Who acts, from which origin, and with which permissions (<c>Security.Permissions</c>).</summary>
public sealed record CurrentActor(ActorKind Kind, long? Id, string Name, ChangeOrigin ChangeOrigin, FrozenSet<string> Permissions)
{
    /// <summary>The user's own choice, an IANA name; null means the tenant's.</summary>
    public string? TimeZone { get; init; }

    public bool May(string permission) => Permissions.Contains(permission);
}
