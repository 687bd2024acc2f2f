using System.Text;
using MiniExcelLibs;
using WaCr.Web.Components;

namespace WaCr.Web.Tests.Features.Transfers;

public sealed class ExportEndpointTests(TestApps apps) : IClassFixture<TestApps>
{
    [Theory, OnEachEngine]
    public async Task Csv_OfWhatMatches_HasTheirFieldsByNameAndNoFormulas(DatabaseProvider engine)
    {
        var app = await apps.OnAsync(engine);
        var tenant = await app.CreateTenantAsync();
        var vip = await tenant.CreateGroupAsync("VIP; old");
        await tenant.CreateContactAsync(tenant.NewContact("=Asha", phone: "+91 95874 22369", email: "asha@example.org") with
        {
            Company = "Say \"hello\"\r\nnow",
            CountryId = 356,
            Language = "hi-IN",
            Groups = new[] { vip },
        });
        var left = await tenant.CreateContactAsync("=Ashok");
        await tenant.CreateContactAsync("Other");
        using var staff = await StaffSession.SignInAsync(app, tenant, Role.Admin);

        using var answer = await staff.GetAsync(Urls.ExportContacts("csv", [new("search", "ash")], except: [left.Id]));

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.ToString().ShouldBe("text/csv; charset=utf-8");
        answer.Content.Headers.ContentDisposition!.FileName!.ShouldEndWith(".csv");
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        bytes[..3].ShouldBe([0xEF, 0xBB, 0xBF]);
        var lines = Encoding.UTF8.GetString(bytes[3..]);
        lines.ShouldStartWith("First name,Last name,Company,Type,E-mail,Phone,");
        lines.ShouldContain("\r\n'=Asha,Patel,\"Say \"\"hello\"\"\r\nnow\",Lead,asha@example.org,'+91 95874 22369,");
        lines.ShouldContain(",India,");
        lines.ShouldContain(",Language,");
        lines.ShouldContain(",hi-IN,");
        lines.ShouldContain(",\"\"\"VIP; old\"\"\",No,");
        lines.ShouldNotContain("Ashok");
        lines.ShouldNotContain("Other");
    }

    [Theory, OnEachEngine]
    public async Task Xlsx_OfPickedContacts_IsTextInEveryCell(DatabaseProvider engine)
    {
        var app = await apps.OnAsync(engine);
        var tenant = await app.CreateTenantAsync();
        var picked = await tenant.CreateContactAsync(
            tenant.NewContact("=1+1", phone: "+919587422369") with { Zip = "00123", Description = "a\r\nb\u0001\tc_x000D_" });
        await tenant.CreateContactAsync("Other");
        using var staff = await StaffSession.SignInAsync(app, tenant, Role.Owner);

        using var answer = await staff.GetAsync(Urls.ExportContacts("xlsx", [], ids: [picked.Id, 4_711]));

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var file = new MemoryStream(await answer.Content.ReadAsByteArrayAsync());
        var rows = file.Query(useHeaderRow: true).Cast<IDictionary<string, object?>>().ToList();
        rows.Count.ShouldBe(1);
        (rows[0]["First name"], rows[0]["Phone"], rows[0]["Postal code"]).ShouldBe(("=1+1", "+919587422369", "00123"));
    }

    [Fact]
    public async Task ManyPicked_ComeAsAForm()
    {
        var app = await apps.OnAsync(DatabaseProvider.Sqlite);
        var tenant = await app.CreateTenantAsync();
        var picked = await tenant.CreateContactAsync("Picked");
        using var staff = await StaffSession.SignInAsync(app, tenant, Role.Admin);
        var ids = string.Join(',', Enumerable.Range(1, 20_000).Append((int)picked.Id));

        using var answer = await staff.PostFormAsync(Urls.ExportContactsPath, ("ids", ids), ("format", "csv"));

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("Picked,");
    }

    [Fact]
    public async Task TheOtherTenantsContacts_AreNeverInIt()
    {
        var app = await apps.OnAsync(DatabaseProvider.Sqlite);
        var theirs = await (await app.CreateTenantAsync()).CreateContactAsync("Theirs");
        using var staff = await StaffSession.SignInAsync(app, await app.CreateTenantAsync(), Role.Owner);

        foreach (var url in new[] { Urls.ExportContacts("csv", [], ids: [theirs.Id]), Urls.ExportContacts("csv", []) })
        {
            using var answer = await staff.GetAsync(url);
            (await answer.Content.ReadAsStringAsync()).ShouldNotContain("Theirs");
        }
    }

    [Fact]
    public async Task Strangers_AreLedToTheSignIn_AndRolesWithoutThePermissionAway()
    {
        var app = await apps.OnAsync(DatabaseProvider.Sqlite);
        using var stranger = StaffSession.Stranger(app.Address);
        using var agent = await StaffSession.SignInAsync(app, await app.CreateTenantAsync(), Role.Agent);

        using var unknown = await stranger.GetAsync(Urls.ExportContacts("csv", []));
        using var refused = await agent.GetAsync(Urls.ExportContacts("csv", []));

        unknown.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        unknown.Headers.Location!.OriginalString.ShouldStartWith("/account/sign-in?");
        (refused.StatusCode, refused.Headers.Location!.OriginalString).ShouldBe((HttpStatusCode.Redirect, Urls.AccessDenied));
    }
}
