using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;

namespace WaCr.Web.WhatsApp.Sandbox.Http;

/// <summary>The calls that change templates, and the uploads of their samples.</summary>
internal sealed class GraphTemplateRoutes(GraphAccess access, GraphTemplateChanges templates, GraphTemplateSets sets, GraphSamples samples)
{
    /// <param name="withJson">Reads the body and refuses what is no JSON.</param>
    public async Task<GraphAnswer> AnswerAsync(
        HttpRequest request, string[] path, string? token, Func<Func<JsonElement, GraphAnswer>, Task<GraphAnswer>> withJson)
    {
        var query = request.Query;
        switch (request.Method, path)
        {
            case ("POST", [var account, "message_templates"]):
                return await withJson(body => templates.Create(token, account, body));
            case ("DELETE", [var account, "message_templates"]):
                return templates.Delete(token, account, query["name"], query["hsm_id"]);
            case ("POST", [var account, "message_templates", "archive" or "unarchive"]):
                return await withJson(body => templates.Archive(token, account, body, path[2] == "archive"));
            case ("POST", [var account, "upsert_message_templates"]):
                return await withJson(body => sets.Upsert(token, account, body));
            case ("GET", [var id, "compare"]):
                return sets.Compare(token, id, query["template_ids"], query["start"], query["end"]);
            case ("POST", [var id, "unpause"]):
                return templates.Unpause(token, id);
            case ("POST", [var app, "uploads"]):
                return samples.Begin(token, app, query["file_length"], query["file_type"]);
            case ("POST", [var session]):
                return await UploadAsync(request, token, session);
            default:
                return access.Serve(new(token, "unknown"), _ => access.Refuse(Refusal.Unknown(string.Join('/', path))));
        }
    }

    private async Task<GraphAnswer> UploadAsync(HttpRequest request, string? token, string session)
    {
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = MediaRules.MaxUpload;
        }

        try
        {
            using var bytes = new MemoryStream();
            await request.Body.CopyToAsync(bytes, request.HttpContext.RequestAborted);
            return samples.Upload(token, session, request.Headers["file_offset"], bytes.ToArray());
        }
        catch (IOException)
        {
            return access.Refuse(Refusal.Unsupported("The file is too large, or breaks off."));
        }
    }
}
