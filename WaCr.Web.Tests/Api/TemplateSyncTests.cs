using WaCr.Web.WhatsApp;

namespace WaCr.Web.Tests.Api;

public sealed class TemplateSyncTests(WhatsAppApps apps) : IClassFixture<WhatsAppApps>
{
    [Theory]
    [OnEachEngine]
    public async Task EveryPage_IsInsertedUpdatedAndRemoved(DatabaseProvider engine)
    {
        var (app, _, client, account) = await ConnectedAsync(engine);
        apps.WhatsApp.Templates[account] =
        [
            [PlannedWhatsApp.Template(11, "one"), PlannedWhatsApp.Template(12, "two")],
            [
                PlannedWhatsApp.Template(13, "two", language: "de"),
                PlannedWhatsApp.Template(14, "otp", TestTemplates.CodeComponents, category: "authentication")
            ],
        ];

        var first = (await SyncAsync(client)).ShouldBe(HttpStatusCode.OK);
        ((string)first.Json["message"]!).ShouldBe("Templates synced successfully");
        Counts(first).ShouldBe("4 synced, 4 created, 0 updated, 0 deleted");
        ((string)first.Data!["synced_at"]!).ShouldBe($"{app.Time.GetUtcNow():yyyy-MM-ddTHH:mm:ss}+00:00");
        (await client.GetAsync("/templates/14")).Data!["category"]!.ToJsonString().ShouldBe("\"AUTHENTICATION\"");
        (await client.GetAsync("/templates/11")).Data!["header_data_format"]!.ToJsonString().ShouldBe("\"TEXT\"");

        app.Time.Advance(TimeSpan.FromHours(1));
        Counts(await SyncAsync(client)).ShouldBe("4 synced, 0 created, 0 updated, 0 deleted");

        app.Time.Advance(TimeSpan.FromHours(1));
        apps.WhatsApp.Templates[account] =
        [
            [PlannedWhatsApp.Template(11, "one", status: "PAUSED")],
            [
                PlannedWhatsApp.Template(14, "otp", TestTemplates.CodeComponents, category: "AUTHENTICATION"),
                PlannedWhatsApp.Template(15, "three")
            ],
        ];
        Counts(await SyncAsync(client)).ShouldBe("3 synced, 1 created, 1 updated, 2 deleted");
        (await client.GetAsync("/templates?sort=template_name")).Texts("template_name").ShouldBe(["one", "otp", "three"]);
        var paused = (await client.GetAsync("/templates/11")).Data!;
        ((string)paused["status"]!).ShouldBe("PAUSED");
        ((string)paused["updated_at"]!).ShouldBe($"{app.Time.GetUtcNow():yyyy-MM-ddTHH:mm:ss}+00:00");
        ((string)(await client.GetAsync("/templates/14")).Data!["updated_at"]!)
            .ShouldBe((string)(await client.GetAsync("/templates/14")).Data!["created_at"]!);
    }

    [Theory]
    [OnEachEngine]
    public async Task IdsThatChangeTheirMeaning_LoseNothing(DatabaseProvider engine)
    {
        var (_, _, client, account) = await ConnectedAsync(engine);
        apps.WhatsApp.Templates[account] = [[PlannedWhatsApp.Template(21, "a"), PlannedWhatsApp.Template(22, "b")]];
        await SyncAsync(client);
        apps.WhatsApp.Templates[account] =
            [[PlannedWhatsApp.Template(21, "b"), PlannedWhatsApp.Template(22, "a"), PlannedWhatsApp.Template(23, "c")]];

        (await SyncAsync(client)).ShouldBe(HttpStatusCode.OK);

        ((string)(await client.GetAsync("/templates/21")).Data!["name"]!).ShouldBe("b");
        ((string)(await client.GetAsync("/templates/22")).Data!["name"]!).ShouldBe("a");
        (await client.GetAsync("/templates")).Items.Count.ShouldBe(3);
    }

