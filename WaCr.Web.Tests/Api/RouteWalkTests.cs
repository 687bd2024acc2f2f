using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using WaCr.Web.Features.Campaigns;
using WaCr.Web.Security;
using WaCr.Web.Tests.Features.Webhooks;
using WaCr.Web.Tests.Security;

namespace WaCr.Web.Tests.Api;

/// <summary>Every route of the API with no token, with a token that lacks the scope, and with another tenant's ids.</summary>
public sealed class RouteWalkTests(TestApp app) : IClassFixture<TestApp>
{
    // A route that is not here fails the test: whoever adds one says which scope it needs.
    internal static readonly Dictionary<string, string> Scopes = new(StringComparer.Ordinal)
    {
        ["GET /api/v2/account"] = "account:read",
        ["GET /api/v2/account/usage"] = "account:read",
        ["GET /api/v2/account/limits"] = "account:read",
        ["GET /api/v2/contacts"] = "contacts:read",
        ["POST /api/v2/contacts"] = "contacts:write",
        ["GET /api/v2/contacts/{id}"] = "contacts:read",
        ["PATCH /api/v2/contacts/{id}"] = "contacts:write",
        ["DELETE /api/v2/contacts/{id}"] = "contacts:delete",
        ["POST /api/v2/contacts/{id}/erase"] = "contacts:delete",
        ["GET /api/v2/contacts/{id}/export"] = "contacts:read",
        ["GET /api/v2/contacts/{id}/history"] = "contacts:read",
        ["PUT /api/v2/contacts/by-phone/{phone}"] = "contacts:write",
        ["POST /api/v2/contacts/batch"] = "contacts:write",
        ["DELETE /api/v2/contacts/batch"] = "contacts:delete",
        ["GET /api/v2/groups"] = "groups:read",
        ["POST /api/v2/groups"] = "groups:write",
        ["GET /api/v2/groups/{id}"] = "groups:read",
        ["PATCH /api/v2/groups/{id}"] = "groups:write",
        ["DELETE /api/v2/groups/{id}"] = "groups:delete",
        ["POST /api/v2/groups/{id}/contacts"] = "groups:write",
        ["DELETE /api/v2/groups/{id}/contacts"] = "groups:write",
        ["GET /api/v2/sources"] = "sources:read",
        ["POST /api/v2/sources"] = "sources:write",
        ["GET /api/v2/sources/{id}"] = "sources:read",
        ["PATCH /api/v2/sources/{id}"] = "sources:write",
        ["DELETE /api/v2/sources/{id}"] = "sources:delete",
        ["GET /api/v2/statuses"] = "statuses:read",
        ["POST /api/v2/statuses"] = "statuses:write",
        ["GET /api/v2/statuses/{id}"] = "statuses:read",
        ["PATCH /api/v2/statuses/{id}"] = "statuses:write",
        ["DELETE /api/v2/statuses/{id}"] = "statuses:delete",
        ["GET /api/v2/messages"] = "messages:read",
        ["GET /api/v2/messages/{id}"] = "messages:read",
        ["POST /api/v2/messages/text"] = "messages:send",
        ["POST /api/v2/messages/media"] = "messages:send",
        ["POST /api/v2/messages/template"] = "messages:send",
        ["POST /api/v2/messages/interactive"] = "messages:send",
        ["POST /api/v2/messages/location"] = "messages:send",
        ["POST /api/v2/messages/contacts"] = "messages:send",
        ["POST /api/v2/messages/reaction"] = "messages:send",
        ["POST /api/v2/messages/sticker"] = "messages:send",
        ["DELETE /api/v2/messages/{id}"] = "messages:send",
        ["POST /api/v2/messages/{id}/read"] = "messages:send",
        ["GET /api/v2/messages/{id}/media"] = "messages:read",
        ["POST /api/v2/auth/send-otp"] = "messages:send",
        ["POST /api/v2/auth/resend"] = "messages:send",
        ["POST /api/v2/auth/verify"] = "messages:send",
        ["POST /api/v2/auth/status"] = "messages:send",
        ["GET /api/v2/auth/templates"] = "templates:read",
        ["GET /api/v2/comments/{mobile}"] = "comments:read",
        ["POST /api/v2/comments/{mobile}"] = "comments:write",
        ["POST /api/v2/templates/sync"] = "templates:sync",
        ["GET /api/v2/templates"] = "templates:read",
        ["GET /api/v2/templates/{id}"] = "templates:read",
        ["POST /api/v2/templates"] = "templates:write",
        ["PATCH /api/v2/templates/{id}"] = "templates:write",
        ["DELETE /api/v2/templates/{id}"] = "templates:write",
        ["GET /api/v2/countries"] = "contacts:read",
        ["GET /api/v2/users"] = "contacts:read",
        ["GET /api/v2/conversations"] = "conversations:read",
        ["GET /api/v2/conversations/{id}"] = "conversations:read",
        ["PATCH /api/v2/conversations/{id}"] = "conversations:write",
        ["POST /api/v2/conversations/{id}/read"] = "conversations:write",
        ["GET /api/v2/campaigns"] = "campaigns:read",
        ["POST /api/v2/campaigns"] = "campaigns:write",
        ["GET /api/v2/campaigns/{id}"] = "campaigns:read",
        ["GET /api/v2/campaigns/{id}/recipients"] = "campaigns:read",
        ["POST /api/v2/campaigns/{id}/start"] = "campaigns:write",
        ["POST /api/v2/campaigns/{id}/pause"] = "campaigns:write",
        ["POST /api/v2/campaigns/{id}/resume"] = "campaigns:write",
        ["POST /api/v2/campaigns/{id}/cancel"] = "campaigns:write",
        ["GET /api/v2/webhooks"] = "webhooks:read",
        ["POST /api/v2/webhooks"] = "webhooks:write",
        ["GET /api/v2/webhooks/{id}"] = "webhooks:read",
        ["PATCH /api/v2/webhooks/{id}"] = "webhooks:write",
        ["DELETE /api/v2/webhooks/{id}"] = "webhooks:write",
        ["POST /api/v2/webhooks/{id}/rotate-secret"] = "webhooks:write",
        ["POST /api/v2/webhooks/{id}/test"] = "webhooks:write",
        ["POST /api/v2/webhooks/{id}/redeliver"] = "webhooks:write",
        ["GET /api/v2/webhooks/{id}/deliveries"] = "webhooks:read",
        ["GET /api/v2/webhooks/{id}/deliveries/{delivery_id}"] = "webhooks:read",
        ["POST /api/v2/webhooks/{id}/deliveries/{delivery_id}/redeliver"] = "webhooks:write",
    };

