namespace WaCr.Web.WhatsApp.Sandbox.Http;

/// <summary>Templates, and the uploads of their samples.</summary>
internal sealed class GraphTemplateRoutes(
    GraphAccess access, GraphTemplates templates, GraphTemplateChanges changes, GraphTemplateSets sets, GraphSamples samples) : IGraphCallGroup
{
    public async Task<GraphAnswer?> AnswerAsync(GraphRequest request)
    {
        var token = request.Token;
        return (request.Method, request.Path) switch
        {
            ("GET", [var account, "message_templates"]) => templates.List(token, account, QueryOf(request.Http)),
            ("POST", [var account, "message_templates"]) => await request.WithJsonAsync(body => changes.Create(token, account, body)),
            ("DELETE", [var account, "message_templates"]) =>
                changes.Delete(token, account, request.Query("name"), request.Query("hsm_id")),
            ("POST", [var account, "message_templates", ("archive" or "unarchive") and var wish]) =>
                await request.WithJsonAsync(body => changes.Archive(token, account, body, wish == "archive")),
            ("POST", [var account, "upsert_message_templates"]) => await request.WithJsonAsync(body => sets.Upsert(token, account, body)),
            ("GET", [var id, "compare"]) =>
                sets.Compare(token, id, request.Query("template_ids"), request.Query("start"), request.Query("end")),
            ("POST", [var id, "unpause"]) => changes.Unpause(token, id),
            ("POST", [var app, "uploads"]) => samples.Begin(token, app, request.Query("file_length"), request.Query("file_type")),
            ("POST", [var session]) when GraphSamples.IsSession(session) => await UploadAsync(request, session),
            _ => null,
        };
    }

    private async Task<GraphAnswer> UploadAsync(GraphRequest request, string session)
    {
        request.AllowBody(MediaRules.MaxUpload);
        try
        {
            using var bytes = new MemoryStream();
            await request.Http.Body.CopyToAsync(bytes, request.Aborted);
            return samples.Upload(request.Token, session, request.Http.Headers["file_offset"], bytes.ToArray());
        }
        catch (IOException)
        {
            return access.Refuse(Refusal.Unsupported("The file is too large, or breaks off."));
        }
    }

    private static TemplateQuery QueryOf(HttpRequest request)
    {
        var query = request.Query;
        string? Value(string name) => query[name] is { Count: > 0 } values ? values.ToString() : null;
        return new TemplateQuery(
            Value("limit") is { } limit
                ? int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? number
                : 0
                : null,
            Value("after"),
            Value("before"),
            Value("fields"),
            (direction, cursor) =>
            {
                var others = query.Where(pair => pair.Key is not ("after" or "before"))
                    .Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value.ToString())}");
                return $"{request.Scheme}://{request.Host}{request.Path}?{string.Join('&', [.. others, $"{direction}={Uri.EscapeDataString(cursor)}"])}";
            })
        {
            Summary = Value("summary"),
            Name = Value("name"),
            NameOrContent = Value("name_or_content"),
            Status = Value("status"),
            Category = Value("category"),
            Language = Value("language"),
            QualityScore = Value("quality_score"),
        };
    }
}
