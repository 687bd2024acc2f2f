using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using WaCr.Web.Components.Operations;
using WaCr.Web.Features.Operations;
using WaCr.Web.Features.Work;
using WaCr.Web.Jobs;

namespace WaCr.Web.Hosting.Telemetry;

/// <summary>The operator's page: the same statistics as <c>/metrics</c>, behind the same token, for a browser.</summary>
internal static class OperatorPageExtensions
{
    public const string Path = "/operator";

    private const string Errors = "wacr.graph.duration";
    private const string Commits = "wacr.commit_group.size";

    private static readonly string[] Times =
        ["wacr.webhook.lag", "wacr.delivery.lag", "wacr.graph.duration", "wacr.commit_group.wait"];

    public static void MapOperatorPage(this WebApplication app) =>
        app.MapGet(Path, ShowAsync).AllowAnonymous().WithMetadata(new SessionlessMetadata()).ExcludeFromDescription();

    private static async Task<IResult> ShowAsync(
        HttpContext context, IOptions<TelemetryOptions> options, InstallationQueries installation, QueueGauges queues,
        IEnumerable<IHostedService> services, TimeProvider time)
    {
        if (!OperatorToken.OpensPage(options.Value.Token, context))
        {
            return Results.Empty;
        }

        var report = Report(
            context.RequestServices.GetRequiredService<CurrentMetrics>().Read(),
            await installation.ReadAsync(context.RequestAborted), queues.Depths, services, time.GetUtcNow());
        return new RazorComponentResult<OperatorPage>(
            new Dictionary<string, object?>(StringComparer.Ordinal) { [nameof(OperatorPage.Report)] = report });
    }

    private static OperatorReport Report(
        IReadOnlyList<MetricValue> metrics, InstallationStatistics? installation, IReadOnlyList<QueueDepth> queues,
        IEnumerable<IHostedService> services, DateTimeOffset now) => new(
        now,
        ServerProcess.Current,
        installation,
        queues,
        [.. Times.Select(name => Whole(metrics, name)).OfType<Distribution>()],
        Counts(metrics.Where(metric => metric.Name == Errors), "error.type"),
        [
            .. metrics.Where(metric => metric.Name == "wacr.cache.lookups").GroupBy(metric => metric.Tag("cache"), StringComparer.Ordinal)
                .OrderBy(cache => cache.Key, StringComparer.Ordinal)
                .Select(cache => new HitRate(
                    cache.Key, cache.Where(metric => metric.Tag("result") == "hit").Sum(metric => metric.Value),
                    cache.Sum(metric => metric.Value))),
        ],
        Counts(metrics.Where(metric => metric.Name == "wacr.limit.refused"), "limit"),
        Whole(metrics, Commits),
        metrics.Where(metric => metric.Name == "aspnetcore.components.circuit.active").Sum(metric => metric.Value),
        [
            .. services.OfType<BackgroundLoop>().Select(loop => (loop.Name, loop.State)).OrderBy(loop => loop.Name, StringComparer.Ordinal)
                .Select(loop => new LoopStatistics(
                    loop.Name, loop.State.LastRunAt, loop.State.Failures, loop.State.LastFailure, loop.State.LastFailureAt)),
        ]);

    private static IReadOnlyList<Count> Counts(IEnumerable<MetricValue> metrics, string tag) =>
    [
        .. metrics.Where(metric => metric.Tag(tag).Length > 0).GroupBy(metric => metric.Tag(tag), StringComparer.Ordinal)
            .Select(same => new Count(same.Key, same.Sum(metric => metric.Value))).OrderByDescending(count => count.Value),
    ];

    // Of all tags together. Histograms of one instrument have the same edges.
    private static Distribution? Whole(IReadOnlyList<MetricValue> metrics, string name)
    {
        var parts = metrics.Where(metric => metric.Name == name).Select(metric => metric.Histogram).OfType<Histogram>().ToList();
        var buckets = parts.SelectMany(part => part.Buckets).GroupBy(bucket => bucket.Edge)
            .Select(same => (Edge: same.Key, Count: same.Sum(bucket => bucket.Count))).OrderBy(bucket => bucket.Edge).ToList();
        var count = buckets.Sum(bucket => bucket.Count);
        if (count == 0)
        {
            return null;
        }

        var max = parts.Max(part => part.Max);
        return new Distribution(name, count, EdgeOf(0.5), EdgeOf(0.95), max);

        double EdgeOf(double part)
        {
            var seen = 0L;
            return Math.Min(max, buckets.First(bucket => (seen += bucket.Count) >= count * part).Edge);
        }
    }
}
