namespace WaCr.Web.Tenancy;

/// <summary>What the services need to know of a tenant at every call. <paramref name="Country"/> is ISO 3166 alpha-2.</summary>
public sealed record TenantIdentity(long Id, string Name, string Country, string TimeZone);

/// <summary>
/// Whose data this scope sees. Set once at the edge (circuit, API token, webhook, job, command line);
/// while it is not set, reads are empty and writes are refused.
/// </summary>
public sealed class TenantContext
{
    private readonly Lock _change = new();
    private volatile Entry? _entry;

    public bool IsSet => _entry is { IsLeft: false };

    /// <summary>Whether the access that this scope had was taken away; it never comes back.</summary>
    public bool IsLeft { get; private set; }

    /// <summary>0 while no tenant is set: an id that no row has.</summary>
    public long TenantId => _entry?.Tenant.Id ?? 0;

    public TenantIdentity Tenant => (_entry ?? throw new TenantNotSetException()).Tenant;

    public CurrentActor Actor => (_entry ?? throw new TenantNotSetException()).Actor;

    /// <summary>IANA name: in which times are shown to whoever acts.</summary>
    public string TimeZone => Actor.TimeZone ?? Tenant.TimeZone;

    /// <summary>The request that causes what happens here, for the audit trail; null outside a request.</summary>
    public string? RequestId { get; set; }

    /// <summary>The network address of whoever acts, for the audit trail; null where nothing came over the network.</summary>
    public string? ClientAddress { get; set; }

    public void Enter(TenantIdentity tenant, CurrentActor actor)
    {
        if (!TryEnter(tenant, actor))
        {
            throw new InvalidOperationException("A scope that was left is not entered again.");
        }
    }

    /// <summary>False once the scope was left: whoever read the membership before it ended must not bring it back.</summary>
    public bool TryEnter(TenantIdentity tenant, CurrentActor actor)
    {
        lock (_change)
        {
            if (IsLeft)
            {
                return false;
            }

            if (_entry is { } entered && entered.Tenant.Id != tenant.Id)
            {
                throw new InvalidOperationException("A scope keeps the tenant it was entered with.");
            }

            _entry = new Entry(tenant, actor, IsLeft: false);
            return true;
        }
    }

    /// <summary>
    /// Takes the access away from whatever still holds this scope, an open page above all: from now on there is no tenant to read,
    /// and nothing that the actor may do. Names stay readable, so that a page can be drawn once more before it goes.
    /// </summary>
    public void Leave()
    {
        lock (_change)
        {
            IsLeft = true;
            if (_entry is { } entered)
            {
                _entry = new Entry(entered.Tenant with { Id = 0 }, entered.Actor with { Id = null, Permissions = [] }, IsLeft: true);
            }
        }
    }

    /// <summary>One reference, so that no reader sees the tenant of one moment with the rights of another.</summary>
    private sealed record Entry(TenantIdentity Tenant, CurrentActor Actor, bool IsLeft);
}

public sealed class TenantNotSetException() : InvalidOperationException("No tenant is set in this scope.");
