using OpenTelemetry;
using OpenTelemetry.Metrics;
using Metric = OpenTelemetry.Metrics.Metric;

namespace WaCr.Web.Hosting.Telemetry;

/// <summary>The metrics as they are now, for the operator's page: the same that go to Prometheus and to a collector.</summary>
internal sealed class CurrentMetrics : IDisposable
{
    private const int TimeoutMilliseconds = 5_000;

    private readonly Lock _reading = new();
    private readonly Snapshot _snapshot = new();

    public CurrentMetrics() => Reader = new BaseExportingMetricReader(_snapshot);

    public MetricReader Reader { get; }

    public IReadOnlyList<MetricValue> Read()
    {
        lock (_reading)
        {
            Reader.Collect(TimeoutMilliseconds);
            return _snapshot.Values;
        }
    }

    public void Dispose() => Reader.Dispose();

    private sealed class Snapshot : BaseExporter<Metric>
    {
        public IReadOnlyList<MetricValue> Values { get; private set; } = [];

        // Points are reused after this call.
        public override ExportResult Export(in Batch<Metric> batch)
        {
            var values = new List<MetricValue>();
            foreach (var metric in batch)
            {
                foreach (ref readonly var point in metric.GetMetricPoints())
                {
                    values.Add(Read(metric, in point));
                }
            }

            Values = values;
            return ExportResult.Success;
        }

        private static MetricValue Read(Metric metric, in MetricPoint point)
        {
            var tags = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var (name, value) in point.Tags)
            {
                tags[name] = value?.ToString() ?? "";
            }

            return metric.MetricType switch
            {
                MetricType.Histogram => new MetricValue(metric.Name, tags, point.GetHistogramCount(), HistogramOf(in point)),
                MetricType.LongSum or MetricType.LongSumNonMonotonic => new MetricValue(metric.Name, tags, point.GetSumLong(), null),
                MetricType.LongGauge => new MetricValue(metric.Name, tags, point.GetGaugeLastValueLong(), null),
                _ => new MetricValue(metric.Name, tags, 0, null),
            };
        }

        private static Histogram HistogramOf(in MetricPoint point)
        {
            point.TryGetHistogramMinMaxValues(out _, out var max);
            var buckets = new List<(double, long)>();
            foreach (var bucket in point.GetHistogramBuckets())
            {
                buckets.Add((bucket.ExplicitBound, bucket.BucketCount));
            }

            return new Histogram(point.GetHistogramSum(), max, buckets);
        }
    }
}

/// <param name="Value">A sum, a gauge, or how many values a histogram has.</param>
internal sealed record MetricValue(string Name, IReadOnlyDictionary<string, string> Tags, long Value, Histogram? Histogram)
{
    public string Tag(string name) => Tags.GetValueOrDefault(name, "");
}

/// <param name="Buckets">Upper edge and number of values.</param>
internal sealed record Histogram(double Sum, double Max, IReadOnlyList<(double Edge, long Count)> Buckets);
