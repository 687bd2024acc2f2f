using System.Net.Http.Headers;
using WaCr.Web.Components;
using WaCr.Web.Components.Layout;
using WaCr.Web.Features.Sandbox;
using WaCr.Web.Security;
using WaCr.Web.Tests.Api;

namespace WaCr.Web.Tests.Security;

/// <summary>Each role at each page, endpoint, operation of the API and service method: what lets it in, and what does not.</summary>
public sealed class RoleWalkTests(TestApp app) : IClassFixture<TestApp>
{
    private const string Closed = "Your role doesn't allow this";

    public static TheoryData<Role> Roles => [.. Enum.GetValues<Role>()];

    public static TheoryData<string> ScopesOfTokens => [.. Permissions.ApiScopes];

    [Theory, MemberData(nameof(Roles))]
    public async Task Pages_OpenToTheRolesOfTheTable_AndToNoOthers(Role role)
    {
        var tenant = await app.CreateTenantAsync();
        var (contact, other) = (await tenant.CreateContactAsync(), await tenant.CreateContactAsync());
        using var staff = await StaffClient.SignInAsync(app, tenant, role);
        var wrong = new List<string>();
        foreach (var (route, (path, roles)) in RoleTable.Pages)
        {
            var address = path.Replace("{contact}", $"{contact.Id}", StringComparison.Ordinal)
                .Replace("{other}", $"{other.Id}", StringComparison.Ordinal);
            var page = await staff.GetAsync(address);
            page.Status.ShouldBe(HttpStatusCode.OK, route);
            page.Path.ShouldBe(address);
            Compare(wrong, route, role, isOpen: !page.Text.Contains(Closed, StringComparison.Ordinal), roles.Contains(role));
        }

        wrong.ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Roles))]
    public async Task Rail_ShowsWhatARoleMayOpen(Role role)
    {
        using var staff = await StaffClient.SignInAsync(app, await app.CreateTenantAsync(), role);

        var home = await staff.GetAsync(Urls.Home);

        var everything = new CurrentActor(ActorKind.System, null, "", ChangeOrigin.App, Permissions.All);
        home.Rail.Distinct().ShouldBe(
            AppPages.For(everything, new SandboxPresence(IsOn: false))
                .Where(page => page.InRail && RoleTable.Pages[page.Url].Roles.Contains(role))
                .Select(page => page.Url));
    }

    [Theory, MemberData(nameof(Roles))]
    public async Task Endpoints_OpenToTheRolesOfTheTable_AndToNoOthers(Role role)
    {
        var tenant = await app.CreateTenantAsync();
        var contact = await tenant.CreateContactAsync();
        using var staff = await StaffSession.SignInAsync(app, tenant, role);
        using var confirmed = await staff.PostFormAsync("/account/confirm", ("_handler", "confirm"), ("Password", StaffClient.Password));
        var wrong = new List<string>();
        foreach (var (route, (path, roles)) in RoleTable.Endpoints)
        {
            using var request = new HttpRequestMessage(
                new HttpMethod(route.Split(' ')[0]), path.Replace("{contact}", $"{contact.Id}", StringComparison.Ordinal));
            if (request.Method == HttpMethod.Post)
            {
                request.Headers.Add("RequestVerificationToken", staff.Antiforgery);
                request.Content = route.EndsWith("/upload", StringComparison.Ordinal)
                    ? new StringContent("First name,Phone\nAsha,+919000000001\n", new MediaTypeHeaderValue("text/csv"))
                    : new FormUrlEncodedContent([KeyValuePair.Create("ids", $"{contact.Id}")]);
            }

            using var answer = await staff.SendAsync(request);
            answer.StatusCode.ShouldNotBe(HttpStatusCode.Unauthorized, route);
            answer.StatusCode.ShouldNotBe(HttpStatusCode.BadRequest, route);
            var refused = answer.StatusCode == HttpStatusCode.Forbidden || answer.Headers.Location?.OriginalString == Urls.AccessDenied;
            Compare(wrong, route, role, !refused, roles.Contains(role));
        }

        wrong.ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Roles))]
    public async Task Operations_WithTheScopesOfARole_OpenToTheRolesOfTheTable_AndToNoOthers(Role role)
    {
        using var client = await app.ClientForAsync(
            await app.CreateTenantAsync(), [.. RolePermissions.Of(role).Intersect(Permissions.ApiScopes)]);
        var wrong = new List<string>();
        foreach (var (route, scope) in RouteWalkTests.Scopes)
        {
            var may = RoleTable.Permissions[scope].Contains(role) || Permissions.GrantedToEveryToken.Contains(scope);
            Compare(wrong, route, role, await IsOpenAsync(client, route), may);
        }

        wrong.ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(ScopesOfTokens))]
    public async Task Operations_WithOneScope_OpenWhereTheTableAsksForIt_AndNowhereElse(string scope)
    {
        using var client = await app.ClientForAsync(await app.CreateTenantAsync(), scope);
        var wrong = new List<string>();
        foreach (var (route, asked) in RouteWalkTests.Scopes)
        {
            Compare(
                wrong, route, scope, await IsOpenAsync(client, route), asked == scope || Permissions.GrantedToEveryToken.Contains(asked));
        }

        wrong.ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Roles))]
    public async Task Services_RefuseARoleWhatItMayNot_AndOnlyThat(Role role)
    {
        var tenant = (await app.CreateTenantAsync()).Get<TenantContext>().Tenant;
        var wrong = new List<string>();
        foreach (var method in ServiceMethod.All.Where(method => RoleTable.Services.ContainsKey(method.Name)))
        {
            var missing = RoleTable.Services[method.Name].FirstOrDefault(permission => !RoleTable.Permissions[permission].Contains(role));
            var refused = await method.RefusedForAsync(app.Services, tenant, RolePermissions.Of(role));
            if (refused != missing)
            {
                wrong.Add(
                    $"{method.Name}: {role} {(refused is null ? "came in" : "was refused for " + refused)}, and not {missing ?? "let in"}");
            }
        }

        wrong.ShouldBeEmpty();
    }

    private static async Task<bool> IsOpenAsync(ApiClient client, string route)
    {
        var path = route.Split(' ')[1]
            .Replace("{id}", "999999", StringComparison.Ordinal)
            .Replace("{mobile}", "919000000001", StringComparison.Ordinal);
        var method = new HttpMethod(route.Split(' ')[0]);
        var reply = await client.SendAsync(method, "/" + path, method == HttpMethod.Get ? null : ApiClient.Json(new { }));
        reply.Status.ShouldNotBe(HttpStatusCode.Unauthorized, route);
        ((int)reply.Status).ShouldBeLessThan(500, route);
        return reply.ErrorCode != "INSUFFICIENT_SCOPE";
    }

    private static void Compare(List<string> wrong, string what, object who, bool isOpen, bool may)
    {
        if (isOpen != may)
        {
            wrong.Add($"{what} {(isOpen ? "opens" : "is closed")} to {who}");
        }
    }
}
