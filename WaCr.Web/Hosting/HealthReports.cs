using System.Diagnostics;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace WaCr.Web.Hosting;

/// <summary>
/// Runs each health check at most once a second and for one caller at a time: the endpoints are anonymous and must not load the database. A
/// change is logged once.
/// </summary>
internal sealed partial class HealthReports(HealthCheckService checks, ILogger<HealthReports> logger)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Report> _known = new(StringComparer.Ordinal);

    public Task<HealthStatus> OfAsync(string tag)
    {
        lock (_gate)
        {
            if (_known.TryGetValue(tag, out var known) && !(known.Answer.IsCompleted && Stopwatch.GetElapsedTime(known.AskedAt) >= Fresh))
            {
                return known.Answer;
            }

            var last = known?.Answer is { IsCompletedSuccessfully: true } answer ? answer.Result : HealthStatus.Healthy;
            var report = new Report(Task.Run(() => AskAsync(tag, last)), Stopwatch.GetTimestamp());
            _known[tag] = report;
            return report.Answer;
        }
    }

    private async Task<HealthStatus> AskAsync(string tag, HealthStatus last)
    {
        var report = await checks.CheckHealthAsync(check => check.Tags.Contains(tag));
        if (report.Status != last)
        {
            var causes = report.Entries.Where(entry => entry.Value.Status != HealthStatus.Healthy).Select(entry => entry.Key);
            Log.Changed(logger, tag, report.Status, string.Join(", ", causes));
        }

        return report.Status;
    }

    private sealed record Report(Task<HealthStatus> Answer, long AskedAt);

    private static partial class Log
    {
        [LoggerMessage(EventId = 1106, Level = LogLevel.Warning, Message = "Health \"{Tag}\" is now {Status} ({Causes}).")]
        public static partial void Changed(ILogger logger, string tag, HealthStatus status, string causes);
    }
}
