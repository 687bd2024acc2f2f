using WaCr.Web.Components.Account;
using WaCr.Web.Features.Privacy;

namespace WaCr.Web.Components.Pages.Contacts;

/// <summary>Downloads all data about one person.</summary>
public static class PersonEndpoint
{
    public static void MapPersonExport(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet(Urls.ExportPersonPattern, SendAsync).RequireAuthorization().WithMetadata(new WorkspaceSessionMetadata());

    private static async Task<IResult> SendAsync(long id, HttpContext context, PersonExport export, CancellationToken cancellationToken)
    {
        var archive = await export.ExportAsync(id, cancellationToken);
        if (!archive.Succeeded)
        {
            return Results.LocalRedirect(archive.Error is NotFoundError ? Urls.NotFound : Urls.AccessDenied);
        }

        context.Response.Headers.CacheControl = "no-store";
        return Results.Stream(archive.Value.Content, PersonArchive.ContentType, archive.Value.FileName);
    }
}
