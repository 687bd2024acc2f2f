using WaCr.Web.Api.Answers;
using WaCr.Web.Api.Auth;
using WaCr.Web.Api.Requests;
using WaCr.Web.Features.Idempotency;

namespace WaCr.Web.Api;

/// <summary>
/// Handles every request under <see cref="Root"/>, from the token check to the answer. Cookies, antiforgery and pages never see these
/// requests, so no answer is a redirect.
/// </summary>
internal sealed partial class ApiPipeline(
    RequestDelegate next, TokenRateLimits limits, AllowedMethods allowedMethods, ILogger<ApiPipeline> logger)
{
    public const string Root = "/api";

    // The server rejects a longer line with an empty body; its limit is set higher, so that we can answer in our envelope.
    internal const int MaxAddressLength = 8 * 1024;

    public Task InvokeAsync(HttpContext context) =>
        context.Request.Path.StartsWithSegments(Root, StringComparison.OrdinalIgnoreCase) ? ServeAsync(context) : next(context);

    private async Task ServeAsync(HttpContext context)
    {
        RequestBody.LiftServerLimit(context);
        var call = context.RequestServices.GetRequiredService<ApiCall>();
        context.Response.Headers[ApiHeaders.RequestId] = call.RequestId;
        var endpoint = context.GetEndpoint();
        var operation = endpoint?.Metadata.GetMetadata<ApiOperation>();
        operation?.Deprecation?.WriteTo(context.Response.Headers);
        try
        {
            if (await AdmitAsync(context, call, operation) is { } refusal)
            {
                await refusal.ExecuteAsync(context);
                return;
            }

            await (IdempotentRun.IsAskedFor(context.Request)
                ? IdempotentRun.RunAsync(context, call, endpoint!.RequestDelegate!)
                : endpoint!.RequestDelegate!(context));
        }
        catch (OperationCanceledException gone) when (RequestBody.HasEndedEarly(context, gone))
        {
            // Nobody waits for an answer.
        }
        catch (Exception failure) when (!context.Response.HasStarted)
        {
            var hasChanged = context.RequestServices.GetRequiredService<OnceWriter>().Commits > call.CommitsBefore;
            await Answer(failure, operation, hasChanged).ExecuteAsync(context);
        }
    }

    /// <summary>Null if the request may proceed, else why not. An unknown path is answered without asking for a token.</summary>
    private async Task<Problem?> AdmitAsync(HttpContext context, ApiCall call, ApiOperation? operation)
    {
        var services = context.RequestServices;
        var tenant = services.GetRequiredService<TenantContext>();
        tenant.RequestId = call.RequestId;
        var (token, wasGiven, limited) = await TokenGate.EnterAsync(context, limits);
        if (limited is not null)
        {
            return limited;
        }

        if (context.Request.Path.Value!.Length + context.Request.QueryString.Value!.Length > MaxAddressLength)
        {
            return Problem.UriTooLong;
        }

        if (operation is null)
        {
            return Lost(context);
        }

        if (token is null)
        {
            return TokenGate.Unknown(context, wasGiven);
        }

        if (TokenGate.PlanOf(token) is { } notInPlan)
        {
            return notInPlan;
        }

        call.RateLimitPerMinute = token.RateLimitPerMinute;
        if (!tenant.Actor.May(operation.Scope))
        {
            return Problem.MissingScope(operation.Scope);
        }

        if (RequestBody.IsEncoded(context.Request))
        {
            context.Response.Headers.AcceptEncoding = "identity";
            return Problem.Encoded;
        }

        return null;
    }

    private Problem Lost(HttpContext context)
    {
        var methods = allowedMethods.MethodsAt(context.Request.Path);
        if (methods.Count == 0)
        {
            return Problem.NoSuchPath;
        }

        var allowed = string.Join(", ", methods);
        context.Response.Headers.Allow = allowed;
        return Problem.MethodNotAllowed(context.Request.Method, allowed);
    }

    private Problem Answer(Exception failure, ApiOperation? operation, bool hasChanged)
    {
        switch (failure)
        {
            case BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }:
                return Problem.TooLarge;
            case BadHttpRequestException:
                return Problem.Bad("The request could not be read");
            case WriteContentionException:
                Log.Contended(logger, failure);
                return hasChanged ? Problem.Interrupted : Problem.Unavailable;
            case var _ when Outage.IsCauseOf(failure):
                Log.StorageUnavailable(logger, failure); // OutageLog reports it once
                return hasChanged ? Problem.Interrupted : Problem.Unavailable;
            default:
                var attempt = operation?.Attempt ?? "answer the request";
                Log.Failed(logger, failure, attempt);
                return Problem.Unexpected(attempt);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 2001, Level = LogLevel.Error, Message = "Failed to {Attempt}.")]
        public static partial void Failed(ILogger logger, Exception exception, string attempt);

        [LoggerMessage(EventId = 2003, Level = LogLevel.Warning, Message = "Too many writes changed the same rows at once.")]
        public static partial void Contended(ILogger logger, Exception exception);

        [LoggerMessage(EventId = 2002, Level = LogLevel.Debug, Message = "The database is unavailable.")]
        public static partial void StorageUnavailable(ILogger logger, Exception exception);
    }
}
