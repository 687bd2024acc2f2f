using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Features;
using WaCr.Web.Components.Account;
using WaCr.Web.Components.Language;
using WaCr.Web.Features.Transfers;

namespace WaCr.Web.Components.Pages.Contacts.Import;

/// <summary>Uploads a file outside the circuit, and downloads failed rows.</summary>
public static class ImportEndpoints
{
    public static void MapContactImport(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost(Urls.UploadImport, ReceiveAsync)
            .RequireAuthorization()
            .WithMetadata(new WorkspaceSessionMetadata(IsCalledByScript: true));
        endpoints.MapGet(Urls.FailedRowsPattern, SendFailedAsync).RequireAuthorization().WithMetadata(new WorkspaceSessionMetadata());
    }

    // The body is the file only, so that nothing buffers it; the token is in a header.
    private static async Task<IResult> ReceiveAsync(
        HttpContext context, string? name, IAntiforgery antiforgery, ImportUpload upload, Localizer T)
    {
        if (!await antiforgery.IsRequestValidAsync(context))
        {
            return Results.StatusCode(StatusCodes.Status400BadRequest);
        }

        if (context.Request.ContentLength > ImportUpload.MaxFileBytes)
        {
            return Refuse(T, new FileError(FileProblem.TooLarge));
        }

        // One byte more, so that the upload itself detects the excess.
        context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = ImportUpload.MaxFileBytes + 1;
        try
        {
            var received = await upload.ReceiveAsync(context.Request.Body, name ?? "", context.RequestAborted);
            return received.Succeeded ? Results.Json(new { url = Urls.Import(received.Value) }) : Refuse(T, received.Error);
        }
        catch (BadHttpRequestException tooMuch) when (tooMuch.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return Refuse(T, new FileError(FileProblem.TooLarge));
        }
    }

    private static IResult Refuse(Localizer T, AppError error) => error is FileError file
        ? Results.Json(
            new { message = TransferLabels.Problem(T, file) },
            statusCode: file.Problem switch
            {
                FileProblem.TooLarge => StatusCodes.Status413PayloadTooLarge,
                FileProblem.AnotherIsRead => StatusCodes.Status409Conflict,
                FileProblem.Busy => StatusCodes.Status503ServiceUnavailable,
                FileProblem.TooSlow => StatusCodes.Status408RequestTimeout,
                FileProblem.NoTable or FileProblem.OldExcel or FileProblem.OtherSpreadsheet or FileProblem.WebPage =>
                    StatusCodes.Status415UnsupportedMediaType,
                _ => StatusCodes.Status422UnprocessableEntity,
            })
        : Results.Json(new { message = Shared.ErrorLabels.Of(T, error).Title }, statusCode: StatusCodes.Status403Forbidden);

    private static async Task<IResult> SendFailedAsync(
        long id, string? format, ImportQueries imports, FailedRowExport failed, Localizer T, CancellationToken cancellationToken)
    {
        var found = await imports.GetAsync(id, cancellationToken);
        if (!found.Succeeded)
        {
            return Results.LocalRedirect(found.Error is NotFoundError ? Urls.NotFound : Urls.AccessDenied);
        }

        var (table, type, extension) = TableDownload.Of(format);
        var words = new FailedRowLabels(T["Import error"], (field, messages) => TransferLabels.Reason(T, field, messages));
        return Results.Stream(
            body => failed.WriteAsync(found.Value, table, words, body, cancellationToken),
            type,
            string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileNameWithoutExtension(found.Value.FileName)}-failed.{extension}"));
    }
}

/// <summary>Writes a table as a download.</summary>
internal static class TableDownload
{
    public static (TableFormat Format, string ContentType, string Extension) Of(string? format) =>
        string.Equals(format, "xlsx", StringComparison.OrdinalIgnoreCase)
            ? (TableFormat.Xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx")
            : (TableFormat.Csv, "text/csv; charset=utf-8", "csv");
}
