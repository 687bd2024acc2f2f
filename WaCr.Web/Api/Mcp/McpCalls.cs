using System.Net;
using System.Text;
using System.Text.Json;
using ModelContextProtocol.Protocol;
using WaCr.Web.Api.Auth;

namespace WaCr.Web.Api.Mcp;

/// <summary>Who calls over MCP; set by <see cref="McpGuard"/>, for the length of one request.</summary>
internal sealed class McpCaller
{
    public string Authorization { get; set; } = "";

    public IPAddress? Address { get; set; }
}

/// <summary>
/// Carries a tool's call out as the request to the API that it stands for, in a scope of its own and through the same pipeline: token,
/// scope, idempotency, audit and answers are those of the API.
/// </summary>
internal sealed class McpCalls(
    IServiceScopeFactory scopes, TokenRateLimits limits, AllowedMethods allowedMethods, ILogger<ApiPipeline> logger)
{
    private static readonly Dictionary<string, string> Headers = new(StringComparer.Ordinal)
    {
        [McpTools.ArgumentOf(ApiHeaders.IdempotencyKey)] = ApiHeaders.IdempotencyKey,
        ["if_match"] = "If-Match",
    };

    private readonly ApiPipeline _pipeline = new(_ => Task.CompletedTask, limits, allowedMethods, logger);

    public async Task<CallToolResult> CallAsync(
        McpTool tool, IDictionary<string, JsonElement> arguments, McpCaller caller, CancellationToken cancellationToken)
    {
        if (tool.ProblemOf(arguments) is { } problem)
        {
            return new CallToolResult { Content = [new TextContentBlock { Text = problem }], IsError = true };
        }

        await using var scope = scopes.CreateAsyncScope();
        using var answer = new MemoryStream();
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider, RequestAborted = cancellationToken };
        context.Connection.RemoteIpAddress = caller.Address;
        context.RequestServices.GetRequiredService<TenantContext>().ClientAddress = ClientAddress.Of(caller.Address);
        context.Items[TokenGate.IsCounted] = true; // the request that brought the call was
        context.Response.Body = answer;
        Fill(context.Request, tool, arguments);
        context.Request.Headers.Authorization = caller.Authorization;
        context.SetEndpoint(tool.Entry.Endpoint);
        await _pipeline.InvokeAsync(context);
        await context.Response.CompleteAsync();
        return new CallToolResult
        {
            Content = [new TextContentBlock { Text = Encoding.UTF8.GetString(answer.ToArray()) }],
            IsError = context.Response.StatusCode >= StatusCodes.Status400BadRequest,
        };
    }

    private static void Fill(HttpRequest request, McpTool tool, IDictionary<string, JsonElement> arguments)
    {
        var path = tool.Entry.Path;
        var query = new StringBuilder();
        foreach (var (name, value) in arguments.Where(argument =>
            argument.Value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined)))
        {
            if (name == McpTools.Body)
            {
                var body = JsonSerializer.SerializeToUtf8Bytes(value);
                request.Body = new MemoryStream(body);
                request.ContentLength = body.Length;
                request.ContentType = "application/json";
            }
            else if (Headers.TryGetValue(name, out var header))
            {
                request.Headers[header] = Text(value);
            }
            else if (tool.Entry.Endpoint.RoutePattern.GetParameter(name) is not null)
            {
                request.RouteValues[name] = Text(value);
                path = path.Replace($"{{{name}}}", Uri.EscapeDataString(Text(value)), StringComparison.Ordinal);
            }
            else
            {
                Add(query, name, value);
            }
        }

        request.Method = tool.Entry.Method;
        request.Scheme = Uri.UriSchemeHttps;
        request.Path = PathString.FromUriComponent(path);
        request.QueryString = new QueryString(query.ToString());
    }

    // {"city": {"like": "a"}} is filter[city][like]=a. Ends where the pipeline refuses the address for its length.
    private static void Add(StringBuilder query, string name, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object || name.Length > ApiPipeline.MaxAddressLength)
        {
            query.Append(query.Length == 0 ? '?' : '&')
                .Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(Text(value)));
            return;
        }

        foreach (var member in value.EnumerateObject())
        {
            if (query.Length > ApiPipeline.MaxAddressLength)
            {
                return;
            }

            Add(query, $"{name}[{member.Name}]", member.Value);
        }
    }

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Array => string.Join(',', value.EnumerateArray().Select(Text)),
        _ => value.GetRawText(),
    };
}
