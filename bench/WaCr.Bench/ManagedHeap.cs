using System.Diagnostics.Tracing;
using Microsoft.Diagnostics.NETCore.Client;
using Microsoft.Diagnostics.Tracing;

namespace WaCr.Bench;

/// <summary>What a running .NET process says of its own heap, without a word of code in it.</summary>
internal static class ManagedHeap
{
    // The runtime's own event for "collect now", as dotnet-gcdump asks for it.
    private const long CollectKeyword = 0x800000;

    /// <summary>After two forced full collections: what is really kept.</summary>
    public static double CollectedMegabytesOf(int processId)
    {
        for (var collection = 0; collection < 2; collection++)
        {
            var provider = new EventPipeProvider("Microsoft-Windows-DotNETRuntime", EventLevel.Informational, CollectKeyword | 1);
            using var session = new DiagnosticsClient(processId).StartEventPipeSession([provider], requestRundown: false);
            using var events = new EventPipeEventSource(session.EventStream);
            events.Clr.GCStop += collected => _ = Task.Run(session.Stop);
            events.Process();
        }

        return MegabytesOf(processId);
    }

    public static double MegabytesOf(int processId)
    {
        var provider = new EventPipeProvider(
            "System.Runtime", EventLevel.Informational, arguments: new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["EventCounterIntervalSec"] = "1",
            });
        using var session = new DiagnosticsClient(processId).StartEventPipeSession([provider], requestRundown: false);
        using var events = new EventPipeEventSource(session.EventStream);
        var megabytes = 0d;
        events.Dynamic.All += found =>
        {
            if (found.EventName == "EventCounters" && found.PayloadValue(0) is IDictionary<string, object> outer
                && outer["Payload"] is IDictionary<string, object> counter && (string)counter["Name"] == "gc-heap-size")
            {
                megabytes = Convert.ToDouble(counter["Mean"], System.Globalization.CultureInfo.InvariantCulture);

                // The stream ends once the session has stopped; stopping it from its own callback would wait for itself.
                _ = Task.Run(session.Stop);
            }
        };
        events.Process();
        return megabytes;
    }
}
