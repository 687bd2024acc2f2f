using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace WaCr.Web.WhatsApp;

/// <summary>Templates made and changed at WhatsApp.</summary>
internal sealed partial class GraphWhatsAppClient
{
    public async Task<Result<TemplateDescription>> FindTemplateAsync(
        WhatsAppChannel channel, string templateId, CancellationToken cancellationToken)
    {
        using var request = calls.Request(HttpMethod.Get, $"{Path(templateId)}?fields={TemplateFields}", channel, repeatable: true);
        var answer = await calls.AskAsync<GraphWire.Template>(request, cancellationToken);
        return !answer.Succeeded ? answer.Error
            : DescriptionOf(answer.Value) is { } template ? template
            : new WhatsAppUnavailable(WhatsAppUnavailable.Unreadable);
    }

    public async Task<Result<CreatedTemplate>> CreateTemplateAsync(
        WhatsAppChannel channel, TemplateSubmission template, CancellationToken cancellationToken)
    {
        var body = new JsonObject
        {
            ["name"] = template.Name,
            ["language"] = template.Language,
            ["category"] = template.Category,
            ["parameter_format"] = template.ParameterFormat,
            ["components"] = JsonNode.Parse(template.Components.GetRawText()),
        };
        AddTtl(body, template.MessageSendTtlSeconds);
        using var request = calls.Request(
            HttpMethod.Post, Path(channel.BusinessAccountId, "message_templates"), channel, JsonContent.Create(body));
        return Map(
            await calls.AskAsync<GraphWire.Created>(request, cancellationToken),
            created => new CreatedTemplate(created.Id, created.Status ?? "PENDING", created.Category ?? template.Category));
    }

    public Task<Result<Done>> EditTemplateAsync(
        WhatsAppChannel channel, string templateId, TemplateEdit edit, CancellationToken cancellationToken)
    {
        var body = new JsonObject();
        if (edit.Category is { } category)
        {
            body["category"] = category;
        }

        if (edit.Components is { } components)
        {
            body["components"] = JsonNode.Parse(components.GetRawText());
        }

        AddTtl(body, edit.MessageSendTtlSeconds);
        // An edit counts towards WhatsApp's limit of edits, so it is never repeated by itself.
        return DoAsync(calls.Request(HttpMethod.Post, Path(templateId), channel, JsonContent.Create(body)), cancellationToken);
    }

    public Task<Result<Done>> DeleteTemplateAsync(
        WhatsAppChannel channel, string name, string? templateId, CancellationToken cancellationToken)
    {
        var one = templateId is null ? "" : $"&hsm_id={Uri.EscapeDataString(templateId)}";
        return DoAsync(
            calls.Request(
                HttpMethod.Delete, $"{Path(channel.BusinessAccountId, "message_templates")}?name={Uri.EscapeDataString(name)}{one}",
                channel),
            cancellationToken);
    }

    public Task<Result<Done>> UnpauseTemplateAsync(WhatsAppChannel channel, string templateId, CancellationToken cancellationToken) =>
        DoAsync(
        calls.Request(HttpMethod.Post, Path(templateId, "unpause"), channel, JsonContent.Create(new JsonObject()), repeatable: true),
        cancellationToken);

    public Task<Result<Done>> ArchiveTemplatesAsync(
        WhatsAppChannel channel, IReadOnlyList<string> templateIds, bool archived, CancellationToken cancellationToken)
    {
        var body = new JsonObject { ["hsm_ids"] = new JsonArray([.. templateIds.Select(id => JsonValue.Create(id))]) };
        var path = Path(channel.BusinessAccountId, "message_templates", archived ? "archive" : "unarchive");
        return DoAsync(calls.ArchiveRequest(path, channel, JsonContent.Create(body)), cancellationToken);
    }

    public async Task<Result<string>> UploadSampleAsync(WhatsAppChannel channel, MediaUpload upload, CancellationToken cancellationToken)
    {
        // Samples are uploaded to the app that the token belongs to, not to the account.
        var token = await FindTokenAsync(channel, cancellationToken);
        if (!token.Succeeded)
        {
            return token.Error;
        }

        if (token.Value.AppId is not { } appId)
        {
            return new WhatsAppUnavailable(WhatsAppUnavailable.Unreadable);
        }

        var query = string.Create(
            CultureInfo.InvariantCulture,
            $"file_name={Uri.EscapeDataString(upload.FileName)}&file_length={upload.Content.Length}&file_type={Uri.EscapeDataString(upload.ContentType)}");
        using var beginning = calls.Request(HttpMethod.Post, $"{Path(appId, "uploads")}?{query}", channel, repeatable: true);
        var begun = await calls.AskAsync<GraphWire.Identified>(beginning, cancellationToken);
        if (!begun.Succeeded)
        {
            return begun.Error;
        }

        // The id holds its own query, so it is not escaped; nothing else may be followed.
        if (!begun.Value.Id.StartsWith("upload:", StringComparison.Ordinal))
        {
            return new WhatsAppUnavailable(WhatsAppUnavailable.Unreadable);
        }

        var file = new StreamContent(upload.Content);
        file.Headers.ContentType = MediaTypeHeaderValue.Parse(upload.ContentType);
        using var sending = calls.Request(HttpMethod.Post, begun.Value.Id, channel, file, repeatable: true);
        sending.Headers.Authorization = new AuthenticationHeaderValue("OAuth", channel.AccessToken);
        sending.Headers.Add("file_offset", "0");
        return Map(await calls.AskAsync<GraphWire.Handle>(sending, cancellationToken), handle => handle.Value);
    }

    private async Task<Result<Done>> DoAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using (request)
        {
            var answer = await calls.AskAsync<GraphWire.Success>(request, cancellationToken);
            return answer switch
            {
                { Succeeded: false } => answer.Error,
                { Value.Succeeded: false } => new WhatsAppUnavailable(),
                _ => default(Done),
            };
        }
    }

    /// <summary>Null without a list of components, or if a text in it cannot be stored.</summary>
    private static TemplateDescription? DescriptionOf(GraphWire.Template template) =>
        template.Components.ValueKind != JsonValueKind.Array || !template.Components.HasStorableTexts()
        ? null
        : new(
            template.Id, template.Name, template.Language, template.Status, template.Category, template.ParameterFormat,
            template.MessageSendTtlSeconds, template.Components)
        {
            Quality = QualityOf(template.QualityScore),
            RejectedReason = TextOf(template.RejectedReason),
        };

    private static void AddTtl(JsonObject body, int? seconds)
    {
        if (seconds is { } given)
        {
            body["message_send_ttl_seconds"] = given;
        }
    }

    /// <summary>An object with a score, or the word alone.</summary>
    private static string? QualityOf(JsonElement quality) => quality.ValueKind switch
    {
        JsonValueKind.Object when quality.TryGetProperty("score", out var score) => TextOf(score),
        _ => TextOf(quality),
    };

    /// <summary>Null if it is no text, or holds half a surrogate pair.</summary>
    private static string? TextOf(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && JsonValues.IsUnicode(value) ? value.GetString() : null;
}
