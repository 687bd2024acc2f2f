using Microsoft.AspNetCore.Routing.Template;

namespace WaCr.Web.Api;

/// <summary>For requests that match no endpoint: the methods that their path allows.</summary>
internal sealed class AllowedMethods(EndpointDataSource endpoints)
{
    /// <summary>The methods allowed at <paramref name="path"/>; empty if the path is unknown.</summary>
    public IReadOnlyList<string> MethodsAt(PathString path) =>
    [
        .. endpoints.Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<ApiOperation>() is not null && Matches(endpoint, path))
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [])
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
    ];

    private static bool Matches(RouteEndpoint endpoint, PathString path) =>
        new TemplateMatcher(new RouteTemplate(endpoint.RoutePattern), []).TryMatch(path, []);
}
