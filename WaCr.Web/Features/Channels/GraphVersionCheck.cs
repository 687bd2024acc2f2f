using Microsoft.Extensions.Options;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Features.Channels;

/// <summary>A version of WhatsApp's API that ends soon, or has ended.</summary>
public sealed record EndingVersion(string Version, DateOnly EndsOn, bool HasEnded);

/// <summary>Whether the version of WhatsApp's API in the settings is about to end.</summary>
public sealed class GraphVersionCheck(IOptions<WhatsAppOptions> options, TimeProvider time)
{
    /// <summary>How long before its end a version is warned of.</summary>
    public const int WarnDays = 90;

    /// <summary>Null while there is time.</summary>
    public EndingVersion? Find()
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        return GraphVersions.EndOf(options.Value.Version) is { } end && end < today.AddDays(WarnDays)
            ? new EndingVersion(options.Value.Version, end, end < today)
            : null;
    }
}
