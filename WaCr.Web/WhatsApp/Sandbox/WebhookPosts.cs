using System.Net.Http.Headers;
using System.Text;

namespace WaCr.Web.WhatsApp.Sandbox;

/// <summary>Posts events as Meta does: signed, retried unless answered with 200, and only after verifying the URL.</summary>
internal sealed partial class WebhookPosts(SandboxWorld world, HttpClient http, ILogger<WebhookPosts> logger)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var (again, events) = await world.Outbox.TakeAsync(world, cancellationToken);
            try
            {
                if ((again ?? Write(events)) is { } delivery)
                {
                    await PostAsync(delivery, cancellationToken);
                }
            }
            catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
            {
                Log.PostFailed(logger, failure); // only this post failed
            }
            finally
            {
                world.Outbox.Posted(again is null ? events.Count : 1);
            }
        }
    }

    /// <summary>Sends the verification request; null on success, else why it failed.</summary>
    public async Task<string?> ShakeHandsAsync(Uri address, string verifyToken, CancellationToken cancellationToken)
    {
        var challenge = world.Do(() => world.Ids.Number("challenge"));
        var separator = address.Query.Length > 0 ? "&" : "?";
        var question = new Uri(
            $"{address.AbsoluteUri}{separator}hub.mode=subscribe&hub.verify_token={Uri.EscapeDataString(verifyToken)}&hub.challenge={challenge}");
        using var timeout = WithTimeout(cancellationToken);
        try
        {
            using var answer = await http.GetAsync(question, timeout.Token);
            var body = await answer.Content.ReadAsStringAsync(timeout.Token);
            return (int)answer.StatusCode != 200 ? $"The answer's status was {(int)answer.StatusCode}."
                : body != challenge ? "The answer was not the challenge."
                : null;
        }
        catch (Exception failure) when (failure is HttpRequestException || IsTimeout(failure, cancellationToken))
        {
            return "There was no answer.";
        }
    }

    /// <summary>Null if no URL is set. Read now, since it may have changed while the events waited.</summary>
    private WebhookDelivery? Write(IReadOnlyList<SandboxEvent> events)
    {
        if (events is not [var first, ..] || world.FindNumber(first.Number.PhoneNumberId) is not { WebhookUrl: { } address } number)
        {
            return null;
        }

        var now = world.Clock.Now;
        var body = AsciiJson.Bytes(WebhookBodies.Envelope(number.BusinessAccountId, now, events.Select(part => (part.Field, part.Value))));
        return world.Outbox.Record(number, address, now, body);
    }

    private async Task PostAsync(WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        var status = await AnswerAsync(delivery, cancellationToken);
        world.Do(() =>
        {
            delivery.Answers = [.. delivery.Answers, status];
            world.Show();
            if (status != 200 && delivery.Answers.Count <= world.Behaviour.RetryDelays.Count)
            {
                world.Later(new RetryDue(world.Clock.Now + world.Behaviour.RetryDelays[delivery.Answers.Count - 1], delivery.Id));
            }

            return status;
        });
    }

    private async Task<int> AnswerAsync(WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, delivery.Address) { Content = new ByteArrayContent(delivery.Body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", Encoding.UTF8.WebName);
        request.Headers.Add(WebhookSignature.Header, delivery.Signature);
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("facebookexternalua", null));
        using var timeout = WithTimeout(cancellationToken);
        try
        {
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, timeout.Token);
            return (int)answer.StatusCode;
        }
        catch (Exception failure) when (failure is HttpRequestException || IsTimeout(failure, cancellationToken))
        {
            return 0;
        }
    }

    private CancellationTokenSource WithTimeout(CancellationToken cancellationToken)
    {
        var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(world.Behaviour.WebhookTimeout);
        return timeout;
    }

    private static bool IsTimeout(Exception failure, CancellationToken cancellationToken) =>
        failure is OperationCanceledException && !cancellationToken.IsCancellationRequested;

    private static partial class Log
    {
        [LoggerMessage(EventId = 6102, Level = LogLevel.Error, Message = "The sandbox could not post a webhook and skips it.")]
        public static partial void PostFailed(ILogger logger, Exception failure);
    }
}
