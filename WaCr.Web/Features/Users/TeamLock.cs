using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Domain;

namespace WaCr.Web.Features.Users;

internal static class TeamLock
{
    /// <summary>
    /// Lets one change of the tenant's people happen at a time, until its write ends: on PostgreSQL two owners could
    /// otherwise each see the other one remain, and both go.
    /// </summary>
    public static Task LockTeamAsync(this AppDbContext db) => db.UsageCounters
        .Where(counter => counter.Metric == Metric.Staff && counter.Period == "")
        .ExecuteUpdateAsync(set => set.SetProperty(counter => counter.Value, counter => counter.Value));
}
