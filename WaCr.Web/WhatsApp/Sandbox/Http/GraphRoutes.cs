namespace WaCr.Web.WhatsApp.Sandbox.Http;

/// <summary>The sandbox's Cloud API over HTTP, under any version or none.</summary>
/// <param name="groups">Asked in their order; the first that knows the call answers it.</param>
internal sealed partial class GraphRoutes(
    SandboxWorld world, GraphAccess access, GraphMediaRoutes media, IEnumerable<IGraphCallGroup> groups, ILogger<GraphRoutes> logger)
{
    public async Task ServeAsync(HttpContext context)
    {
        var request = new GraphRequest(context.Request, access);
        if (request is { Method: "GET", Path: ["whatsapp_business", "attachments"] })
        {
            await media.DownloadAsync(context, request);
            return;
        }

        try
        {
            await GraphAnswerWriter.WriteAsync(context, world, await TryAnswerAsync(request));
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller has disconnected, which ends a Silence fault.
        }
    }

    // An unexpected exception is refused like any other request, and logged.
    private async Task<GraphAnswer> TryAnswerAsync(GraphRequest request)
    {
        try
        {
            foreach (var group in groups)
            {
                if (await group.AnswerAsync(request) is { } answer)
                {
                    return answer;
                }
            }

            return access.Serve(new(request.Token, "unknown"), _ => access.Refuse(Refusal.UnknownPath(request.Path)));
        }
        catch (Exception failure) when (!request.Aborted.IsCancellationRequested)
        {
            Log.Unforeseen(logger, failure);
            return access.Refuse(new Refusal(100, "The request could not be understood."));
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 6103, Level = LogLevel.Error, Message = "A call to the sandbox Cloud API failed.")]
        public static partial void Unforeseen(ILogger logger, Exception failure);
    }
}
