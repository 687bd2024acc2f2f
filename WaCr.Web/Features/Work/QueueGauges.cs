using System.Diagnostics.Metrics;

namespace WaCr.Web.Features.Work;

/// <summary>The queues' last known depth as gauges. They belong to a host, so that two in one process do not mix theirs.</summary>
public sealed class QueueGauges
{
    public QueueGauges(IMeterFactory meters)
    {
        var meter = meters.Create(Measures.Name);
        meter.CreateObservableGauge("wacr.queue.due", () => Each(depth => depth.Due), "{row}", "Rows that wait for a process.");
        meter.CreateObservableGauge("wacr.queue.age", () => Each(depth => depth.Age.TotalSeconds), "s", "How long the oldest of them has waited.");
    }

    public IReadOnlyList<QueueDepth> Depths { get; set; } = [];

    private IEnumerable<Measurement<T>> Each<T>(Func<QueueDepth, T> valueOf)
        where T : struct => Depths.Select(depth => new Measurement<T>(valueOf(depth), new KeyValuePair<string, object?>("queue", depth.Queue)));
}
