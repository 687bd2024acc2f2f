namespace WaCr.Web.Features.Work;

/// <summary>The right to work on a tenant's rows until the lease ends.</summary>
/// <param name="Rows">As they were when claimed, with the attempt already counted.</param>
public sealed record Claim<T>(TenantIdentity Tenant, Guid Owner, IReadOnlyList<T> Rows)
    where T : class, ILeased
{
    /// <summary>For kinds of work claimed one row at a time.</summary>
    public T Row => Rows.Single();
}
