using System.Net.Mime;
using WaCr.Web.Api.Requests;
using WaCr.Web.Features.Messaging.Inbound;

namespace WaCr.Web.Api.Webhooks;

/// <summary>
/// The address that WhatsApp calls. Anonymous, so requests are limited in size and number, must be signed, and get only a status. A webhook
/// is stored before the 200 and processed afterwards.
/// </summary>
internal static partial class WhatsAppWebhookEndpoints
{
    public const string Path = "/webhooks/whatsapp";

    private const string SignatureHeader = "X-Hub-Signature-256";
    private const int MaxChallenge = 200;
    private const int RetryAfterSeconds = 1;

    public static void MapWhatsAppWebhooks(this IEndpointRouteBuilder endpoints)
    {
        // Short-circuited in routing: it needs no cookies, pages or culture.
        endpoints.MapGet(Path, ShakeHandsAsync).AllowAnonymous().ShortCircuit();
        endpoints.MapPost(Path, ReceiveAsync).AllowAnonymous().ShortCircuit();
    }

    /// <summary>Not signed: verified by the verify token.</summary>
    private static async Task ShakeHandsAsync(HttpContext context, WebhookHandshake handshake)
    {
        var query = context.Request.Query;
        string? challenge = query["hub.challenge"];
        if (query["hub.mode"] != "subscribe" || challenge is not { Length: > 0 and <= MaxChallenge }
            || !await handshake.FitsAsync(query["hub.verify_token"], context.RequestAborted))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        context.Response.ContentType = MediaTypeNames.Text.Plain;
        context.Response.Headers.XContentTypeOptions = "nosniff"; // it is the caller's own text
        await context.Response.WriteAsync(challenge, context.RequestAborted);
    }

    private static async Task ReceiveAsync(HttpContext context, WebhookInbox inbox, WebhookThrottle throttle, ILogger<WebhookInbox> logger)
    {
        RequestBody.LiftServerLimit(context);
        string? signature = context.Request.Headers[SignatureHeader];
        context.Response.StatusCode = signature is null
            ? StatusCodes.Status403Forbidden
            : await TakeInAsync(context, inbox, throttle, signature, logger);
        if (context.Response.StatusCode == StatusCodes.Status503ServiceUnavailable)
        {
            context.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        }
    }

    private static async Task<int> TakeInAsync(
        HttpContext context, WebhookInbox inbox, WebhookThrottle throttle, string signature, ILogger logger)
    {
        using var body = new WebhookBody(throttle);
        try
        {
            // The whole body is read before waiting for a slot, so a slow sender holds up nobody.
            if (await body.ReadAsync(context) is { } refusal)
            {
                return refusal;
            }

            using var turn = await throttle.EnterAsync(context.RequestAborted);
            if (!turn.IsAcquired)
            {
                return StatusCodes.Status503ServiceUnavailable; // WhatsApp retries
            }

            return await inbox.ReceiveAsync(body.Bytes, signature, context.RequestAborted) switch
            {
                WebhookVerdict.Stored or WebhookVerdict.Unneeded => StatusCodes.Status200OK,
                WebhookVerdict.Busy => StatusCodes.Status503ServiceUnavailable,
                _ => StatusCodes.Status403Forbidden,
            };
        }
        catch (BadHttpRequestException bad)
        {
            return bad.StatusCode; // too slow, or disconnected
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return StatusCodes.Status400BadRequest; // the client has disconnected
        }
        catch (Exception failure) when (failure is WriteContentionException || Outage.IsCauseOf(failure))
        {
            Log.NotStored(logger, failure);
            return StatusCodes.Status503ServiceUnavailable;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 2011, Level = LogLevel.Debug, Message = "A webhook could not be stored; WhatsApp will send it again.")]
        public static partial void NotStored(ILogger logger, Exception failure);
    }
}
