namespace WaCr.Web.Tenancy;

/// <summary>What the services need to know of a tenant at every call. <paramref name="Country"/> is ISO 3166 alpha-2.</summary>
public sealed record TenantIdentity(long Id, string Name, string Country, string TimeZone);

/// <summary>
/// Whose data this scope sees. Set once at a door (circuit, API token, webhook, job, command line);
/// while it is not set, reads are empty and writes are refused.
/// </summary>
public sealed class TenantContext
{
    private TenantIdentity? _tenant;
    private CurrentActor? _actor;

    public bool IsSet => _tenant is not null;

    /// <summary>0 while no tenant is set: an id that no row has.</summary>
    public long TenantId => _tenant?.Id ?? 0;

    public TenantIdentity Tenant => _tenant ?? throw new TenantNotSetException();

    public CurrentActor Actor => _actor ?? throw new TenantNotSetException();

    /// <summary>IANA name: in which times are shown to whoever acts.</summary>
    public string TimeZone => Actor.TimeZone ?? Tenant.TimeZone;

    /// <summary>The request that causes what happens here, for the audit trail; null outside a request.</summary>
    public string? RequestId { get; set; }

    /// <summary>The network address of whoever acts, for the audit trail; null where nothing came over the network.</summary>
    public string? ClientAddress { get; set; }

    public void Enter(TenantIdentity tenant, CurrentActor actor)
    {
        if (_tenant is not null && _tenant.Id != tenant.Id)
        {
            throw new InvalidOperationException("A scope keeps the tenant it was entered with.");
        }

        _tenant = tenant;
        _actor = actor;
    }
}

public sealed class TenantNotSetException() : InvalidOperationException("No tenant is set in this scope.");
