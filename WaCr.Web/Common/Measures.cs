using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace WaCr.Web.Common;

/// <summary>
/// What the product measures of itself, for OpenTelemetry. Nothing is counted unless somebody listens. No tag may name a person, a tenant or
/// a text: figures leave the machine.
/// </summary>
public static class Measures
{
    /// <summary>The meter's name; gauges of queues have it too.</summary>
    public const string Name = "WaCr";

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);

    private static readonly Histogram<int> GroupSizes = Meter.CreateHistogram<int>(
        "wacr.commit_group.size", "{write}", "Writes that shared a commit of the SQLite file.",
        advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128] });

    private static readonly Histogram<double> GroupWaits = Seconds("wacr.commit_group.wait", "How long a write waited for its turn in the SQLite file.");
    private static readonly Histogram<double> GraphCalls = Seconds("wacr.graph.duration", "Calls to WhatsApp, retries included.");
    private static readonly Histogram<double> WebhookLags = Seconds("wacr.webhook.lag", "From the arrival of WhatsApp's event to its effect.");
    private static readonly Histogram<double> DeliveryLags = Seconds("wacr.delivery.lag", "From a change to its receipt by a webhook's receiver, retries included.");
    private static readonly Counter<int> Refusals = Meter.CreateCounter<int>("wacr.limit.refused", "{request}", "Requests over a rate limit, by limit.");
    private static readonly Counter<int> LoopFailures = Meter.CreateCounter<int>("wacr.loop.failed", "{failure}", "Failed steps of background work, by loop.");
    private static readonly Counter<int> Releases = Meter.CreateCounter<int>("wacr.campaign.released", "{message}", "Messages that broadcasts gave to the outbox.");
    private static readonly Counter<int> Lookups = Meter.CreateCounter<int>("wacr.cache.lookups", "{lookup}", "Look-ups in the caches, by cache and result.");

    /// <summary>A span for background work, which no request encloses. Dispose of it when the work ends; null if nobody traces.</summary>
    public static Activity? Begin(string work)
    {
        Activity.Current = null; // a loop that a request started goes on long after it
        return Source.StartActivity(work);
    }

    public static void GroupCommitted(int writes) => GroupSizes.Record(writes);

    public static void WriteWaited(TimeSpan wait) => GroupWaits.Record(wait.TotalSeconds);

    /// <param name="error">WhatsApp's error code, or a word of ours; null if the call succeeded.</param>
    public static void GraphCalled(HttpMethod method, string? error, TimeSpan duration)
    {
        var tags = new TagList { { "http.request.method", method.Method } };
        if (error is not null)
        {
            tags.Add("error.type", error);
        }

        GraphCalls.Record(duration.TotalSeconds, tags);
    }

    public static void WebhookApplied(TimeSpan lag) => WebhookLags.Record(lag.TotalSeconds);

    public static void DeliverySucceeded(TimeSpan lag) => DeliveryLags.Record(lag.TotalSeconds);

    /// <param name="limit">"token", "tenant", "address" or "sign-in".</param>
    public static void Refused(string limit) => Refusals.Add(1, new KeyValuePair<string, object?>("limit", limit));

    public static void LoopFailed(string loop) => LoopFailures.Add(1, new KeyValuePair<string, object?>("loop", loop));

    public static void CampaignReleased(int messages) => Releases.Add(messages);

    public static void LookedUp(string cache, bool hit) =>
        Lookups.Add(1, new KeyValuePair<string, object?>("cache", cache), new KeyValuePair<string, object?>("result", hit ? "hit" : "miss"));

    private static Histogram<double> Seconds(string name, string description) => Meter.CreateHistogram<double>(
        name, "s", description,
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.005, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300] });
}
