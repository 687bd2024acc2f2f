namespace WaCr.Web.Tenancy;

/// <summary>
/// A row of one tenant: filtered on every read, checked on every write. <see cref="TenantId"/> is set by the database context, never by a
/// caller.
/// </summary>
public interface ITenantOwned
{
    long TenantId { get; set; }
}

/// <summary>A row without a tenant: plans, countries, sign-in accounts.</summary>
#pragma warning disable CA1040 // A marker on purpose: a test over the model asks for one of the two.
public interface IPlatformOwned;
#pragma warning restore CA1040
