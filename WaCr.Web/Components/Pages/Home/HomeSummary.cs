using WaCr.Web.Common;
using WaCr.Web.Features.Dashboard;
using WaCr.Web.Features.Plans;

namespace WaCr.Web.Components.Pages.Home;

/// <summary>What the home page shows.</summary>
public sealed record HomeSummary(
    string Plan, IReadOnlyList<MetricUsage> Usage, ContactFigureSet Figures, IReadOnlyList<ActivityItem> Activity, AttentionItems Attention);

/// <summary>Loads it; a viewer's has less in it.</summary>
public sealed class HomeLoader(AccountQueries account, ContactFigures figures, LatestActivity activity, Attention attention)
{
    public async Task<Result<HomeSummary>> LoadAsync(CancellationToken cancellationToken)
    {
        var details = await account.GetAsync(cancellationToken);
        var usage = await account.GetUsageAsync(cancellationToken);
        var contacts = await figures.GetAsync(cancellationToken);
        var latest = await activity.ListAsync(cancellationToken);
        var wanted = await attention.GetAsync(cancellationToken);
        return (details.Error ?? usage.Error ?? contacts.Error ?? latest.Error ?? wanted.Error) is { } error
            ? error
            : new HomeSummary(details.Value!.PlanName, usage.Value!, contacts.Value!, latest.Value!, wanted.Value!);
    }
}
