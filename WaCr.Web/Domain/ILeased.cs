using WaCr.Web.Tenancy;

namespace WaCr.Web.Domain;

/// <summary>
/// Work in the background that several processes share: one works on a row at a time. Who claims it puts its time off by the length of the lease, so
/// that work of a process that died is due again by itself. Its table wants an index of tenant and <see cref="DueAt"/>, and its key one column
/// beside the tenant.
/// </summary>
public interface ILeased : ITenantOwned
{
    /// <summary>When it is to be worked on next, or until when whoever works on it is taken for alive; null: there is nothing to do.</summary>
    DateTimeOffset? DueAt { get; set; }

    /// <summary>Who works on it now.</summary>
    Guid? LeaseOwner { get; set; }

    /// <summary>How often it was taken up, since it last got on where it goes step by step.</summary>
    int Attempts { get; set; }
}
