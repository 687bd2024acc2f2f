using System.Text;

namespace WaCr.Web.Api.OpenApi;

/// <summary>The documents about the API, for anybody.</summary>
internal static class ApiDocumentEndpoints
{
    public static void MapApiDocuments(this IEndpointRouteBuilder endpoints, string documentPath, string referencePath)
    {
        var changelogPath = referencePath + "/changelog";
        endpoints.MapGet(documentPath, (HttpRequest request, OpenApiDocument document) =>
            Results.Bytes(document.Json(ServerOf(request)), "application/json")).AllowAnonymous();
        endpoints.MapGet("/llms.txt", (HttpRequest request, ApiCatalog catalog) => Results.Text(
            LlmsText.Make(catalog, ServerOf(request), documentPath, referencePath, changelogPath), "text/plain", Encoding.UTF8)).AllowAnonymous();
        endpoints.MapGet(changelogPath, (ApiCatalog catalog) => Results.Content(ApiChangelog.Page(catalog), "text/html", Encoding.UTF8))
            .AllowAnonymous();
    }

    private static string ServerOf(HttpRequest request) => $"{request.Scheme}://{request.Host}";
}
