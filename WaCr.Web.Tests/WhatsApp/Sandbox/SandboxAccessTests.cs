using System.Net.Http.Headers;

namespace WaCr.Web.Tests.WhatsApp.Sandbox;

/// <summary>Who gets at the controls, and where a sandbox may be at all.</summary>
public sealed class SandboxAccessTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("another-token-of-some-length")]
    [InlineData("sandbox-token-riverside")]
    public async Task Controls_WithoutTheirToken_AreClosed_FromThisMachineToo(string? token)
    {
        await using var sandbox = await SandboxHarness.StartAsync();
        using var http = new HttpClient { BaseAddress = sandbox.Address };
        http.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);

        (await http.GetAsync(new Uri("sandbox/control/export", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await http.PostAsync(new Uri("sandbox/control/reset", UriKind.Relative), null)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("http://127.0.0.2:9/hook")]
    [InlineData("http://localhost:9/hook")]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    [InlineData("http://10.0.0.1/hook")]
    public async Task Webhook_ToAnAddressThatIsNotPublic_IsNeverCalled(string address)
    {
        await using var sandbox = await SandboxHarness.StartAsync();
        sandbox.Desk.PutNumber(SandboxHarness.Number with { WebhookUrl = new Uri(address) }).Succeeded.ShouldBeTrue();

        var (status, json, _) = await sandbox.CallAsync(
            HttpMethod.Post, $"/sandbox/control/numbers/{SandboxHarness.Number.PhoneNumberId}/handshake");

        status.ShouldBe(422);
        ((string)json["error"]!).ShouldBe("There was no answer.");
    }

    [Theory]
    [InlineData("--WhatsApp:Sandbox:Enabled=true")]
    [InlineData("--WhatsApp:BaseUrl=http://127.0.0.1:5090/sandbox/graph")]
    public async Task Production_SetToASandbox_DoesNotStart(string setting)
    {
        await using var folder = new TempFolder();

        var outcome = await ProductProcess.RunAsync(folder.Sqlite("wacr.db"), [setting]);

        outcome.ExitCode.ShouldBe(1);
        (outcome.Output + outcome.Error).ShouldContain("WhatsApp:Sandbox:AllowOutsideDevelopment");
    }
}
