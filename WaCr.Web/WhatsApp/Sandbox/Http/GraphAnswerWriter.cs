namespace WaCr.Web.WhatsApp.Sandbox.Http;

/// <summary>Sends an answer as Graph would: in time or late, whole, truncated, or never.</summary>
internal static class GraphAnswerWriter
{
    public static async Task WriteAsync(HttpContext context, SandboxWorld world, GraphAnswer answer)
    {
        var response = context.Response;
        if (answer.EventsFirst && answer.Afterwards is { } now)
        {
            now();
            await world.Outbox.IdleAsync().WaitAsync(context.RequestAborted);
        }

        if (answer.Delay > TimeSpan.Zero)
        {
            await WaitAsync(context, world, answer);
        }

        var bytes = AsciiJson.Bytes(answer.Body);
        response.StatusCode = answer.Status;
        response.ContentType = "application/json; charset=UTF-8";
        response.Headers["facebook-api-version"] = "v25.0";
        if (answer.RetryAfter is { } wait)
        {
            response.Headers.RetryAfter = ((int)wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        if (answer.Status == StatusCodes.Status429TooManyRequests)
        {
            response.Headers["X-Business-Use-Case-Usage"] =
                """{"102290129340398":[{"type":"messages","call_count":100,"total_cputime":25,"total_time":25,"estimated_time_to_regain_access":1}]}""";
        }

        switch (answer.Fault)
        {
            case Fault.Silence:
                Follow(answer);
                await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted);
                return;
            case Fault.HalfJson:
                response.ContentLength = bytes.Length;
                await response.Body.WriteAsync(bytes.AsMemory(0, bytes.Length / 2));
                await response.Body.FlushAsync();
                Follow(answer);
                context.Abort();
                return;
            case Fault.Html:
                response.ContentType = "text/html";
                await response.WriteAsync(
                    "<html><head><title>Sorry, something went wrong.</title></head><body>We're working on it.</body></html>");
                break;
            default:
                response.ContentLength = bytes.Length;
                await response.Body.WriteAsync(bytes);
                break;
        }

        await response.CompleteAsync();
        Follow(answer);
    }

    // An accepted message is processed even if the caller disconnects meanwhile.
    private static async Task WaitAsync(HttpContext context, SandboxWorld world, GraphAnswer answer)
    {
        try
        {
            await Task.Delay(answer.Delay, world.Clock.Server, context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            Follow(answer);
            throw;
        }
    }

    private static void Follow(GraphAnswer answer)
    {
        if (!answer.EventsFirst)
        {
            answer.Afterwards?.Invoke();
        }
    }
}
