using WaCr.Web.Components;
using WaCr.Web.Features.Sandbox;
using WaCr.Web.Features.Users;

namespace WaCr.Web.Hosting;

/// <summary>Serves the sandbox's files to the phone in the browser; each workspace gets those of its own numbers.</summary>
internal static class SandboxFileEndpoint
{
    public static void MapSandboxFiles(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet(Urls.SandboxFilePattern, OpenAsync).RequireAuthorization().ExcludeFromDescription();

    private static async Task<IResult> OpenAsync(
        string number, string id, HttpContext context, WorkspaceSession workspace, CustomerPhone phone, CancellationToken cancellationToken)
    {
        if (await workspace.EnterAsync(context.User, cancellationToken) != WorkspaceEntry.Entered)
        {
            return Results.NotFound();
        }

        var opened = await phone.OpenFileAsync(number, id, cancellationToken);
        if (!opened.Succeeded)
        {
            return Results.NotFound();
        }

        StrangerFile.Guard(context.Response, opened.Value.ContentType, $"file-{id}");
        return Results.Bytes(opened.Value.Bytes, opened.Value.ContentType, enableRangeProcessing: true);
    }
}
