using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using WaCr.Web.Downloads;
using WaCr.Web.Features.Files;

namespace WaCr.Web.Tests.Api;

/// <summary>A product that may fetch from a server of the test, under the name that stands for the outer world.</summary>
public sealed class FetchingApp : IAsyncLifetime
{
    public static readonly byte[] Png = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3, 4];

    private const string Host = "files.test";

    private readonly WebApplication _files;

    public FetchingApp()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _files = builder.Build();
        _files.MapGet("/photo.png", () => Results.Bytes(Png, "image/png"));
        _files.MapGet("/page.png", () => Results.Text("<html>no picture</html>", "image/png"));
        App = new TestApp
        {
            More = services =>
            {
                services.AddSingleton<HostLookup>((host, _) => Task.FromResult<IPAddress[]>(host == Host ? [IPAddress.Loopback] : []));
                services.Configure<RemoteFileOptions>(options => options.TrustedHosts.Add(Host));
            },
        };
    }

    public TestApp App { get; }

    public string At(string file) => $"http://{Host}:{new Uri(_files.Urls.Single()).Port}/{file}";

    public async Task InitializeAsync()
    {
        await _files.StartAsync();
        await App.InitializeAsync();
    }

    public async Task DisposeAsync()
    {
        await App.DisposeAsync();
        await _files.DisposeAsync();
    }
}

/// <summary>Files of every kind, also from an address; who may see them afterwards; what a plan or a refused credential stops.</summary>
public sealed class MediaSendsTests(FetchingApp fetching) : IClassFixture<FetchingApp>
{
    private static readonly byte[] Png = FetchingApp.Png;
    private static readonly byte[] Mp4 =
    [
        0, 0, 0, 24, .. Encoding.ASCII.GetBytes("ftypisom"), 0, 0, 2, 0, .. Encoding.ASCII.GetBytes("isomiso2")
    ];
    private static readonly byte[] Mp3 = [.. Encoding.ASCII.GetBytes("ID3"), 4, 0, 0, 0, 0, 0, 0];

    private TestApp App => fetching.App;

    [Fact]
    public async Task AFileAtAnAddress_IsFetchedUploadedAndKept_AndAPageInItsPlaceIsRefused()
    {
        var (tenant, client, contact) = await NewWriterAsync();
        App.Graph.Answers(HttpStatusCode.OK, """{"id":"media-1"}""");

        var data = (
            await client.PostAsync(
                "/messages/media",
                new { phone = contact.Phone, media_type = "image", media_url = fetching.At("photo.png"), caption = "Look" }))
            .ShouldBe(HttpStatusCode.OK).Data!;

        ((string)data["filename"]!).ShouldBe("photo.png");
        App.Graph.Calls[^1].Json["image"]!.ToJsonString().ShouldBe("""{"id":"media-1","caption":"Look"}""");
        await using var db = tenant.OpenDatabase();
        (await db.MediaFiles.SingleAsync()).Size.ShouldBe(Png.Length);

        (await client.PostAsync("/messages/media",
            new { phone = contact.Phone, media_type = "image", media_url = fetching.At("page.png") }))
            .ShouldBeInvalid("media_url");
        (await client.PostAsync("/messages/media",
            new { phone = contact.Phone, media_type = "image", media_url = "http://elsewhere.test/a.png" }))
            .ShouldBeInvalid("media_url");
        (await db.Messages.CountAsync(m => m.Direction == MessageDirection.Outbound)).ShouldBe(1);
    }

    [Theory]
    [InlineData("video")]
    [InlineData("audio")]
    public async Task AVideoAndASound_GoOutAsSuch(string kind)
    {
        var (_, client, contact) = await NewWriterAsync();
        App.Graph.Answers(HttpStatusCode.OK, """{"id":"media-2"}""");
        using var form =
            new MultipartFormDataContent { { new StringContent(contact.Phone), "phone" }, { new StringContent(kind), "media_type" } };
        form.Add(new ByteArrayContent(kind == "video" ? Mp4 : Mp3), "media_file", "a");

        var data = (await client.SendAsync(HttpMethod.Post, "/messages/media", form)).ShouldBe(HttpStatusCode.OK).Data!;

        ((string)data["media_type"]!).ShouldBe(kind);
        var sent = App.Graph.Calls[^1].Json;
        ((string)sent["type"]!).ShouldBe(kind);
        ((string)sent[kind]!["id"]!).ShouldBe("media-2");
    }

