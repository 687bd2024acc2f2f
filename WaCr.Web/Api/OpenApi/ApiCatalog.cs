using WaCr.Web.Api.V2;

namespace WaCr.Web.Api.OpenApi;

/// <summary>Every operation of the API, in the order of the reference.</summary>
internal sealed class ApiCatalog(EndpointDataSource endpoints)
{
    /// <summary>The parts of the reference, in their order.</summary>
    public static readonly IReadOnlyList<ApiTag> Tags =
    [
        new("Account", "The workspace, its plan and what it has used."),
        new("Contacts", "People, and changes to many of them at once."),
        new("Groups", "Groups of contacts, and who is in them."),
        new("Sources", "Where contacts come from."),
        new("Statuses", "Where contacts stand."),
        new("Messages", "Messages to and from contacts over WhatsApp."),
        new("Conversations", "The threads with contacts: whose they are, and what is unread."),
        new("Campaigns", "One template to many contacts, and what became of it."),
        new("Auth", "One-time codes over WhatsApp."),
        new("Comments", "Notes inside a conversation."),
        new("Templates", "What WhatsApp lets us send first."),
        new("Countries", "What `country_id` takes."),
        new("Users", "What `assigned_id` takes."),
        new("Webhooks", "Addresses of yours that are told of changes, signed by the Standard Webhooks specification."),
    ];

    private readonly Lazy<IReadOnlyList<CatalogEntry>> _entries = new(() => Read(endpoints));

    public IReadOnlyList<CatalogEntry> Entries => _entries.Value;

    private static List<CatalogEntry> Read(EndpointDataSource endpoints) =>
    [
        .. endpoints.Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<ApiOperation>() is not null)
            .Select(endpoint => new CatalogEntry(
                endpoint, endpoint.Metadata.GetRequiredMetadata<ApiOperation>(),
                endpoint.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods[0], TagOf(endpoint)))
            .OrderBy(entry => Tags.TakeWhile(tag => tag.Name != entry.Tag).Count()),
    ];

    /// <summary>The first path segment after the root, capitalised.</summary>
    private static string TagOf(RouteEndpoint endpoint)
    {
        var word = endpoint.RoutePattern.RawText![(V2Routes.Root.Length + 1)..].Split('/')[0];
        return char.ToUpperInvariant(word[0]) + word[1..];
    }
}

internal sealed record ApiTag(string Name, string Description);

internal sealed record CatalogEntry(RouteEndpoint Endpoint, ApiOperation Operation, string Method, string Tag)
{
    public string Path => Endpoint.RoutePattern.RawText!;
}
