using System.Text;
using System.Text.Json;
using WaCr.Web.Components;
using WaCr.Web.Features.Transfers;

namespace WaCr.Web.Tests.Features.Transfers;

public sealed class ImportEndpointTests(TestApp app) : IClassFixture<TestApp>
{
    private static readonly byte[] People = "First name,Last name,Phone\nAsha,Patel,+919000000001\nBad,Row,12"u8.ToArray();

    [Fact]
    public async Task Upload_OfAFile_LeadsToItsImport()
    {
        var tenant = await app.CreateTenantAsync();
        using var staff = await StaffSession.SignInAsync(app, tenant, Role.Admin);

        using var answer = await SendAsync(staff, new ByteArrayContent(People), "../../péople.csv");

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var url = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("url").GetString()!;
        var import = await tenant.GetImportAsync(long.Parse(url.Split('/')[^1], System.Globalization.CultureInfo.InvariantCulture));
        (import.FileName, import.Rows, import.Format).ShouldBe(("péople.csv", 2, "CSV, UTF-8, ,"));
        using var failed = await staff.GetAsync(Urls.FailedRows(import.Id, "xlsx"));
        failed.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Upload_WithoutSignIn_Permission_OrToken_IsRefused()
    {
        var tenant = await app.CreateTenantAsync();
        using var stranger = StaffSession.Stranger(app.Address);
        using var agent = await StaffSession.SignInAsync(app, tenant, Role.Agent);
        using var admin = await StaffSession.SignInAsync(app, tenant, Role.Admin);

        (await StatusAsync(stranger, "nobody")).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(agent, agent.Antiforgery)).ShouldBe(HttpStatusCode.Forbidden);
        (await StatusAsync(admin, "forged")).ShouldBe(HttpStatusCode.BadRequest);
        (await StatusAsync(admin, agent.Antiforgery)).ShouldBe(HttpStatusCode.BadRequest);

        static async Task<HttpStatusCode> StatusAsync(StaffSession staff, string token)
        {
            using var answer = await SendAsync(staff, new ByteArrayContent(People), "people.csv", token);
            return answer.StatusCode;
        }
    }

    [Theory]
    [InlineData("%PDF-1.7\u0001\u0002\u0003\u0004\u0005\u0006\u0007", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("\u00D0\u00CF\u0011\u00E0old", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("PK\u0003\u0004 no zip", HttpStatusCode.UnprocessableEntity)]
    [InlineData("", HttpStatusCode.UnprocessableEntity)]
    [InlineData("only,headers\n", HttpStatusCode.UnprocessableEntity)]
    public async Task Upload_OfWhatIsNoTable_IsRefusedWithItsReason(string file, HttpStatusCode status)
    {
        using var staff = await StaffSession.SignInAsync(app, await app.CreateTenantAsync(), Role.Owner);

        using var answer = await SendAsync(staff, new ByteArrayContent(Encoding.Latin1.GetBytes(file)), "file.csv");

        answer.StatusCode.ShouldBe(status);
        JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("message")
            .GetString()
            .ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task Upload_ThatSaysItIsTooLarge_IsRefusedBeforeItIsSent()
    {
        using var staff = await StaffSession.SignInAsync(app, await app.CreateTenantAsync(), Role.Owner);
        using var content = new Endless(ImportUpload.MaxFileBytes + 1);
        using var answer = await SendAsync(staff, content, "large.csv", expectContinue: true);

        answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        content.Sent.ShouldBe(0);
    }

    [Fact]
    public async Task OtherTenants_DoNotGetTheFailedRows()
    {
        var theirs = await app.CreateTenantAsync();
        var import = await theirs.GetImportAsync(await theirs.SendAsync(People).OrThrowAsync());
        using var staff = await StaffSession.SignInAsync(app, await app.CreateTenantAsync(), Role.Owner);

        using var answer = await staff.GetAsync(Urls.FailedRows(import.Id, "csv"));

        (answer.StatusCode, answer.Headers.Location!.OriginalString).ShouldBe((HttpStatusCode.Redirect, Urls.NotFound));
    }

    private static Task<HttpResponseMessage> SendAsync(
        StaffSession staff, HttpContent content, string name, string? token = null, bool expectContinue = false)
    {
        var request = new HttpRequestMessage(
            HttpMethod.Post, $"{Urls.UploadImport}?name={Uri.EscapeDataString(name)}")
        { Content = content };
        request.Headers.Add("RequestVerificationToken", token ?? staff.Antiforgery);
        request.Headers.ExpectContinue = expectContinue;
        return staff.SendAsync(request);
    }

    /// <summary>A body of that length, of which it is known how much was sent.</summary>
    private sealed class Endless(long length) : HttpContent
    {
        public long Sent { get; private set; }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            var some = new byte[65_536];
            for (; Sent < length; Sent += some.Length)
            {
                await stream.WriteAsync(some);
            }
        }

        protected override bool TryComputeLength(out long size)
        {
            size = length;
            return true;
        }
    }
}
