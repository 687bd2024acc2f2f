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

    /// <summary>Somebody who proved nothing: a wrong password, a webhook with a wrong signature.</summary>
    Anonymous = 5,
}

/// <summary>The way by which a change came in; kept in the audit trail.</summary>
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

/// <summary>Who acts, through which door, and what that one may do (<c>Security.Permissions</c>).</summary>
public sealed record CurrentActor(ActorKind Kind, long? Id, string Name, ChangeOrigin ChangeOrigin, FrozenSet<string> Permissions)
{
    /// <summary>The person's own choice, an IANA name; null: the tenant's.</summary>
    public string? TimeZone { get; init; }

    public bool May(string permission) => Permissions.Contains(permission);
}
