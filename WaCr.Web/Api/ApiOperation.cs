using System.Text.Json.Nodes;
using WaCr.Web.Api.Requests;

namespace WaCr.Web.Api;

/// <summary>An endpoint's metadata: the scope it requires and its entry in the OpenAPI document.</summary>
/// <param name="Id">Unique; clients are generated with it.</param>
/// <param name="Summary">Verb and resource, as in "Update contact".</param>
internal sealed record ApiOperation(string Id, string Summary, string Scope)
{
    /// <summary>What the call does, in a sentence or two, for people and for language models; the document adds the scope.</summary>
    public string Description { get; init; } = "";

    /// <summary>Set where the operation is going away.</summary>
    public Deprecation? Deprecation { get; init; }

    /// <summary>The document's example of <c>{id}</c>, where it is not 1: what an example deletes is not what the others read.</summary>
    public int? ExampleId { get; init; }

    /// <summary>For a list: its query parameters.</summary>
    public ListSpec? List { get; init; }

    /// <summary>For a single read: the shape whose fields and includes can be selected.</summary>
    public ListSpec? Single { get; init; }

    public JsonObject? Body { get; init; }

    /// <summary>Whether no body stands for an empty object.</summary>
    public bool IsBodyOptional { get; init; }

    /// <summary>The body's form schema, if it may be sent as a form; files are further form fields.</summary>
    public JsonObject? Form { get; init; }

    /// <summary>An example of the body.</summary>
    public JsonObject? Example { get; init; }

    /// <summary>Schema of <c>data</c>; a list's is derived from its shape.</summary>
    public JsonObject? Data { get; init; }

    /// <summary>Properties next to <c>data</c>.</summary>
    public JsonObject? Beside { get; init; }

    /// <summary>For an answer without an envelope: its properties next to <c>success</c>.</summary>
    public JsonObject? Flat { get; init; }

    /// <summary>Media type, if the answer is a file.</summary>
    public string? File { get; init; }

    /// <summary>Whether it takes <c>page</c> and <c>per_page</c> although it is not a standard list.</summary>
    public bool HasPages { get; init; }

    /// <summary>Whether it lets messages go out to customers.</summary>
    public bool Sends { get; init; } = Scope == Security.Permissions.MessagesSend;

    public int SuccessCode { get; init; } = StatusCodes.Status200OK;

    /// <summary>A second success, with the same body; null if there is only one.</summary>
    public int? AcceptedCode { get; init; }

    /// <summary>A second HTTP status of success, if there is one.</summary>
    public int? OtherSuccessCode { get; init; }

    /// <summary>HTTP error statuses that not every operation has.</summary>
    public IReadOnlyList<int> Problems { get; init; } = [];

    /// <summary>Whether the answer carries an ETag and the request may be conditional.</summary>
    public bool HasETag { get; init; }

    /// <summary>As in "Failed to update contact".</summary>
    public string Attempt => char.ToLowerInvariant(Summary[0]) + Summary[1..];
}

internal static class ApiOperationExtensions
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static RouteHandlerBuilder MapRead(
        this IEndpointRouteBuilder endpoints, string pattern, Delegate handler, ApiOperation operation) =>
        endpoints.MapMethods(pattern, Reading, handler).WithMetadata(operation);

    public static RouteHandlerBuilder Describe(this RouteHandlerBuilder route, ApiOperation operation) => route.WithMetadata(operation);
}
