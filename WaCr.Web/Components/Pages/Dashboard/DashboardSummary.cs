using WaCr.Web.Features.Dashboard;
using WaCr.Web.Features.Plans;

namespace WaCr.Web.Components.Pages.Dashboard;

/// <summary>The dashboard's data.</summary>
public sealed record DashboardSummary(
    string Plan, IReadOnlyList<MetricUsage> Usage, ContactStatisticsSet Statistics, IReadOnlyList<ActivityItem> Activity,
    DashboardAlertItems DashboardAlerts, FirstStepsDone FirstSteps);

/// <summary>Loads the dashboard's data, less of it for viewers.</summary>
public sealed class DashboardLoader(AccountQueries account, ContactStatistics figures, LatestActivity activity, DashboardAlerts attention,
    SetUpProgress progress)
{
    public async Task<Result<DashboardSummary>> LoadAsync(CancellationToken cancellationToken)
    {
        var details = await account.GetAsync(cancellationToken);
        var usage = await account.GetUsageAsync(cancellationToken);
        var contacts = await figures.GetAsync(cancellationToken);
        var latest = await activity.ListAsync(cancellationToken);
        var wanted = await attention.GetAsync(cancellationToken);
        var steps = await progress.GetAsync(cancellationToken);
        return (details.Error ?? usage.Error ?? contacts.Error ?? latest.Error ?? wanted.Error ?? steps.Error) is { } error
            ? error
            : new DashboardSummary(details.Value!.PlanName, usage.Value!, contacts.Value!, latest.Value!, wanted.Value!, steps.Value!);
    }
}
