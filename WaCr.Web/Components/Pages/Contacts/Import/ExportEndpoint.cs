using WaCr.Web.Components.Account;
using WaCr.Web.Components.Language;
using WaCr.Web.Components.Pages.Contacts.Grid;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Transfers;

namespace WaCr.Web.Components.Pages.Contacts.Import;

/// <summary>
/// Downloads contacts. <c>ids=1,2,3</c> for selected ones; otherwise all that match the list's own URL parameters, without those of
/// <c>except=4,5</c>. <c>format</c> is <c>csv</c> or <c>xlsx</c>. A long list of ids is sent as a form (POST) with the same fields.
/// </summary>
public static class ExportEndpoint
{
    public const string Format = "format";
    public const string Ids = "ids";
    public const string Except = "except";

    public static void MapContactExport(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(Urls.ExportContactsPath,
            (HttpContext context, ContactExport export, TenantContext tenant, Localizer T, TimeProvider time) =>
                SendAsync(context, context.Request.Query, export, tenant, T, time))
            .RequireAuthorization().WithMetadata(new WorkspaceSessionMetadata());

        // Binding the form makes the middleware check its antiforgery token.
        endpoints.MapPost(Urls.ExportContactsPath, ([Microsoft.AspNetCore.Mvc.FromForm] IFormCollection form, HttpContext context,
            ContactExport export, TenantContext tenant, Localizer T, TimeProvider time) =>
                SendAsync(context, new QueryCollection(form.ToDictionary()), export, tenant, T, time))
            .RequireAuthorization().WithMetadata(new WorkspaceSessionMetadata());
    }

    private static async Task<IResult> SendAsync(
        HttpContext context, IQueryCollection asked, ContactExport export, TenantContext tenant, Localizer T, TimeProvider time)
    {
        var selection = asked.ContainsKey(Ids)
            ? ContactSelection.Of(ReadIds(asked[Ids]))
            : ContactSelection.AllMatching(
                ContactListState.ReadCriteria(asked.ToDictionary(StringComparer.Ordinal))
                    .ToQuery(PageRequest.DefaultSize, ContactIncludes.None, tenant.Tenant.TimeZone),
                ReadIds(asked[Except]));
        var selected = await export.SelectAsync(selection, context.RequestAborted);
        if (!selected.Succeeded)
        {
            return Results.LocalRedirect(Urls.AccessDenied);
        }

        var (format, type, extension) = TableDownload.Of(asked[Format]);
        return Results.Stream(
            body =>
                export.WriteAsync(
                    selected.Value,
                    format,
                    new ExportLabels(field => TransferLabels.Field(T, field), (field, value) => ValueOf(T, field, value)),
                    body,
                    context.RequestAborted),
            type,
            string.Create(CultureInfo.InvariantCulture, $"contacts-{time.GetUtcNow():yyyy-MM-dd}.{extension}"));
    }

    private static string ValueOf(Localizer T, string field, string value) => field == ContactFieldNames.Type
        ? ContactChoices.TypesIn(T).First(type => type.Value == value).Text
        : value == "true" ? T["Yes"] : T["No"];

    // Entries that are no numbers are ignored.
    private static IEnumerable<long> ReadIds(string? list) =>
        (list ?? "")
            .Split(',')
            .Select(id => long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0)
            .Where(id => id > 0);
}
