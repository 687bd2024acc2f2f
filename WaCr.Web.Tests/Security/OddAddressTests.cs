using System.Reflection;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using WaCr.Web.Api;
using WaCr.Web.Components;
using WaCr.Web.Components.Shared;

namespace WaCr.Web.Tests.Security;

/// <summary>
/// Pages and forms of the staff app, with addresses and fields that anybody may type: never a 500, and no page that breaks.
/// </summary>
public sealed class OddAddressTests(TestApps apps) : IClassFixture<TestApps>
{
    private static readonly string[] Values =
        ["%00", "a%00b", "%EF%BF%BF", "%ED%A0%80", "-1", "2147483647", "9223372036854775807", "99999999999999999999",
            "0001-01", "9999-12", "0001-01-01", "9999-12-31", "%22%27*(NEAR", "%25_%5C", "%C3%A4"];

    private static readonly string[] Typed =
        ["", "\0", "a\0b", "{}", "null", "[]", "{\"id\":null,\"response\":1}", new('[', 300), "\uFFFF",
            "99999999999999999999", new('x', 20_000)];

    private static readonly (string Page, string Form, string[] Fields)[] OpenForms =
    [
        ("/account/sign-in", "sign-in", ["Input.Email", "Input.Password", "Input.Remember"]),
        ("/account/sign-in", "passkey", ["Credential"]),
        ("/account/sign-in", "nonsense", ["Input.Email"]),
    ];

    private static readonly (string Page, string Form, string[] Fields)[] OwnForms =
    [
        ("/account/profile", "profile", ["Input.Name", "Input.TimeZone", "Input.Language"]),
        ("/account/profile", "password", ["Change.Current", "Change.Password"]),
        ("/account/passkeys", "add", ["Name", "Credential"]),
        ("/account/sessions", "session", ["Id"]),
        ("/account/workspace", "workspace", ["TenantId"]),
        ("/account/confirm", "nonsense", ["Password"]),
    ];

    private static readonly string[] OtherNames =
    [
        "search", "filter", "sort", "ids", "except", "format", "message", "workspace", "path", "from", "to", "user", "kind", "page",
        "event", "name", "id", "returnUrl", "hub.mode", "hub.challenge", "hub.verify_token",
    ];

    private static readonly string[] OpenPages =
        ["/account/sign-in", "/account/code", "/account/join", "/account/reset", "/account/denied", "/setup", "/not-found"];

