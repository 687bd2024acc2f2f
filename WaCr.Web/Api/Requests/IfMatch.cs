using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using WaCr.Web.Common;

namespace WaCr.Web.Api.Requests;

/// <summary>The versions that a conditional request names.</summary>
internal sealed class IfMatch : IBindableFromHttpContext<IfMatch>
{
    // No contact has it, so a tag that is not one of ours never matches.
    private const long NoVersion = -1;

    private readonly IReadOnlyList<long>? _versions;

    private IfMatch(IReadOnlyList<long>? versions) => _versions = versions;

    /// <summary>Tries a change against the versions that will do, of which there is one nearly always.</summary>
    public async Task<Result<T>> TryAsync<T>(Func<long?, Task<Result<T>>> change)
    {
        var result = await change(_versions?[0]);
        return result.Error is StaleVersionError stale && _versions!.Contains(stale.CurrentVersion) ? await change(stale.CurrentVersion) : result;
    }

    /// <summary>
    /// Reads <c>If-Match</c>. A weak tag counts as the strong one, unlike in RFC 9110: proxies that compress weaken the tag that they pass on,
    /// and what it names here is a version and not bytes.
    /// </summary>
    public static ValueTask<IfMatch?> BindAsync(HttpContext context, ParameterInfo parameter) =>
        ValueTask.FromResult<IfMatch?>(Read(context.Request.Headers.IfMatch));

    private static IfMatch Read(StringValues header)
    {
        if (header.Count == 0)
        {
            return new IfMatch(null);
        }

        var tags = Parse(header);
        return tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any))
            ? new IfMatch(null)
            : new IfMatch(tags.Select(VersionOf).DefaultIfEmpty(NoVersion).ToList());
    }

    /// <summary>Whether <c>If-None-Match</c> names <paramref name="etag"/>; there a weak tag will do.</summary>
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
