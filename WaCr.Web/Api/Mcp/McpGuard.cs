using WaCr.Web.Api.Answers;
using WaCr.Web.Api.Auth;

namespace WaCr.Web.Api.Mcp;

/// <summary>
/// Nothing of <see cref="Path"/> is reached without a token of a workspace whose plan has the API. Each request counts against its rate
/// limit.
/// </summary>
internal sealed class McpGuard(RequestDelegate next, TokenRateLimits limits)
{
    public const string Path = "/mcp";

    public async Task InvokeAsync(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments(Path, StringComparison.OrdinalIgnoreCase))
        {
            await next(context);
            return;
        }

        context.Response.Headers[ApiHeaders.RequestId] = context.RequestServices.GetRequiredService<ApiCall>().RequestId;
        var admission = await TokenGate.EnterAsync(context, limits);
        var refusal = admission.Refusal
            ?? (admission.Token is null ? TokenGate.Unknown(context, admission.WasGiven) : TokenGate.PlanOf(admission.Token));
        if (refusal is not null)
        {
            await refusal.ExecuteAsync(context);
            return;
        }

        var caller = context.RequestServices.GetRequiredService<McpCaller>();
        caller.Authorization = context.Request.Headers.Authorization.ToString();
        caller.Address = context.Connection.RemoteIpAddress;
        await next(context);
    }
}