    public static IEnumerable<PropertyInfo> QueryParameters => typeof(App).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(ComponentBase)))
        .SelectMany(type => type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
        .Where(property => property.IsDefined(typeof(SupplyParameterFromQueryAttribute)));

    [Fact]
    public void QueryParameter_IsText_SinceBlazorBreaksThePageOverAnythingElse()
    {
        QueryParameters.ShouldNotBeEmpty();
        QueryParameters.Where(property => property.PropertyType != typeof(string))
            .Select(property => $"{property.DeclaringType!.Name}.{property.Name}").ShouldBeEmpty();
    }

    [Theory, OnEachEngine]
    public async Task Pages_WithOddQueries_ComeUp(DatabaseProvider engine)
    {
        var app = await apps.OnAsync(engine);
        var tenant = await app.CreateTenantAsync();
        var (contact, other) = (await tenant.CreateContactAsync(), await tenant.CreateContactAsync());
        using var owner = await StaffClient.SignInAsync(app, tenant, Role.Owner);
        using var stranger = new StaffClient(app);
        var names = QueryParameters
            .Select(property => property.GetCustomAttribute<SupplyParameterFromQueryAttribute>()!.Name ?? property.Name)
            .Concat(["sort", "per_page", "filter", "id", "columns"])
            .Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        foreach (var value in Values)
        {
            var query = string.Join('&', names.Select(name => $"{name}={value}"));
            foreach (var path in RoleTable.Pages.Values.Select(page => page.Path))
            {
                var address = path.Replace("{contact}", $"{contact.Id}", StringComparison.Ordinal)
                    .Replace("{other}", $"{other.Id}", StringComparison.Ordinal);
                await ShouldComeUpAsync(owner, address + (address.Contains('?', StringComparison.Ordinal) ? "&" : "?") + query);
            }

            foreach (var path in OpenPages)
            {
                await ShouldComeUpAsync(stranger, $"{path}?{query}");
            }
        }
    }

    /// <summary>Downloads, redirects, probes and WhatsApp's handshake: whatever is no page and not the API.</summary>
    [Theory, OnEachEngine]
    public async Task OtherAddresses_WithOddQueries_AreAnswered(DatabaseProvider engine)
    {
        var app = await apps.OnAsync(engine);
        var tenant = await app.CreateTenantAsync();
        using var owner = await StaffClient.SignInAsync(app, tenant, Role.Owner);
        var paths = app.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains("GET") == true
                && endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is null && endpoint.Metadata.GetMetadata<ApiOperation>() is null
                && endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is null)
            .Select(endpoint => "/" + string.Join(
                '/', endpoint.RoutePattern.RawText!.TrimStart('/').Split('/').Select(part => part.StartsWith('{') ? "1" : part)))
            .Distinct(StringComparer.Ordinal).ToList();
        foreach (var value in Values)
        {
            var query = string.Join('&', OtherNames.Select(name => $"{name}={value}"));
            foreach (var path in paths)
            {
                await ShouldNotFailAsync($"{path}?{query}");
                await ShouldNotFailAsync($"{path}?hub.mode=subscribe&hub.challenge=1&hub.verify_token={value}");
                await ShouldNotFailAsync($"{path}?workspace={tenant.Id}&path=/{value}");
            }
        }

        async Task ShouldNotFailAsync(string address) =>
            (await owner.GetAsync(address)).Status.ShouldNotBe(HttpStatusCode.InternalServerError, address);
    }

    [Theory, OnEachEngine]
    public async Task Forms_WithOddFields_AreAnswered(DatabaseProvider engine)
    {
        var app = await apps.OnAsync(engine);
        using var owner = await StaffClient.SignInAsync(app, await app.CreateTenantAsync(), Role.Owner);
        await owner.ConfirmAsync();
        foreach (var typed in Typed)
        {
            foreach (var (page, form, fields) in OpenForms)
            {
                using var stranger = new StaffClient(app);
                await ShouldBeAnsweredAsync(stranger, page, form, [.. fields.Select(field => (field, typed))]);
            }

            foreach (var (page, form, fields) in OwnForms)
            {
                await ShouldBeAnsweredAsync(owner, page, form, [.. fields.Select(field => (field, typed))]);
                await ShouldBeAnsweredAsync(owner, page, form, []);
            }

            foreach (var way in (string[])[typed, "/" + typed, "/\u00e4"])
            {
                var chosen = await owner.PostToAsync("/account/profile", Urls.Language, ("language", typed), ("returnUrl", way));
                ((int)chosen.Status).ShouldBeLessThan(500, way);
            }
        }
    }

    private static async Task ShouldBeAnsweredAsync(StaffClient staff, string page, string form, (string, string)[] fields)
    {
        var what = $"{page} {form} {fields.FirstOrDefault()}";
        var before = await staff.GetAsync(page);
        before.Status.ShouldBe(HttpStatusCode.OK, $"{what}\n{before.Text}");
        before.Path.ShouldBe(page, what);
        ((int)(await staff.PostAsync(page, form, fields)).Status).ShouldBeLessThan(500, what);
    }

    private static async Task ShouldComeUpAsync(StaffClient staff, string address)
    {
        var page = await staff.GetAsync(address);
        page.Status.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.NotFound);
        page.Html.ShouldNotContain("Something on this page broke", customMessage: address);
        page.Text.ShouldNotContain("can't do this right now", customMessage: address);
    }
}
