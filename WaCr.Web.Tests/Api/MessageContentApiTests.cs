using System.Text.Json.Nodes;

namespace WaCr.Web.Tests.Api;

public sealed class MessageContentApiTests(TestApp app) : IClassFixture<TestApp>
{
    [Theory]
    [InlineData("""{"type":"interactive","interactive":{"type":"button_reply","button_reply":{"id":"yes","title":"Yes"}}}""",
        """{"button":{"id":"yes","title":"Yes"}}""")]
    [InlineData("""{"type":"button","button":{"payload":"p1","text":"Track"}}""", """{"button":{"id":"p1","title":"Track"}}""")]
    [InlineData("""{"type":"interactive","interactive":{"type":"list_reply","list_reply":{"id":"r1","title":"First","description":"Best"}}}""", """{"list":{"id":"r1","title":"First","description":"Best"}}""")]
    [InlineData("""{"type":"location","location":{"latitude":37.48,"longitude":-122.15,"name":"HQ"}}""",
        """{"location":{"latitude":37.48,"longitude":-122.15,"name":"HQ"}}""")]
    [InlineData(
        """{"type":"contacts","contacts":[{"name":{"formatted_name":"Chan B"},"phones":[{"phone":"+1 202-555-0199","wa_id":"12025550199","type":"CELL"}]},{"phones":[{"phone":"+1 202-555-0197"}]}]}""",
        """{"contacts":[{"name":"Chan B","company":null,"phones":[{"phone":"+1 202-555-0199","wa_id":"12025550199","type":"CELL"}],"emails":[]},{"name":null,"company":null,"phones":[{"phone":"+1 202-555-0197","wa_id":null,"type":null}],"emails":[]}]}""")]
    [InlineData(
        """{"type":"order","order":{"catalog_id":"354","text":"","product_items":[{"product_retailer_id":"BREAD","quantity":3,"item_price":30,"currency":"INR"}]}}""",
        """{"order":{"catalog_id":"354","text":null,"product_items":[{"product_retailer_id":"BREAD","quantity":3,"item_price":30,"currency":"INR"}],"totals":[{"amount":90,"currency":"INR"}]}}""")]
    [InlineData(
        """{"type":"interactive","interactive":{"type":"nfm_reply","nfm_reply":{"response_json":"{\"flow_token\":\"tok\",\"rating\":\"Very good\",\"days\":[\"Mon\"]}"}}}""",
        """{"flow":{"rating":"Very good","days":["Mon"]}}""")]
    [InlineData(
        """{"type":"interactive","interactive":{"type":"call_permission_reply","call_permission_reply":{"response":"accept","expiration_timestamp":"1"}}}""",
        """{"call_permission":{"granted":true,"response":"accept","expires_at":"1970-01-01T00:00:01+00:00"}}""")]
    [InlineData("""{"type":"interactive","interactive":{"type":"dance","action":{}}}""",
        """{"unknown":{"type":"dance","action":{}}}""")]
    [InlineData(
        """{"type":"interactive","interactive":{"type":"product_list","body":{"text":"Bread"},"action":{"catalog_id":"354","sections":[{"title":"Today","product_items":[{"product_retailer_id":"BREAD"}]}]}}}""",
        """{"interactive":{"type":"product_list","body_text":"Bread","sections":[{"title":"Today","product_items":[{"product_retailer_id":"BREAD"}]}],"catalog_id":"354"}}""")]
    [InlineData("""{"type":"reaction","reaction":{"message_id":"wamid.q","emoji":"x"}}""",
        """{"reaction":{"message_id":"wamid.q","emoji":"x"}}""")]
    [InlineData(
        """{"type":"text","text":{"body":"Hi"},"referral":{"source_type":"ad","headline":"Sale"},"context":{"forwarded":true,"referred_product":{"catalog_id":"1","product_retailer_id":"A"}}}""",
        """{"referral":{"source_type":"ad","headline":"Sale"},"referred_product":{"catalog_id":"1","product_retailer_id":"A"},"forwarded":true}""")]
    [InlineData(
        """{"type":"unsupported","errors":[{"code":131052,"title":"Media download error","error_data":{"details":"The media file is too large."}}]}""",
        """{"errors":[{"code":131052,"title":"Media download error","details":"The media file is too large."}]}""")]
    [InlineData("""{"type":"hologram","hologram":{"depth":3}}""", """{"unknown":{"depth":3}}""")]
    [InlineData("""{"type":"text","text":{"body":"Hi"}}""", "{}")]
    public async Task Content_HasTheMembersOfTheKind(string message, string content)
    {
        var client = await ReceiveAsync(message);

        var listed = (await client.GetAsync("/messages?fields=content"))
            .ShouldBe(HttpStatusCode.OK).Items.ShouldHaveSingleItem()!.AsObject();
        listed.Select(field => field.Key).ShouldBe(["id", "content"]);
        JsonNode.DeepEquals(listed["content"], JsonNode.Parse(content)).ShouldBeTrue(listed["content"]!.ToJsonString());
        var one = (await client.GetAsync($"/messages/{listed["id"]}")).ShouldBe(HttpStatusCode.OK).Data!;
        JsonNode.DeepEquals(one["content"], JsonNode.Parse(content)).ShouldBeTrue();
        (await client.GetAsync("/messages")).Items[0]!.AsObject().ContainsKey("content").ShouldBeFalse();
    }

