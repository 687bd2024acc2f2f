using System.Text.Json.Nodes;
using WaCr.Web.Api.Requests;

namespace WaCr.Web.Api;

/// <summary>What an endpoint is, beside its route: the scope that it asks for, and what the reference tells of it.</summary>
/// <param name="Id">Unique; clients are generated with it.</param>
/// <param name="Summary">Verb and resource, as in "Update contact".</param>
internal sealed record ApiOperation(string Id, string Summary, string Scope)
{
    /// <summary>For a list: what its query string may say.</summary>
    public ListSpec? List { get; init; }

    /// <summary>For a single read: the shape whose fields and includes can be chosen.</summary>
    public ListSpec? Single { get; init; }

    public JsonObject? Body { get; init; }

    /// <summary>The body as a form, where it may come as one: files go beside its fields.</summary>
    public JsonObject? Form { get; init; }

    /// <summary>An example of the body.</summary>
    public JsonObject? Example { get; init; }

    /// <summary>Of <c>data</c>; a list's is made of its shape.</summary>
    public JsonObject? Data { get; init; }

    /// <summary>Properties that stand beside <c>data</c>.</summary>
    public JsonObject? Beside { get; init; }

    /// <summary>For a flat answer: its properties beside <c>success</c>, in place of the envelope.</summary>
    public JsonObject? Flat { get; init; }

    /// <summary>Where it answers a file: the media type.</summary>
    public string? File { get; init; }

    /// <summary>Whether it takes <c>page</c> and <c>per_page</c> without being a list of the usual kind.</summary>
    public bool HasPages { get; init; }

    public int SuccessCode { get; init; } = StatusCodes.Status200OK;

    /// <summary>The ways to fail that not every operation has.</summary>
    public IReadOnlyList<int> Problems { get; init; } = [];

    /// <summary>Whether the answer carries an ETag, and the request may be conditional.</summary>
    public bool HasETag { get; init; }

    /// <summary>As in "Failed to update contact".</summary>
    public string Attempt => char.ToLowerInvariant(Summary[0]) + Summary[1..];
}

internal static class ApiOperationExtensions
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static RouteHandlerBuilder MapRead(this IEndpointRouteBuilder routes, string pattern, Delegate handler, ApiOperation operation) =>
        routes.MapMethods(pattern, Reading, handler).WithMetadata(operation);

    public static RouteHandlerBuilder Describe(this RouteHandlerBuilder route, ApiOperation operation) => route.WithMetadata(operation);
}
