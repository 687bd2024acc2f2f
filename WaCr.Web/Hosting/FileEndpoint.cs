using Microsoft.Net.Http.Headers;
using WaCr.Web.Features.Files;
using WaCr.Web.Features.Users;

namespace WaCr.Web.Hosting;

/// <summary>Serves message files to signed-in users of their workspace.</summary>
internal static class FileEndpoint
{
    public static void MapFiles(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/files/{id:long}", OpenAsync).RequireAuthorization();

    private static async Task<IResult> OpenAsync(
        long id, long? message, HttpContext context, WorkspaceSession workspace, FileQueries files, CancellationToken cancellationToken)
    {
        if (await workspace.EnterAsync(context.User, cancellationToken) != WorkspaceEntry.Entered)
        {
            return Results.NotFound();
        }

        var opened = await files.OpenAsync(id, message, cancellationToken);
        if (!opened.Succeeded)
        {
            return Results.NotFound();
        }

        var file = opened.Value;
        StrangerFile.Guard(context.Response, file.ContentType, file.Name);
        return Results.Stream(
            file.Content, file.ContentType, entityTag: new EntityTagHeaderValue($"\"{file.ETag}\""), enableRangeProcessing: true);
    }
}
