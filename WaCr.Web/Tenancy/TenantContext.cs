namespace WaCr.Web.Tenancy;

/// <summary>The tenant's properties that services need on every call. <paramref name="Country"/> is ISO 3166 alpha-2.</summary>
public sealed record TenantIdentity(long Id, string Name, string Country, string TimeZone);

/// <summary>
/// The tenant whose data this scope sees. Set once at the edge (circuit, API token, webhook, job, command line); until then reads are empty
/// and writes are refused.
/// </summary>
public sealed class TenantContext
{
    private readonly Lock _change = new();
    private volatile Entry? _entry;

    /// <summary>The actor got other permissions while something, usually an open page, holds this scope. Raised on any thread.</summary>
    public event EventHandler? PermissionsChanged;

    public bool IsSet => _entry is { IsLeft: false };

    /// <summary>Whether this scope's access was revoked; it is never restored.</summary>
    public bool IsLeft { get; private set; }

    /// <summary>0 until a tenant is set: an id that no row has.</summary>
    public long TenantId => _entry?.Tenant.Id ?? 0;

    public TenantIdentity Tenant => (_entry ?? throw new TenantNotSetException()).Tenant;

    public CurrentActor Actor => (_entry ?? throw new TenantNotSetException()).Actor;

    /// <summary>IANA name of the zone in which the actor sees times.</summary>
    public string TimeZone => Actor.TimeZone ?? Tenant.TimeZone;

    /// <summary>The request that causes this work, for the audit trail; null outside a request.</summary>
    public string? RequestId { get; set; }

    /// <summary>The actor's network address, for the audit trail; null without a network request.</summary>
    public string? ClientAddress { get; set; }

    public void Enter(TenantIdentity tenant, CurrentActor actor)
    {
        if (!TryEnter(tenant, actor))
        {
            throw new InvalidOperationException("This scope has left its tenant and cannot enter one again.");
        }
    }

    /// <summary>False after <see cref="Leave"/>: a membership that was read before it ended must not restore access.</summary>
    public bool TryEnter(TenantIdentity tenant, CurrentActor actor)
    {
        bool hasChanged;
        lock (_change)
        {
            if (IsLeft)
            {
                return false;
            }

            if (_entry is { } entered && entered.Tenant.Id != tenant.Id)
            {
                throw new InvalidOperationException("This scope has already entered another tenant.");
            }

            hasChanged = _entry is { } before && !before.Actor.Permissions.SetEquals(actor.Permissions);
            _entry = new Entry(tenant, actor, IsLeft: false);
        }

        if (hasChanged)
        {
            PermissionsChanged?.Invoke(this, EventArgs.Empty);
        }

        return true;
    }

    /// <summary>
    /// Revokes this scope's access while something, usually an open page, still holds it: from now on there is no tenant to read and no
    /// permission. Names stay readable, so that the page can render once more.
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

    /// <summary>One reference, so that no reader combines one tenant with another's permissions.</summary>
    private sealed record Entry(TenantIdentity Tenant, CurrentActor Actor, bool IsLeft);
}

public sealed class TenantNotSetException() : InvalidOperationException("No tenant is set in this scope.");
