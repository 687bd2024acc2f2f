using Microsoft.Net.Http.Headers;
using WaCr.Web.Features.Files;
using WaCr.Web.Features.Users;

namespace WaCr.Web.Hosting;

/// <summary>Hands files of messages to people who are signed in, each workspace its own.</summary>
internal static class FileEndpoint
{
    public static void MapFiles(this IEndpointRouteBuilder app) => app.MapGet("/files/{id:long}", OpenAsync).RequireAuthorization();

    private static async Task<IResult> OpenAsync(long id, long? message, HttpContext context, WorkspaceSession door, FileQueries files, CancellationToken cancellationToken)
    {
        if (await door.EnterAsync(context.User, cancellationToken) != WorkspaceEntry.Entered)
        {
            return Results.NotFound();
        }

        var opened = await files.OpenAsync(id, message, cancellationToken);
        if (!opened.Succeeded)
        {
            return Results.NotFound();
        }

        // A stranger made it: it is shown as what it is or saved, and never run.
        var file = opened.Value;
        var isShown = file.ContentType.StartsWith("image/", StringComparison.Ordinal)
            || file.ContentType.StartsWith("video/", StringComparison.Ordinal)
            || file.ContentType.StartsWith("audio/", StringComparison.Ordinal);
        var disposition = new ContentDispositionHeaderValue(isShown ? "inline" : "attachment");
        disposition.SetHttpFileName(file.Name); // in ASCII, and beside it as it is (RFC 5987)
        context.Response.Headers.ContentDisposition = disposition.ToString();
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        return Results.Stream(
            file.Content, file.ContentType, entityTag: new EntityTagHeaderValue($"\"{file.ETag}\""), enableRangeProcessing: true);
    }
}