    [Theory]
    [InlineData("""{"duration":40,"start_time":"1764580920","status":"COMPLETED"}""",
        """{"outcome":"answered","duration":40,"started_at":"2025-12-01T09:22:00+00:00"}""")]
    [InlineData("""{"status":"FAILED"}""", """{"outcome":"not_answered","duration":null,"started_at":null}""")]
    [InlineData("""{"status":"REJECTED"}""", """{"outcome":"rejected","duration":null,"started_at":null}""")]
    [InlineData("""{"status":"missed","duration":0}""", """{"outcome":"missed","duration":0,"started_at":null}""")]
    [InlineData("""{"status":"COMPLETED"}""", """{"outcome":"answered","duration":null,"started_at":null}""")]
    [InlineData("{}", """{"outcome":"not_answered","duration":null,"started_at":null}""")]
    public async Task Call_SaysWhatBecameOfIt(string end, string call)
    {
        var client = await ReceiveAsync($$"""{"type":"call","call":{{end}}}""");

        var listed = (await client.GetAsync("/messages?fields=content")).ShouldBe(HttpStatusCode.OK).Items.ShouldHaveSingleItem()!;
        JsonNode.DeepEquals(listed["content"], new JsonObject { ["call"] = JsonNode.Parse(call) }).ShouldBeTrue(listed["content"]!.ToJsonString());
    }

    [Fact]
    public async Task EditAndRevoke_AreTold()
    {
        var client = await ReceiveAsync(
            """{"type":"text","text":{"body":"First"}}""",
            """{"type":"edit","edit":{"original_message_id":"{wamid}","message":{"type":"text","text":{"body":"Better"}}}}""",
            """{"type":"revoke","revoke":{"original_message_id":"{wamid}"}}""");

        var message = (await client.GetAsync("/messages")).Items.ShouldHaveSingleItem()!;

        ((string?)message["message"]).ShouldBe("Better");
        ((string?)message["edited_at"]).ShouldBe("2026-03-04T05:06:07+00:00");
        ((string?)message["revoked_at"]).ShouldBe("2026-03-04T05:06:07+00:00");
    }

    [Fact]
    public async Task MessageOfAGroup_IsNoPrivateMessage()
    {
        var client = await ReceiveAsync("""{"type":"text","text":{"body":"hello all"},"group_id":"Y2Fw"}""");

        (await client.GetAsync("/messages")).Items.ShouldBeEmpty();
        (await client.GetAsync("/contacts")).Items.ShouldBeEmpty();
    }

    /// <summary>A workspace's client, once its number was written all of <paramref name="messages"/> one after another.</summary>
    private async Task<ApiClient> ReceiveAsync(params string[] messages)
    {
        var (tenant, client) = await app.NewTenantAsync();
        var number = Random.Shared.NextInt64(1_000_000_000, 9_000_000_000).ToString(System.Globalization.CultureInfo.InvariantCulture);
        await MessagingWorld.AddChannelAsync(tenant, number);
        using var http = new HttpClient { BaseAddress = app.Address };
        var wamid = $"wamid.{number}.0";
        for (var i = 0; i < messages.Length; i++)
        {
            var body = MetaWebhook.Message(
                $"wamid.{number}.{i}", "447700900123", messages[i]
                    .Replace("{wamid}", wamid, StringComparison.Ordinal), app.Time.GetUtcNow(), number: number);
            using var request = new HttpRequestMessage(HttpMethod.Post, "/webhooks/whatsapp") { Content = new StringContent(body) };
            request.Headers.Add("X-Hub-Signature-256", MetaWebhook.Sign(body));
            using var answer = await http.SendAsync(request);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            await Eventually.HoldsAsync(
                async () =>
                {
                    await using var db = tenant.OpenDatabase();
                    return !await db.WebhookEvents.AnyAsync(e => e.State == WebhookEventState.Waiting);
                },
                TimeSpan.FromMinutes(1));
        }

        return client;
    }
}
