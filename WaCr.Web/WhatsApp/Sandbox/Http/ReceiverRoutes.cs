using System.Text;
using StandardWebhooks;
using StandardWebhooks.Diagnostics;

namespace WaCr.Web.WhatsApp.Sandbox.Http;

/// <summary>
/// Test receivers for webhooks: <c>/sandbox/receivers/{name}</c>. Signatures are checked as a receiver's own library would.
/// </summary>
internal sealed class ReceiverRoutes(SandboxReceivers receivers, TimeProvider time)
{
    private const int MaxBody = 1024 * 1024;
    private const string SignatureHeader = "webhook-signature";

    public async Task ReceiveAsync(HttpContext context)
    {
        if (receivers.Of((string)context.Request.RouteValues["name"]!) is not { } receiver)
        {
            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            return;
        }

        var at = time.GetUtcNow();
        var body = Encoding.UTF8.GetString(await BodyReader.ReadAsync(context.Request, MaxBody));
        var (isValid, problem) = Verify(receiver.Secret, body, context.Request.Headers);
        receiver.Keep(new ReceivedWebhook(
            at, context.Request.Headers["webhook-id"], context.Request.Headers.ToDictionary(
                header => header.Key, header => header.Value.ToString(), StringComparer.Ordinal),
            body, isValid, problem, receiver.Status));
        if (receiver.DelaySeconds > 0)
        {
            await Task.Delay(TimeSpan.FromSeconds(receiver.DelaySeconds), time, context.RequestAborted);
        }

        context.Response.StatusCode = receiver.Status;
        if (receiver.RetryAfterSeconds is { } wait)
        {
            context.Response.Headers.RetryAfter = wait.ToString(CultureInfo.InvariantCulture);
        }

        if (receiver.Status is not (StatusCodes.Status204NoContent or StatusCodes.Status304NotModified))
        {
            await context.Response.WriteAsync(receiver.Answer, context.RequestAborted);
        }
    }

    public static object Describe(string name, SandboxReceivers.Receiver receiver) => new
    {
        Name = name,
        Path = $"{SandboxPaths.Receivers}/{name}",
        HasSecret = receiver.Secret is not null,
        receiver.Status,
        receiver.DelaySeconds,
        receiver.RetryAfterSeconds,
        receiver.Answer,
        receiver.Received,
    };

    private static (bool? IsValid, string? Problem) Verify(string? secret, string body, IHeaderDictionary headers)
    {
        if (secret is null)
        {
            return (null, null);
        }

        // After a change of the secret there is one for each; the library looks at the first alone.
        var signatures = headers[SignatureHeader].ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string? problem = null;
        foreach (var signature in signatures.DefaultIfEmpty(""))
        {
            try
            {
                new StandardWebhook(secret).Verify(
                    body, new HeaderDictionary(headers.ToDictionary(StringComparer.OrdinalIgnoreCase)) { [SignatureHeader] = signature });
                return (true, null);
            }
            catch (Exception failure) when (failure is WebhookVerificationException or FormatException or ArgumentException)
            {
                problem = failure.Message;
            }
        }

        return (false, problem);
    }
}
