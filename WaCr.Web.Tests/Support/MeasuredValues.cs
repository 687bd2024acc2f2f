using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace WaCr.Web.Tests.Support;

/// <summary>What one instrument of the product measures in the test that made this. Other tests use the same one meanwhile.</summary>
internal sealed class MeasuredValues : IDisposable
{
    private static readonly AsyncLocal<MeasuredValues?> Mine = new();

    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<double> _taken = new();

    public MeasuredValues(string instrument)
    {
        Mine.Value = this;
        _listener.InstrumentPublished = (published, listener) =>
        {
            if (published.Name == instrument)
            {
                listener.EnableMeasurementEvents(published);
            }
        };
        _listener.SetMeasurementEventCallback<double>((_, value, _, _) =>
        {
            if (Mine.Value == this)
            {
                _taken.Enqueue(value);
            }
        });
        _listener.Start();
    }

    public IReadOnlyList<double> Taken => [.. _taken];

    public void Dispose() => _listener.Dispose();
}
