using WaCr.Web.Data;
using WaCr.Web.Features.Plans;

namespace WaCr.Web.Features.Users;

internal static class MembershipLock
{
    /// <summary>
    /// Serializes changes of the tenant's users until the write ends: otherwise, on PostgreSQL, two owners could remove each other at once.
    /// </summary>
    public static Task LockMembershipsAsync(this AppDbContext db) => UsageGate.LockAsync(db, Metric.Staff);
}
