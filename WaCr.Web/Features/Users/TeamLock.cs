using WaCr.Web.Data;
using WaCr.Web.Domain;
using WaCr.Web.Features.Plans;

namespace WaCr.Web.Features.Users;

internal static class TeamLock
{
    /// <summary>
    /// Lets one change of the tenant's people happen at a time, until its write ends: on PostgreSQL two owners could
    /// otherwise each see the other one remain, and both go.
    /// </summary>
    public static Task LockTeamAsync(this AppDbContext db) => UsageGate.LockAsync(db, Metric.Staff);
}
