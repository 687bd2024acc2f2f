using OpenTelemetry;
using OpenTelemetry.Logs;

namespace WaCr.Web.Hosting.Telemetry;

/// <summary>Takes an exception's message out of each line that leaves the process: it can quote what a row or a request holds.</summary>
internal sealed class PrivateLogs : BaseProcessor<LogRecord>
{
    public override void OnEnd(LogRecord data)
    {
        if (data.Exception is not { } failure)
        {
            return;
        }

        data.Exception = null;
        var kinds = new List<string>();
        var stacks = new List<string>();
        for (var inner = failure; inner is not null; inner = inner.InnerException)
        {
            kinds.Add(inner.GetType().FullName ?? "");
            stacks.Add(inner.StackTrace ?? "");
        }

        data.Attributes =
        [
            .. data.Attributes ?? [],
            new("exception.type", string.Join(" < ", kinds)),
            new("exception.stacktrace", string.Join(Environment.NewLine, stacks)),
        ];
    }
}
