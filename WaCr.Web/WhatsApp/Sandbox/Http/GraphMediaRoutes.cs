using Microsoft.AspNetCore.Http.Features;

namespace WaCr.Web.WhatsApp.Sandbox.Http;

/// <summary>Files: upload and download.</summary>
internal sealed class GraphMediaRoutes(SandboxWorld world, GraphAccess access, GraphMedia media) : IGraphCallGroup
{
    private const int RoomForAForm = 64 * 1024;

    public async Task<GraphAnswer?> AnswerAsync(GraphRequest request) => (request.Method, request.Path) switch
    {
        ("POST", [var number, "media"]) => await UploadAsync(request, number),
        _ => null,
    };

    public async Task DownloadAsync(HttpContext context, GraphRequest request)
    {
        var query = context.Request.Query;
        var (file, refused) = media.Open(request.Token, query["mid"].ToString(), query["ext"].ToString(), query["hash"].ToString());
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

    private async Task<GraphAnswer> UploadAsync(GraphRequest request, string phoneNumberId)
    {
        request.AllowBody(MediaRules.MaxUpload + RoomForAForm);
        if (!request.Http.HasFormContentType)
        {
            return media.Upload(request.Token, phoneNumberId, null, null, null);
        }

        IFormCollection form;
        try
        {
            form = await request.Http.ReadFormAsync(
                new FormOptions { MultipartBodyLengthLimit = MediaRules.MaxUpload + RoomForAForm }, request.Aborted);
        }
        catch (Exception failure) when (failure is InvalidDataException or IOException)
        {
            return access.Refuse(new Refusal(131053, "The upload is too large, breaks off, or is no form."));
        }

        var file = form.Files.GetFile("file");
        if (file is null)
        {
            return media.Upload(request.Token, phoneNumberId, Of("messaging_product"), null, null);
        }

        using var bytes = new MemoryStream((int)file.Length);
        await file.CopyToAsync(bytes, request.Aborted);
        return media.Upload(
            request.Token,
            phoneNumberId,
            Of("messaging_product"),
            string.IsNullOrEmpty(file.ContentType) ? Of("type") : file.ContentType,
            bytes.ToArray());

        string? Of(string name) => form[name] is { Count: > 0 } given ? given.ToString() : request.Query(name);
    }
}
