using WaCr.Web.Common;
using WaCr.Web.Features.Dashboard;
using WaCr.Web.Features.Plans;

namespace WaCr.Web.Components.Pages.Dashboard;

/// <summary>What the home page shows.</summary>
public sealed record DashboardSummary(
    string Plan, IReadOnlyList<MetricUsage> Usage, ContactStatisticsSet Statistics, IReadOnlyList<ActivityItem> Activity, DashboardAlertItems DashboardAlerts);

/// <summary>Loads it; a viewer's has less in it.</summary>
public sealed class DashboardLoader(AccountQueries account, ContactStatistics figures, LatestActivity activity, DashboardAlerts attention)
{
    public async Task<Result<DashboardSummary>> LoadAsync(CancellationToken cancellationToken)
    {
        var details = await account.GetAsync(cancellationToken);
        var usage = await account.GetUsageAsync(cancellationToken);
        var contacts = await figures.GetAsync(cancellationToken);
        var latest = await activity.ListAsync(cancellationToken);
        var wanted = await attention.GetAsync(cancellationToken);
        return (details.Error ?? usage.Error ?? contacts.Error ?? latest.Error ?? wanted.Error) is { } error
            ? error
            : new DashboardSummary(details.Value!.PlanName, usage.Value!, contacts.Value!, latest.Value!, wanted.Value!);
    }
}
