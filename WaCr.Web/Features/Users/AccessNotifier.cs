using WaCr.Web.Common;

namespace WaCr.Web.Features.Users;

/// <summary>
/// Tells the open pages of this process that somebody's access may have changed, so that they ask at once. Other replicas ask
/// by themselves, twice a minute.
/// </summary>
public sealed class AccessNotifier
{
    private readonly Subscribers<long, long> _users = new();
    private readonly Subscribers<long, long> _tenants = new();

    /// <summary>Calls back, on whatever thread, until the answer is disposed of.</summary>
    public IDisposable SubscribeUser(long userId, Action callback) => _users.Add(userId, _ => callback());

    /// <summary>Calls back, on whatever thread, until the answer is disposed of.</summary>
    public IDisposable SubscribeTenant(long tenantId, Action callback) => _tenants.Add(tenantId, _ => callback());

    /// <summary>A role, a membership, a password, a factor or a session of this person changed.</summary>
    public void PublishUser(long userId) => _users.Notify(userId, userId);

    /// <summary>What the tenant asks of all its people changed.</summary>
    public void PublishTenant(long tenantId) => _tenants.Notify(tenantId, tenantId);
}
