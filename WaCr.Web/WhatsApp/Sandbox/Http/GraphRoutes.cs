using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.Features;

namespace WaCr.Web.WhatsApp.Sandbox.Http;

/// <summary>The sandbox's Cloud API over HTTP, under any version or none.</summary>
internal sealed partial class GraphRoutes(
    SandboxWorld world, GraphAccess access, GraphSends sends, GraphMedia media, GraphTemplates templates,
    GraphTemplateRoutes templateChanges, GraphNumberRoutes numbers, GraphSetUpRoutes setUp, GraphBlockRoutes blocks, GraphAccounts accounts,
    GraphObjects objects,
    ILogger<GraphRoutes> logger)
{
    private const int MaxJson = 4 * 1024 * 1024;
    private const int RoomForAForm = 64 * 1024;

    public async Task ServeAsync(HttpContext context)
    {
        var request = context.Request;
        var path = ((string?)request.RouteValues["path"] ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (path is [var version, .. var rest] && Version.IsMatch(version))
        {
            path = rest;
        }

        var token = TokenOf(request);
        if (request.Method == "GET" && path is ["whatsapp_business", "attachments"])
        {
            await DownloadAsync(context, token);
            return;
        }

        try
        {
            await GraphAnswerWriter.WriteAsync(context, world, await TryAnswerAsync(request, path, token));
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller has disconnected, which ends a Silence fault.
        }
    }

    // An unexpected exception is refused like any other request, and logged.
    private async Task<GraphAnswer> TryAnswerAsync(HttpRequest request, string[] path, string? token)
    {
        try
        {
            return await AnswerAsync(request, path, token);
        }
        catch (Exception failure) when (!request.HttpContext.RequestAborted.IsCancellationRequested)
        {
            Log.Unforeseen(logger, failure);
            return access.Refuse(new Refusal(100, "The request could not be understood."));
        }
    }

    private async Task<GraphAnswer> AnswerAsync(HttpRequest request, string[] path, string? token)
    {
        var query = request.Query;
        string? fields = query["fields"];
        switch (request.Method, path)
        {
            case ("POST", [var id, "messages"]):
                return await WithJsonAsync(request, body => sends.Post(token, id, body));
            case ("POST", [var id, "media"]):
                return await UploadAsync(request, token, id);
            case ("GET", [var id, "message_templates"]):
                return templates.List(token, id, QueryOf(request));
            case ("POST" or "DELETE", [_, "message_templates", ..] or [_, "unpause"] or [_, "uploads"] or [_, "upsert_message_templates"]):
            case ("GET", [_, "compare"]):
            case ("POST", [var session]) when GraphSamples.IsSession(session):
                return await templateChanges.AnswerAsync(request, path, token, work => WithJsonAsync(request, work));
            case var (method, asked) when GraphBlockRoutes.Serves(method, asked):
                return await blocks.AnswerAsync(request, asked, token, work => WithJsonAsync(request, work));
            case ("GET", [var id, "phone_numbers"]):
                return accounts.ListNumbers(token, id, fields);
            case ("POST", [var id, "phone_numbers"]):
                return await WithJsonAsync(request, body => accounts.AddNumber(token, id, body));
            case ("GET", [var id, ("owned_whatsapp_business_accounts" or "client_whatsapp_business_accounts") and var kind]):
                return accounts.ListAccounts(token, id, fields, kind.StartsWith("owned", StringComparison.Ordinal));
            case var (method, rest) when GraphSetUpRoutes.Serves(method, rest):
                return await setUp.AnswerAsync(request, rest, token, work => WithJsonAsync(request, work));
            case var (method, edge) when GraphNumberRoutes.Serves(method, edge):
                return await numbers.AnswerAsync(request, edge, token, work => WithJsonAsync(request, work));
            case ("GET", [var id]):
                return objects.Get(token, id, fields, $"{request.Scheme}://{request.Host}{request.PathBase}");
            case ("POST", [var id]):
                return await WithJsonAsync(request, body => objects.Edit(token, id, body));
            case ("DELETE", [var id]):
                return objects.Delete(token, id);
            default:
                return access.Serve(new(token, "unknown"), _ => access.Refuse(Refusal.UnknownPath(path)));
        }
    }

    private async Task<GraphAnswer> WithJsonAsync(HttpRequest request, Func<JsonElement, GraphAnswer> work)
    {
        try
        {
            using var body = await GraphParameters.ReadAsync(request, MaxJson);
            return work(body.RootElement);
        }
        catch (JsonException unfit)
        {
            return access.Refuse(new Refusal(100, $"The body is no JSON. {unfit.Message}"));
        }
        catch (IOException)
        {
            return access.Refuse(Refusal.Unsupported("The body is too large, or breaks off."));
        }
    }

    private async Task<GraphAnswer> UploadAsync(HttpRequest request, string? token, string phoneNumberId)
    {
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = MediaRules.MaxUpload + RoomForAForm;
        }

        if (!request.HasFormContentType)
        {
            return media.Upload(token, phoneNumberId, null, null, null);
        }

        IFormCollection form;
        try
        {
            form = await request.ReadFormAsync(
                new FormOptions { MultipartBodyLengthLimit = MediaRules.MaxUpload + RoomForAForm }, request.HttpContext.RequestAborted);
        }
        catch (Exception failure) when (failure is InvalidDataException or IOException)
        {
            return access.Refuse(new Refusal(131053, "The upload is too large, breaks off, or is no form."));
        }

        var file = form.Files.GetFile("file");
        if (file is null)
        {
            return media.Upload(token, phoneNumberId, Of("messaging_product"), null, null);
        }

        using var bytes = new MemoryStream((int)file.Length);
        await file.CopyToAsync(bytes, request.HttpContext.RequestAborted);
        return media.Upload(
            token,
            phoneNumberId,
            Of("messaging_product"),
            string.IsNullOrEmpty(file.ContentType) ? Of("type") : file.ContentType,
            bytes.ToArray());

        string? Of(string name) => form[name] is { Count: > 0 } given ? given.ToString() : request.Query[name];
    }

    private async Task DownloadAsync(HttpContext context, string? token)
    {
        var query = context.Request.Query;
        var (file, refused) = media.Open(token, query["mid"].ToString(), query["ext"].ToString(), query["hash"].ToString());
        if (file is null)
        {
            await GraphAnswerWriter.WriteAsync(context, world, refused!);
            return;
        }

        context.Response.ContentType = file.MimeType;
        context.Response.ContentLength = file.Bytes.Length;
        context.Response.Headers["X-Content-Type-Options"] = "nosniff";
        await context.Response.Body.WriteAsync(file.Bytes, context.RequestAborted);
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

    private static string? TokenOf(HttpRequest request) =>
        AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var header)
            && header.Scheme.ToUpperInvariant() is "BEARER" or "OAUTH"
            ? header.Parameter
            : request.Query["access_token"] is { Count: > 0 } token ? token.ToString() : null;

    private static partial class Log
    {
        [LoggerMessage(EventId = 6103, Level = LogLevel.Error, Message = "A call to the sandbox Cloud API failed.")]
        public static partial void Unforeseen(ILogger logger, Exception failure);
    }

    [GeneratedRegex(@"^v\d+\.\d+\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Version { get; }
}
