using System.Reflection;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace WaCr.Web.Api.Requests;

/// <summary>The versions named in <c>If-Match</c>.</summary>
internal sealed record IfMatch(ExpectedVersions Versions) : IBindableFromHttpContext<IfMatch>
{
    // No contact has this version, so a tag that is not ours never matches.
    private const long NoVersion = -1;

    /// <summary>
    /// Reads <c>If-Match</c>. Weak tags count as strong ones, unlike in RFC 9110: compressing proxies weaken tags, and our tags name a
    /// version, not bytes.
    /// </summary>
    public static ValueTask<IfMatch?> BindAsync(HttpContext context, ParameterInfo parameter) =>
        ValueTask.FromResult<IfMatch?>(new IfMatch(Read(context.Request.Headers.IfMatch)));

    private static ExpectedVersions Read(StringValues header)
    {
        if (header.Count == 0)
        {
            return default;
        }

        var tags = Parse(header);
        return tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any))
            ? default
            : new ExpectedVersions([.. tags.Select(VersionOf).DefaultIfEmpty(NoVersion)]);
    }

    /// <summary>Whether <c>If-None-Match</c> names <paramref name="etag"/>; weak tags match.</summary>
    public static bool NoneMatches(IHeaderDictionary headers, string etag)
    {
        var header = headers.IfNoneMatch;
        return header.Count > 0 && Parse(header).Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Tag == etag);
    }

    private static IList<EntityTagHeaderValue> Parse(StringValues header) =>
        EntityTagHeaderValue.TryParseList((IList<string>?)header, out var tags) ? tags : [];

    private static long VersionOf(EntityTagHeaderValue tag) =>
        long.TryParse(tag.Tag.AsSpan().Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : NoVersion;
}