    // The rest of the product asks for a sign-in; these do not, each for its reason.
    private static readonly string[] OpenOutsideTheApi =
    [
        // for load balancers and integrators; the health of channels and the operator's page ask for the operator's own token
        "/health/live", "/health/ready", "/health/channels", "/operator", "/openapi/v2.json", "/llms.txt", "/docs/api/changelog",
        "/docs/api/{documentName?}", "/docs/api/scalar.js", "/docs/api/scalar.aspnetcore.js", "/docs/api/favicon.svg",
        // asks for a token before anything else (McpTests)
        "/mcp/",
        // for WhatsApp, which proves itself by its signature and, at the handshake, by the verify token
        "/webhooks/whatsapp",
        // on the way in or out
        "/account/sign-in", "/account/sign-in/passkey", "/account/code", "/account/join", "/account/reset", "/account/denied",
        "/account/sign-out", "/account/language", "/setup", "/not-found",
        // kept by the browser for when the server cannot be reached; it says so and nothing more
        "/offline",
        // asked for without a cookie; the app's name and icons
        "/manifest.webmanifest",
        // the fixed words of notifications, kept by the browser
        "/notification-texts.json",
        // Blazor's own; a circuit asks for the sign-in
        "/_framework/opaque-redirect", "/{**path:file}",
    ];

    public static TheoryData<string> Routes => [.. Scopes.Keys];

    /// <summary>Those whose scope a token can lack.</summary>
    public static TheoryData<string> RoutesThatCanBeClosed =>
        [.. Scopes.Where(route => !Permissions.GrantedToEveryToken.Contains(route.Value)).Select(route => route.Key)];

    private IEnumerable<RouteEndpoint> Endpoints =>
        app.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>();

