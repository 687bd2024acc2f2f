using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using WaCr.Web.Api.Answers;
using WaCr.Web.Api.Auth;
using WaCr.Web.Api.Requests;

namespace WaCr.Web.Api.Mcp;

/// <summary>
/// Nothing of <see cref="Path"/> is reached without a token of a workspace whose plan has the API. Each request counts against its rate
/// limit.
/// </summary>
internal sealed class McpGuard(RequestDelegate next, TokenRateLimits limits)
{
    public const string Path = "/mcp";

    public Task InvokeAsync(HttpContext context) =>
        context.Request.Path.StartsWithSegments(Path, StringComparison.OrdinalIgnoreCase) ? ServeAsync(context) : next(context);

    private async Task ServeAsync(HttpContext context)
    {
        try
        {
            await AnswerAsync(context);
        }
        catch (OperationCanceledException gone) when (RequestBody.HasEndedEarly(context, gone))
        {
            // Nobody waits for an answer.
        }
    }

    private async Task AnswerAsync(HttpContext context)
    {
        context.Response.Headers[ApiHeaders.RequestId] = context.RequestServices.GetRequiredService<ApiCall>().RequestId;
        TokenAdmission admission;
        try
        {
            admission = await TokenGate.EnterAsync(context, limits);
        }
        catch (Exception outage) when (Outage.IsCauseOf(outage))
        {
            await Problem.Unavailable.ExecuteAsync(context);
            return;
        }

        var refusal = admission.Refusal
            ?? (admission.Token is null ? TokenGate.Unknown(context, admission.WasGiven) : TokenGate.PlanOf(admission.Token));
        if (refusal is not null)
        {
            await refusal.ExecuteAsync(context);
            return;
        }

        // Nothing is streamed and no session ends: a client that asks for either must hear 405, and no 404 of the staff app.
        if (!HttpMethods.IsPost(context.Request.Method))
        {
            context.Response.Headers.Allow = HttpMethods.Post;
            await Problem.MethodNotAllowed(context.Request.Method, HttpMethods.Post).ExecuteAsync(context);
            return;
        }

        var caller = context.RequestServices.GetRequiredService<McpCaller>();
        caller.Authorization = context.Request.Headers.Authorization.ToString();
        caller.Address = context.Connection.RemoteIpAddress;
        if (await JsonBody.ReadBytesAsync(context.Request, context.RequestAborted) is not { } body)
        {
            await Problem.TooLarge.ExecuteAsync(context);
            return;
        }

        if (McpMessage.Refuse(body) is { } error)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await context.Response.WriteAsJsonAsync<JsonRpcMessage>(error, McpJsonUtilities.DefaultOptions, context.RequestAborted);
            return;
        }

        context.Request.Body = new MemoryStream(body);
        await next(context);
    }
}
