using System.Net.Http.Headers;
using System.Security.Cryptography;
using WaCr.Web.WhatsApp;
using WaCr.Web.WhatsApp.Sandbox;

namespace WaCr.Web.Tests.WhatsApp.Sandbox;

public sealed class SandboxMediaTests : IAsyncLifetime
{
    private static readonly byte[] Bytes = [.. Enumerable.Range(0, 2000).Select(index => (byte)index)];
    private SandboxHarness _sandbox = null!;

    public async Task InitializeAsync() => _sandbox = await SandboxHarness.StartAsync();

    public async Task DisposeAsync() => await _sandbox.DisposeAsync();

    [Fact]
    public async Task File_GoesUpAndComesDownWhole()
    {
        var id = (await UploadAsync(Bytes, "application/pdf")).OrThrow();
        using var target = new MemoryStream();

        var media = (await _sandbox.Client.DownloadMediaAsync(SandboxHarness.Channel, id, target, 10_000, default)).OrThrow();

        target.ToArray().ShouldBe(Bytes);
        media.ContentType.ShouldBe("application/pdf");
        media.Sha256.ShouldBe(Convert.ToBase64String(SHA256.HashData(Bytes)));
        media.Size.ShouldBe(Bytes.Length);
    }

    [Fact]
    public async Task Address_NeedsTheToken_AndLivesFiveMinutes()
    {
        var id = (await UploadAsync(Bytes, "image/png")).OrThrow();
        var described = (await _sandbox.CallAsync(HttpMethod.Get, id)).Json;
        ((long)described["file_size"]!).ShouldBe(2000);
        var address = (string)described["url"]!;

        (await GetAsync(address, null)).ShouldBe(HttpStatusCode.Unauthorized);
        (await GetAsync(address, SandboxNumber.Shipped[1].AccessToken)).ShouldBe(HttpStatusCode.NotFound);
        (await GetAsync(address.Replace("hash=", "hash=0", StringComparison.Ordinal), SandboxHarness.Number.AccessToken))
            .ShouldBe(HttpStatusCode.NotFound);
        (await GetAsync(address, SandboxHarness.Number.AccessToken)).ShouldBe(HttpStatusCode.OK);
        _sandbox.Time.Advance(TimeSpan.FromMinutes(5));
        (await GetAsync(address, SandboxHarness.Number.AccessToken)).ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task File_IsDeleted_OrForgottenAfterThirtyDays()
    {
        var (gone, old) = ((await UploadAsync(Bytes, "image/png")).OrThrow(), (await UploadAsync(Bytes, "image/png")).OrThrow());

        (await _sandbox.CallAsync(HttpMethod.Delete, gone)).Status.ShouldBe(200);
        (await _sandbox.CallAsync(HttpMethod.Get, gone)).Status.ShouldBe(400);
        (await _sandbox.CallAsync(HttpMethod.Get, old)).Status.ShouldBe(200);
        _sandbox.Time.Advance(TimeSpan.FromDays(30));
        (await _sandbox.CallAsync(HttpMethod.Get, old)).Status.ShouldBe(400);
    }

    [Theory]
    [InlineData("image/gif", 100)]
    [InlineData("image/jpeg", (5 * 1024 * 1024) + 1)]
    [InlineData("image/png", 0)]
    public async Task File_OfAWrongTypeOrSize_IsRefused(string type, int size) =>
        (await UploadAsync(new byte[size], type)).Error.ShouldBeOfType<WhatsAppRefused>().Code.ShouldBe(131053);

    [Fact]
    public async Task File_SentAsSomethingElse_IsRefused()
    {
        var id = (await UploadAsync(Bytes, "application/pdf")).OrThrow();

        (await _sandbox.Client.SendAsync(
            SandboxHarness.Channel, new(
                Recipient.ByPhone("15551234567"), new MediaContent(MediaKind.Image, MediaSource.Uploaded(id)), "r"), default))
            .Error.ShouldBeOfType<WhatsAppRefused>().Kind.ShouldBe(GraphErrorKind.MediaRefused);
    }

    [Fact]
    public async Task Upload_WithoutAFile_IsRefused() =>
        ((int)(await _sandbox.CallAsync(HttpMethod.Post, $"{SandboxHarness.Number.PhoneNumberId}/media", "{}")).Json["error"]!["code"]!)
            .ShouldBe(100);

    [Fact]
    public async Task Number_DescribesItself()
    {
        (await _sandbox.Client.FindPhoneNumberAsync(SandboxHarness.Channel, default)).OrThrow().DisplayPhoneNumber.ShouldBe("+15550783881");
        (await _sandbox.CallAsync(HttpMethod.Get, $"{SandboxHarness.Number.BusinessAccountId}/phone_numbers")).Json["data"]!.AsArray()
            .Count.ShouldBe(1);
        ((bool)(await _sandbox.CallAsync(HttpMethod.Get, $"debug_token?input_token={SandboxHarness.Number.AccessToken}"))
            .Json["data"]!["is_valid"]!)
            .ShouldBeTrue();
        ((int)(await _sandbox.CallAsync(HttpMethod.Get, "12345")).Json["error"]!["error_subcode"]!).ShouldBe(33);
    }

    private async Task<WaCr.Web.Common.Result<string>> UploadAsync(byte[] bytes, string type)
    {
        using var file = new MemoryStream(bytes);
        return await _sandbox.Client.UploadMediaAsync(SandboxHarness.Channel, new(file, type, "file"), default);
    }

    private static async Task<HttpStatusCode> GetAsync(string address, string? token)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        using var answer = await http.SendAsync(request);
        return answer.StatusCode;
    }
}