    [Fact]
    public void Table_ComparedWithTheEndpoints_IsComplete()
    {
        var found = Endpoints.Where(endpoint => endpoint.RoutePattern.RawText!.TrimStart('/').StartsWith("api", StringComparison.Ordinal))
            .SelectMany(endpoint => endpoint.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods
                .Where(method => method != "HEAD").Select(method => $"{method} {endpoint.RoutePattern.RawText}"));

        found.Order(StringComparer.Ordinal).ShouldBe(Scopes.Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Route_WithNoToken_Answers401(string route)
    {
        using var client = app.Stranger();

        (await SendAsync(client, route, 1)).ShouldFail(HttpStatusCode.Unauthorized, "UNAUTHORIZED");
    }

    [Theory]
    [MemberData(nameof(RoutesThatCanBeClosed))]
    public async Task Route_WithoutItsScope_Answers403(string route)
    {
        using var client = await app.ClientForAsync(
            await app.CreateTenantAsync(), [.. Permissions.ApiScopes.Where(scope => scope != Scopes[route])]);

        var reply = await SendAsync(client, route, 1);

        reply.ShouldFail(HttpStatusCode.Forbidden, "INSUFFICIENT_SCOPE");
        ((string)reply.Json["error"]!["message"]!).ShouldBe($"Token missing {Scopes[route]} scope");
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Route_WithTheOtherTenantsIds_FindsNothingAndChangesNothing(string route)
    {
        var theirs = await app.CreateTenantAsync();
        var contact = await theirs.CreateContactAsync();
        var group = await theirs.CreateGroupAsync("Theirs");
        var (_, client) = await app.NewTenantAsync();
        var before = (await theirs.ContactQueries.GetAsync(contact.Id, default, CancellationToken.None)).OrThrow();

        var id = route.Contains("/contacts/{id}", StringComparison.Ordinal) ? contact.Id
            : route.Contains("/groups/{id}", StringComparison.Ordinal) ? group
            : route.Contains("/conversations/{id}", StringComparison.Ordinal) ? await StartConversationAsync(theirs, contact.Id)
            : route.Contains("/campaigns/{id}", StringComparison.Ordinal) ? await DraftCampaignAsync(theirs)
            : route.Contains("/webhooks/{id}", StringComparison.Ordinal) ? await OutgoingEventTests.SubscribeAsync(theirs)
            : route.Contains("/sources/", StringComparison.Ordinal) ? theirs.SourceId : theirs.StatusId;
        var reply = await SendAsync(client, route, id, contact.Id);

        if (route.Contains("{id}", StringComparison.Ordinal))
        {
            reply.ShouldFail(HttpStatusCode.NotFound, "NOT_FOUND");
        }
        else if (route == "DELETE /api/v2/contacts/batch")
        {
            ((int)reply.Data!["summary"]!["deleted"]!).ShouldBe(0);
        }
        else if (route.StartsWith("GET", StringComparison.Ordinal) && reply.Data is System.Text.Json.Nodes.JsonArray
            && !route.EndsWith("countries", StringComparison.Ordinal))
        {
            reply.Ids.ShouldNotContain(id);
        }

        (await theirs.ContactQueries.GetAsync(contact.Id, default, CancellationToken.None)).OrThrow().Version.ShouldBe(before.Version);
    }

    [Fact]
    public void Endpoint_OpenWithoutSignIn_IsListed()
    {
        var open = Endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is null)
            .Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null
                || endpoint.Metadata.GetMetadata<IAuthorizeData>() is null)
            .Select(endpoint => "/" + endpoint.RoutePattern.RawText!.TrimStart('/'))
                .Where(path => !path.StartsWith("/api/v2/", StringComparison.Ordinal))
            .Distinct().Order(StringComparer.Ordinal);

        open.ShouldBe(OpenOutsideTheApi.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void EndpointOfTheStaffApp_ThatIsNoPage_SaysWhoItIsFor()
    {
        var found = Endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<IAuthorizeData>() is not null
                && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null
                    && endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is null)
            // Blazor's own
            .Where(endpoint => !endpoint.RoutePattern.RawText!.TrimStart('/').StartsWith("_blazor", StringComparison.Ordinal))
            .SelectMany(endpoint =>
                endpoint.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods.Select(method =>
                    $"{method} {endpoint.RoutePattern.RawText}"))
            .Where(route => !route.Contains(" /api/v2/", StringComparison.Ordinal));

        found.Order(StringComparer.Ordinal).ShouldBe(
            RoleTable.Endpoints.Keys.Order(StringComparer.Ordinal), "Say in WaCr.Web.Tests/Security/RoleTable.cs which roles it is for.");
    }

    private static async Task<long> DraftCampaignAsync(TestTenant tenant) => (await tenant.GetFresh<CampaignDrafts>()
        .CreateAsync(new CampaignPatch { Name = "Theirs" }, CancellationToken.None).OrThrowAsync()).Item.Id;

    private async Task<long> StartConversationAsync(TestTenant tenant, long contactId)
    {
        await tenant.ConnectWhatsAppAsync();
        return (await tenant.HearFromAsync(contactId, app.Time.GetUtcNow())).Id;
    }

    private static Task<ApiReply> SendAsync(ApiClient client, string route, long id, long contactId = 1)
    {
        var (method, path) = (route.Split(' ')[0], route.Split(' ')[1].Replace("{id}", id.ToString(), StringComparison.Ordinal)
            .Replace("{delivery_id}", "1", StringComparison.Ordinal).Replace("{mobile}", "919000000001", StringComparison.Ordinal)
            .Replace("{phone}", "919000000001", StringComparison.Ordinal));
        var body = method == "GET"
            ? null
            : ApiClient.Json(new { name = "Mine", firstname = "Mine", ids = new[] { contactId }, contact_ids = new[] { contactId } });
        return client.SendAsync(new HttpMethod(method), "/" + path, body);
    }
}
