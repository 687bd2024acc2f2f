using System.Text;
using System.Text.Json.Nodes;
using StandardWebhooks;
using WaCr.Web.Features.Webhooks;

namespace WaCr.Web.Tests.WhatsApp.Sandbox;

/// <summary>The receivers to try webhooks with: what they say of a signature.</summary>
public sealed class SandboxReceiverTests
{
    private const string Path = "/sandbox/control/receivers/shop";

    [Fact]
    public async Task Signature_OfAnOldSecretBesideTheNew_IsValidForBoth_AndForNoOther()
    {
        await using var sandbox = await SandboxHarness.StartAsync();
        var (old, current, other) = (WebhookSecrets.Create(), WebhookSecrets.Create(), WebhookSecrets.Create());

        (await ReceiveAsync(sandbox, old, [current, old]))["signature_is_valid"]!.GetValue<bool>().ShouldBeTrue();
        (await ReceiveAsync(sandbox, current, [current, old]))["signature_is_valid"]!.GetValue<bool>().ShouldBeTrue();
        var wrong = await ReceiveAsync(sandbox, other, [current, old]);
        wrong["signature_is_valid"]!.GetValue<bool>().ShouldBeFalse();
        ((string?)wrong["signature_problem"]).ShouldNotBeNullOrEmpty();
        var none = await ReceiveAsync(sandbox, current, []);
        none["signature_is_valid"]!.GetValue<bool>().ShouldBeFalse();
    }

    private static async Task<JsonNode> ReceiveAsync(SandboxHarness sandbox, string secret, IReadOnlyList<string> signing)
    {
        (await sandbox.CallAsync(HttpMethod.Patch, Path, $$"""{"secret":"{{secret}}"}""")).Status.ShouldBe(200);
        using var http = new HttpClient { BaseAddress = sandbox.Address };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/sandbox/receivers/shop");
        const string body = """{"event":{"type":"ping"}}""";
        var now = TimeProvider.System.GetUtcNow(); // the library's clock
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        request.Headers.Add("webhook-id", "evt_1");
        request.Headers.Add("webhook-timestamp", now.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture));
        if (signing.Count > 0)
        {
            request.Headers.TryAddWithoutValidation(
                "webhook-signature", string.Join(' ', signing.Select(key => new StandardWebhook(key).Sign("evt_1", now, body))));
        }

        (await http.SendAsync(request)).EnsureSuccessStatusCode();
        return (await sandbox.CallAsync(HttpMethod.Get, Path)).Json["received"]![0]!;
    }
}