    [Fact]
    public async Task AContactsFields_LeaveNobodyBehind_WhereNothingMayBeSent()
    {
        var (tenant, client, _) = await NewWriterAsync();
        using var form = new MultipartFormDataContent
        {
            { new StringContent("+919000000088"), "phone" }, { new StringContent("image"), "media_type" },
            { new StringContent("Vera"), "contact.firstname" }, { new StringContent("vera@example.org"), "contact.email" },
        };
        form.Add(new ByteArrayContent(Png), "media_file", "a.png");

        (await client.SendAsync(HttpMethod.Post, "/messages/media", form)).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);

        await using var db = tenant.OpenDatabase();
        (await db.Contacts.CountAsync()).ShouldBe(1);
        (await db.MediaFiles.CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task APlanWithoutTemplates_SendsNone()
    {
        var (tenant, client, contact) = await NewWriterAsync();
        await tenant.AddTemplateAsync("sale");
        await using (var db = tenant.OpenDatabase())
        {
            db.Plans.Add(new Plan { Id = 99, Code = "bare", Name = "Bare", HasApiAccess = true });
            await db.SaveChangesAsync();
            await db.Subscriptions.ExecuteUpdateAsync(set => set.SetProperty(subscription => subscription.PlanId, 99));
        }

        var refused = await client.PostAsync(
            "/messages/template", new { phone = contact.Phone, template_name = "sale", language = "en", field_1 = "x", field_2 = "y" });

        refused.ShouldFail(HttpStatusCode.Forbidden, "FEATURE_NOT_AVAILABLE");
        await using var after = tenant.OpenDatabase();
        (await after.Messages.CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task AFile_IsSeenByEveryRoleOfItsWorkspace_AndByNobodyElse()
    {
        var (tenant, client, contact) = await NewWriterAsync();
        var theirs = await App.CreateTenantAsync();
        App.Graph.Answers(HttpStatusCode.OK, """{"id":"media-3"}""");
        using var form =
            new MultipartFormDataContent { { new StringContent(contact.Phone), "phone" }, { new StringContent("image"), "media_type" } };
        form.Add(new ByteArrayContent(Png), "media_file", "a.png");
        (await client.SendAsync(HttpMethod.Post, "/messages/media", form)).ShouldBe(HttpStatusCode.OK);
        await using var db = tenant.OpenDatabase();
        var path = FileQueries.PathOf((await db.MediaFiles.SingleAsync()).Id);

        foreach (var role in Enum.GetValues<Role>())
        {
            using var mine = await StaffSession.SignInAsync(App, tenant, role);
            using var seen = await mine.GetAsync(path);
            seen.StatusCode.ShouldBe(HttpStatusCode.OK);
            (await seen.Content.ReadAsByteArrayAsync()).ShouldBe(Png);
            seen.Content.Headers.ContentType!.MediaType.ShouldBe("image/png");
            seen.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        }

        using var stranger = await StaffSession.SignInAsync(App, theirs, Role.Owner);
        using var hidden = await stranger.GetAsync(path);
        hidden.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var nobody = StaffSession.Stranger(App.Address);
        using var closed = await nobody.GetAsync(path);
        closed.StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    private async Task<(TestTenant Tenant, ApiClient Client, WaCr.Web.Features.Contacts.ContactDetails Contact)> NewWriterAsync()
    {
        var (tenant, client) = await App.NewTenantAsync();
        await tenant.ConnectWhatsAppAsync();
        var contact = await tenant.CreateWriterAsync(App.Time);
        App.Graph.AcceptsEverySend();
        return (tenant, client, contact);
    }
}
