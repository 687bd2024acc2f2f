using WaCr.Web.Components.Account;
using WaCr.Web.Features.Audit;

namespace WaCr.Web.Components.Pages.Audit;

/// <summary>Downloads the audit trail with the page's filters.</summary>
public static class AuditEndpoint
{
    public static void MapAuditExport(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet(Urls.ExportAudit, SendAsync).RequireAuthorization().WithMetadata(new WorkspaceSessionMetadata());

    private static async Task<IResult> SendAsync(HttpContext context, AuditExport export, TenantContext tenant, TimeProvider time)
    {
        if (!(await export.BeginAsync(context.RequestAborted)).Succeeded)
        {
            return Results.LocalRedirect(Urls.AccessDenied);
        }

        var query = AuditFilter.Read(name => context.Request.Query[name]).ToQuery(tenant.TimeZone);
        return Results.Stream(
            body => export.WriteAsync(query, body, context.RequestAborted), "text/csv; charset=utf-8",
            string.Create(CultureInfo.InvariantCulture, $"audit-{time.GetUtcNow():yyyy-MM-dd}.csv"));
    }
}
