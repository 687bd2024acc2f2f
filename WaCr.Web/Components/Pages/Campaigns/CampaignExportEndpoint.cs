using WaCr.Web.Components.Account;
using WaCr.Web.Components.Language;
using WaCr.Web.Components.Pages.Contacts.Import;
using WaCr.Web.Features.Campaigns;

namespace WaCr.Web.Components.Pages.Campaigns;

/// <summary>Downloads all recipients of a campaign.</summary>
public static class CampaignExportEndpoint
{
    public static void MapBroadcastExport(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet(Urls.ExportBroadcastPattern, SendAsync).RequireAuthorization().WithMetadata(new WorkspaceSessionMetadata());

    private static async Task<IResult> SendAsync(
        long id, string? format, CampaignExport export, Localizer T, CancellationToken cancellationToken)
    {
        var found = await export.FindAsync(id, cancellationToken);
        if (!found.Succeeded)
        {
            return Results.LocalRedirect(found.Error is NotFoundError ? Urls.NotFound : Urls.AccessDenied);
        }

        var (table, type, extension) = TableDownload.Of(format);
        return Results.Stream(
            body => export.WriteAsync(id, table, CampaignLabels.Export(T), body, cancellationToken), type,
            string.Create(CultureInfo.InvariantCulture, $"broadcast-{id}.{extension}"));
    }
}
