using WaCr.Web.Domain;
using WaCr.Web.Tenancy;

namespace WaCr.Web.Features.Work;

/// <summary>The right to work on these rows of a tenant until the lease ends.</summary>
/// <param name="Rows">As they were when they were claimed; what has its attempts counted says so already.</param>
public sealed record Claim<T>(TenantIdentity Tenant, Guid Owner, IReadOnlyList<T> Rows)
    where T : class, ILeased
{
    /// <summary>Of a kind of work that is claimed one at a time.</summary>
    public T Row => Rows.Single();
}
