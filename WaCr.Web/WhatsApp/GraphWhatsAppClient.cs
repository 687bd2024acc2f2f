using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;

namespace WaCr.Web.WhatsApp;

/// <summary>The Cloud API over HTTP. <see cref="GraphRetries"/> retries below the <see cref="HttpClient"/>.</summary>
internal sealed partial class GraphWhatsAppClient(GraphCalls calls, IOptions<WhatsAppOptions> options) : IWhatsAppClient
{
    private const int WamidMaxLength = 255;
    private const int TemplatesPerPage = 250;
    private const string TemplateFields =
        "id,name,language,status,category,parameter_format,message_send_ttl_seconds,components,quality_score,rejected_reason";

    public async Task<Result<AcceptedMessage>> SendAsync(
        WhatsAppChannel channel, OutboundMessage message, CancellationToken cancellationToken)
    {
        var edge = channel.HasMarketingApi && message.IsMarketing ? "marketing_messages" : "messages";
        using var request = calls.Request(
            HttpMethod.Post, Path(channel.PhoneNumberId, edge), channel, JsonContent.Create(OutboundJson.Write(message)));
        var answer = await calls.AskAsync<GraphWire.Accepted>(request, cancellationToken);
        if (!answer.Succeeded)
        {
            return answer.Error;
        }

        var person = answer.Value.Contacts is [var first, ..] ? first : null;

        // Without an id that can be stored, no status could be matched to this message.
        return answer.Value.Messages is [{ Id: { Length: <= WamidMaxLength } id, MessageStatus: var status }, ..]
            && !string.IsNullOrWhiteSpace(id)
            && TextRule.IsStorable(id)
            ? new AcceptedMessage(
                id, Kept(person?.WaId, Inbound.Person.WaIdMaxLength), Kept(person?.UserId, Inbound.Person.UserIdMaxLength),
                IsHeld: status is "held_for_quality_assessment" or "paused")
            : new WhatsAppUncertain();
    }

    public async Task<Result<Done>> MarkReadAsync(
        WhatsAppChannel channel, string messageId, bool typing, CancellationToken cancellationToken)
    {
        var body = new JsonObject { ["messaging_product"] = "whatsapp", ["status"] = "read", ["message_id"] = messageId };
        if (typing)
        {
            body["typing_indicator"] = new JsonObject { ["type"] = "text" };
        }

        using var request = calls.Request(
            HttpMethod.Post, Path(channel.PhoneNumberId, "messages"), channel, JsonContent.Create(body), repeatable: true);
        var answer = await calls.AskAsync<GraphWire.Success>(request, cancellationToken);
        return answer switch
        {
            { Succeeded: false } => answer.Error,
            { Value.Succeeded: false } => new WhatsAppUnavailable(),
            _ => default(Done),
        };
    }

    public async Task<Result<string>> UploadMediaAsync(WhatsAppChannel channel, MediaUpload upload, CancellationToken cancellationToken)
    {
        var file = new StreamContent(upload.Content);
        file.Headers.ContentType = MediaTypeHeaderValue.Parse(upload.ContentType);
        using var form = new MultipartFormDataContent
        {
            { new StringContent("whatsapp"), "messaging_product" },
            { new StringContent(upload.ContentType), "type" },
            { file, "file", upload.FileName },
        };
        // A duplicate upload is harmless; WhatsApp deletes files after 30 days.
        using var request = calls.Request(HttpMethod.Post, Path(channel.PhoneNumberId, "media"), channel, form, repeatable: true);
        return Map(await calls.AskAsync<GraphWire.Identified>(request, cancellationToken), media => media.Id);
    }

    public async Task<Result<MediaDescription>> DownloadMediaAsync(
        WhatsAppChannel channel, string mediaId, Stream target, long maximumBytes, CancellationToken cancellationToken)
    {
        // The URL is valid for five minutes, so it is fetched each time and never stored.
        using var question = calls.Request(HttpMethod.Get, Path(mediaId), channel, repeatable: true);
        var found = await calls.AskAsync<GraphWire.Media>(question, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Error;
        }

        var media = found.Value;
        if (media.FileSize > maximumBytes)
        {
            return new MediaTooLarge(maximumBytes);
        }

        if (!calls.MaySendTokenTo(media.Url))
        {
            return new WhatsAppUnavailable();
        }

        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(options.Value.DownloadTimeout);
        using var request = GraphCalls.Request(HttpMethod.Get, media.Url, channel, repeatable: true);
        try
        {
            return await calls.StreamAsync<MediaDescription>(request, async answer =>
                await (await answer.Content.ReadAsStreamAsync(timeout.Token)).CopyToAsync(target, maximumBytes, timeout.Token) is { } size
                    ? new MediaDescription(media.Id, media.Url, media.MimeType, media.Sha256, size)
                    : new MediaTooLarge(maximumBytes), timeout.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new WhatsAppUnavailable();
        }
    }

    public async Task<Result<TemplatePage>> ListTemplatesAsync(WhatsAppChannel channel, string? cursor, CancellationToken cancellationToken)
    {
        var after = cursor is null ? "" : $"&after={Uri.EscapeDataString(cursor)}";
        using var request = calls.Request(
            HttpMethod.Get,
            $"{Path(channel.BusinessAccountId, "message_templates")}?fields={TemplateFields}&limit={TemplatesPerPage}{after}",
            channel,
            repeatable: true);
        return Map(await calls.AskAsync<GraphWire.Templates>(request, cancellationToken), page => new TemplatePage(
            [.. page.Data.Select(Describe).OfType<TemplateDescription>()],
            page.Paging is { Next: not null } paging ? paging.Cursors?.After : null)
        {
            Skipped = [.. page.Data.Where(template => Describe(template) is null).Select(NameOf)],
        });
    }

    /// <summary>Null if it is not a known template; the page's other templates are still read.</summary>
    private static TemplateDescription? Describe(JsonElement element)
    {
        try
        {
            return element.Deserialize<GraphWire.Template>(GraphWire.Json) is { } template ? DescriptionOf(template) : null;
        }
        catch (JsonException)
        {
            return null; // listed as skipped
        }
    }

    private static string NameOf(JsonElement template) =>
        template.ValueKind == JsonValueKind.Object
            && template.TryGetProperty("name", out var name)
            && TextOf(name) is { } text
            ? text
            : "?";

    private static string? Kept(string? id, int maxLength) =>
        id is { Length: > 0 } && id.Length <= maxLength && TextRule.IsStorable(id) ? id : null;

    private static string Path(params IEnumerable<string> parts) => string.Join('/', parts.Select(Uri.EscapeDataString));

    private static Result<TOut> Map<TIn, TOut>(Result<TIn> result, Func<TIn, TOut> map) =>
        result.Succeeded ? map(result.Value) : result.Error;
}