    [Theory]
    [OnEachEngine]
    public async Task TemplateThatWasMadeAnew_KeepsItsRow(DatabaseProvider engine)
    {
        var (_, _, client, account) = await ConnectedAsync(engine);
        apps.WhatsApp.Templates[account] = [[PlannedWhatsApp.Template(31, "a")]];
        await SyncAsync(client);
        var id = (await client.GetAsync("/templates/31")).Id;
        apps.WhatsApp.Templates[account] = [[PlannedWhatsApp.Template(32, "a")]];

        Counts(await SyncAsync(client)).ShouldBe("1 synced, 0 created, 1 updated, 0 deleted");

        (await client.GetAsync("/templates/32")).Id.ShouldBe(id);
        (await client.GetAsync("/templates/31")).ShouldFail(HttpStatusCode.NotFound, "NOT_FOUND");
    }

    [Theory]
    [OnEachEngine]
    public async Task FourSyncsAtOnce_DoNotCollide(DatabaseProvider engine)
    {
        var (_, _, client, account) = await ConnectedAsync(engine);
        apps.WhatsApp.Templates[account] =
            [.. Enumerable.Range(0, 4).Select(page => (IReadOnlyList<TemplateDescription>)[.. Enumerable.Range(0, 50)
                .Select(index => PlannedWhatsApp.Template(1_000 + (page * 50) + index, $"t_{page}_{index}"))])];

        var replies = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => SyncAsync(client)));

        replies.ShouldAllBe(reply => reply.Status == HttpStatusCode.OK);
        replies.Sum(reply => (int)reply.Data!["created"]!).ShouldBe(200);
        replies.Sum(reply => (int)reply.Data!["deleted"]!).ShouldBe(0);
        ((int)(await client.GetAsync("/templates")).Pagination["total"]!).ShouldBe(200);
    }

    [Theory]
    [OnEachEngine]
    public async Task TenantsAndAccounts_DoNotTouchEachOther(DatabaseProvider engine)
    {
        var (app, _, client, account) = await ConnectedAsync(engine);
        var (_, _, other, theirs) = await ConnectedAsync(engine);
        apps.WhatsApp.Templates[account] = [[PlannedWhatsApp.Template(41, "a")]];
        apps.WhatsApp.Templates[theirs] = [[PlannedWhatsApp.Template(41, "a"), PlannedWhatsApp.Template(42, "b")]];

        await SyncAsync(client);
        await SyncAsync(other);
        app.Time.Advance(TimeSpan.FromSeconds(1));
        apps.WhatsApp.Templates[theirs] = [[]];
        Counts(await SyncAsync(other)).ShouldBe("0 synced, 0 created, 0 updated, 2 deleted");

        (await client.GetAsync("/templates")).Items.Count.ShouldBe(1);
    }

    [Theory]
    [OnEachEngine]
    public async Task TemplateOutsideAllRules_IsLeftOut_AndTheOthersCome(DatabaseProvider engine)
    {
        var (_, _, client, account) = await ConnectedAsync(engine);
        apps.WhatsApp.Templates[account] =
        [
            [
                PlannedWhatsApp.Template(51, "fit", """[{"type":"BODY","text":"a\u0000b"},{"type":"HOLOGRAM","text":"\ud800"}]"""),
                PlannedWhatsApp.Template(52, new string('x', 513)), PlannedWhatsApp.Template(
                    53, "language", language: "far_too_long_a_language"),
                PlannedWhatsApp.Template(54, "a\0b"), PlannedWhatsApp.Template(55, ""), PlannedWhatsApp.Template(56, "no_array", "{}"),
                PlannedWhatsApp.Template(57, "status", status: new string('S', 100)), PlannedWhatsApp.Template(51, "fit"),
            ],
        ];

        (await SyncAsync(client)).ShouldBe(HttpStatusCode.OK);

        (await client.GetAsync("/templates?sort=template_name"))
            .ShouldBe(HttpStatusCode.OK)
            .Texts("template_name")
            .ShouldBe(["fit", "no_array", "status"]);
    }

    [Theory]
    [OnEachEngine]
    public async Task RefusalHalfWay_IsTold_AndRemovesNothing(DatabaseProvider engine)
    {
        var (_, tenant, client, account) = await ConnectedAsync(engine);
        apps.WhatsApp.Templates[account] = [[PlannedWhatsApp.Template(61, "a")], [PlannedWhatsApp.Template(62, "b")]];
        await SyncAsync(client);
        apps.WhatsApp.BeforePage = page =>
        {
            apps.WhatsApp.ListRefusal = page == 1
                ? new WhatsAppRefused(190, "Error validating access token", "Session has expired", null, null)
                : null;
            return Task.CompletedTask;
        };

        var refused = (await SyncAsync(client)).ShouldFail(HttpStatusCode.InternalServerError, "INTERNAL_ERROR");

        ((string)refused.Json["error"]!["message"]!).ShouldBe("Failed to sync templates");
        refused.Json["error"]!["details"]!.ToJsonString().ShouldBe(
            """{"code":190,"title":"Error validating access token","message":"Session has expired"}""");
        (await client.GetAsync("/templates")).Items.Count.ShouldBe(2);
        await using var db = tenant.OpenDatabase();
        (await db.Channels.SingleAsync()).CredentialRefusedAt.ShouldNotBeNull();
    }

    [Theory]
    [OnEachEngine]
    public async Task WithoutChannelOrAccount_ItIsNotConfigured(DatabaseProvider engine)
    {
        var app = await apps.OnAsync(engine);
        var (tenant, client) = await app.NewTenantAsync();

        (await SyncAsync(client)).ShouldFail(HttpStatusCode.UnprocessableEntity, "WHATSAPP_NOT_CONFIGURED");
        await WhatsAppApps.ConnectAsync(tenant, hasAccount: false);
        (await SyncAsync(client)).ShouldFail(HttpStatusCode.UnprocessableEntity, "WHATSAPP_NOT_CONFIGURED");
    }

    [Theory]
    [OnEachEngine]
    public async Task EveryAccountOfTheTenant_IsSynced_AndAFailureOfOneDoesNotStopTheOthers(DatabaseProvider engine)
    {
        var (_, tenant, client, account) = await ConnectedAsync(engine);
        var second = await WhatsAppApps.ConnectAsync(tenant);
        apps.WhatsApp.Templates[account] = [[PlannedWhatsApp.Template(71, "a")]];
        apps.WhatsApp.Templates[second] = [[PlannedWhatsApp.Template(72, "a"), PlannedWhatsApp.Template(73, "b")]];
        Counts(await SyncAsync(client)).ShouldBe("3 synced, 3 created, 0 updated, 0 deleted");

        var asked = 0;
        apps.WhatsApp.Templates[second] = [[PlannedWhatsApp.Template(74, "c")]];
        apps.WhatsApp.BeforePage = _ =>
        {
            apps.WhatsApp.ListRefusal = Interlocked.Increment(ref asked) == 1 ? new WhatsAppUnavailable() : null;
            return Task.CompletedTask;
        };
        (await SyncAsync(client)).ShouldFail(HttpStatusCode.InternalServerError, "INTERNAL_ERROR");

        await using var db = tenant.OpenDatabase();
        (await db.Templates.Where(template => template.BusinessAccountId == second).Select(template => template.Name).ToListAsync())
            .ShouldContain("c");
        (await db.Templates.CountAsync(template => template.BusinessAccountId == account)).ShouldBe(1);
    }

    [Fact]
    public async Task SixThousandTemplates_ComeInPages()
    {
        var (_, _, client, account) = await ConnectedAsync(DatabaseProvider.Sqlite);
        apps.WhatsApp.Templates[account] = [.. Enumerable.Range(0, 60).Select(page =>
            Enumerable.Range(0, 100)
                .Select(index => PlannedWhatsApp.Template(100_000 + (page * 100) + index, $"template_{page}_{index}"))
                .ToList())];

        Counts(await SyncAsync(client)).ShouldBe("6000 synced, 6000 created, 0 updated, 0 deleted");

        ((int)(await client.GetAsync("/templates")).Pagination["total"]!).ShouldBe(6_000);
    }

    private async Task<(TestApp App, TestTenant Tenant, ApiClient Client, string Account)> ConnectedAsync(DatabaseProvider engine)
    {
        var app = await apps.OnAsync(engine);
        var (tenant, client) = await app.NewTenantAsync();
        return (app, tenant, client, await WhatsAppApps.ConnectAsync(tenant));
    }

    private static Task<ApiReply> SyncAsync(ApiClient client) => client.PostAsync("/templates/sync", "{}");

    private static string Counts(ApiReply reply) =>
        $"{reply.Data!["synced"]} synced, {reply.Data["created"]} created, {reply.Data["updated"]} updated, {reply.Data["deleted"]} deleted";
}
