using System.Diagnostics;
using OpenTelemetry;

namespace WaCr.Web.Hosting.Telemetry;

/// <summary>
/// Takes out of each span what could name a person or open a door: addresses hold phone numbers and the keys of files, and statements and
/// failures can quote values.
/// </summary>
internal sealed class PrivateTraces : BaseProcessor<Activity>
{
    private static readonly string[] Dropped =
    [
        "url.path", "url.query", "http.target", "http.url", "client.address", "network.peer.address", "user_agent.original", "db.query.text",
        "db.statement", "exception.message", "exception.stacktrace",
    ];

    public override void OnEnd(Activity data)
    {
        foreach (var tag in Dropped)
        {
            data.SetTag(tag, null);
        }

        // Of an address that we called, the host says which service it was.
        if (data.GetTagItem("url.full") is string address)
        {
            data.SetTag("url.full", Uri.TryCreate(address, UriKind.Absolute, out var uri) ? uri.GetLeftPart(UriPartial.Authority) : null);
        }

        if (data.Status == ActivityStatusCode.Error)
        {
            data.SetStatus(ActivityStatusCode.Error);
        }
    }
}
