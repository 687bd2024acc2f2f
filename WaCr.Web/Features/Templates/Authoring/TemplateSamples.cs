using System.Text.Json;
using System.Text.Json.Nodes;
using WaCr.Web.Downloads;
using WaCr.Web.Features.Channels;
using WaCr.Web.Features.Files;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Features.Templates.Authoring;

/// <summary>Uploads sample files of templates' headers; WhatsApp reviews them with the text.</summary>
public sealed class TemplateSamples(
    FileStore store, RemoteFiles remote, ChannelDirectory channels, IWhatsAppClient whatsApp, TenantContext tenant)
{
    private static readonly FileType[] Taken = [FileType.Jpeg, FileType.Png, FileType.Mp4, FileType.Pdf];

    /// <summary>Uploads a file of the app; returns its handle.</summary>
    /// <param name="channelId">A number of the account that gets the template; null for the first.</param>
    public async Task<Result<string>> UploadAsync(
        long? channelId, Stream content, FileType type, string fileName, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.TemplatesWrite) is { } forbidden)
        {
            return forbidden;
        }

        if (!Taken.Contains(type))
        {
            return new FileKindError(type.Kind);
        }

        var wanted = channelId ?? (await channels.ListAccountsAsync(cancellationToken)).Cast<long?>().FirstOrDefault();
        if (wanted is not { } id)
        {
            return new WhatsAppNotConfiguredError();
        }

        var opened = await channels.OpenAsync(id, cancellationToken);
        return opened.Succeeded ? await SendAsync(opened.Value, content, type, fileName, cancellationToken) : opened.Error;
    }

    /// <summary>Replaces each sample given as an address by the handle of the file there. Only public hosts are reached.</summary>
    internal async Task<Result<JsonElement>> ResolveAsync(OpenChannel channel, JsonElement components, CancellationToken cancellationToken)
    {
        var all = JsonNode.Parse(components.GetRawText())!.AsArray();
        var errors = new FieldErrors();
        foreach (var (header, path) in Headers(all, TemplateAuthoringFields.Components))
        {
            if ((header["example"] as JsonObject)?["header_handle"] is not JsonArray { Count: > 0 } handles || !IsAddress(handles[0], out var address))
            {
                continue;
            }

            var field = $"{path}.example";
            var uploaded = await FetchAsync(channel, field, address, KindOf(header["format"]?.ToString()), cancellationToken);
            if (uploaded.Error is ValidationError invalid)
            {
                errors.AddAll(invalid.Fields);
            }
            else if (!uploaded.Succeeded)
            {
                return uploaded.Error;
            }
            else
            {
                handles[0] = uploaded.Value;
            }
        }

        return errors.Any ? new ValidationError(errors) : JsonElement.Parse(all.ToJsonString());
    }

    private async Task<Result<string>> FetchAsync(
        OpenChannel channel, string field, string address, FileKind kind, CancellationToken cancellationToken)
    {
        await using var draft = store.OpenDraft();
        var fetched = await remote.DownloadAsync(field, address, FileType.MaxBytesOf(kind), draft, cancellationToken);
        if (!fetched.Succeeded)
        {
            return fetched.Error;
        }

        var type = await FileContent.DetectAsync(draft, fetched.Value.FileName, cancellationToken);
        return type is not null && type.Kind == kind && Taken.Contains(type)
            ? await SendAsync(channel, draft, type, fetched.Value.FileName ?? $"sample.{type.Extension}", cancellationToken)
            : new ValidationError(field, TemplateRuleErrors.SampleRequired);
    }

    private async Task<Result<string>> SendAsync(
        OpenChannel channel, Stream content, FileType type, string fileName, CancellationToken cancellationToken)
    {
        content.Position = 0;
        var sent = await whatsApp.UploadSampleAsync(channel.Access, new MediaUpload(content, type.ContentType, fileName), cancellationToken);
        await channels.NoteAsync(channel, sent.Error);
        return sent.Error is WhatsAppRefused { Kind: not GraphErrorKind.CredentialRefused } refused ? TemplateCalls.Refused(refused) : sent;
    }

    /// <summary>The headers of the template and of its cards.</summary>
    private static IEnumerable<(JsonObject Header, string Path)> Headers(JsonArray components, string path)
    {
        foreach (var (index, component) in components.OfType<JsonObject>().Index())
        {
            var at = string.Create(CultureInfo.InvariantCulture, $"{path}.{index}");
            if (IsA(component, "HEADER"))
            {
                yield return (component, at);
            }

            foreach (var (number, card) in (component["cards"] as JsonArray ?? []).OfType<JsonObject>().Index())
            {
                foreach (var header in Headers(card["components"] as JsonArray ?? [], string.Create(CultureInfo.InvariantCulture, $"{at}.cards.{number}.components")))
                {
                    yield return header;
                }
            }
        }
    }

    private static bool IsA(JsonObject component, string type) =>
        component["type"] is JsonValue value && value.TryGetValue<string>(out var word) && word.Equals(type, StringComparison.OrdinalIgnoreCase);

    private static bool IsAddress(JsonNode? handle, out string address)
    {
        address = handle is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";
        return address.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || address.StartsWith("http://", StringComparison.OrdinalIgnoreCase);
    }

    private static FileKind KindOf(string? format) => format?.ToUpperInvariant() switch
    {
        "IMAGE" => FileKind.Image,
        "VIDEO" => FileKind.Video,
        _ => FileKind.Document,
    };
}
