using WaCr.Web.Features.Messaging;

namespace WaCr.Web.Tests.Features.Messaging;

public sealed class MessageContentTests
{
    private const string Ann = "447700900123";

    [Theory]
    [InlineData("""{"type":"contacts","contacts":[{"name":{"formatted_name":"Chan B"},"phones":[{"phone":"+1 202-555-0199"}]},{"phones":[{"phone":"+1 202-555-0197"}]}]}""", "Chan B: +1 202-555-0199\n+1 202-555-0197")]
    [InlineData("""{"type":"contacts","contacts":[{"name":{"first_name":"Chan","last_name":"B"},"phones":[{"wa_id":"12025550199"}],"emails":[{"email":"c@example.org"}]}]}""", "Chan B: +12025550199, c@example.org")]
    [InlineData("""{"type":"contacts","contacts":[{"org":{"company":"Acme"}}]}""", "Acme")]
    [InlineData("""{"type":"order","order":{"catalog_id":"354","text":"","product_items":[{"product_retailer_id":"BREAD","quantity":3,"item_price":30,"currency":"INR"},{"product_retailer_id":"CAKE","quantity":1,"item_price":120.5,"currency":"INR"}]}}""", "3 × BREAD, 30 INR\n1 × CAKE, 120.50 INR\n= 210.50 INR")]
    [InlineData("""{"type":"order","order":{"text":"Please","product_items":[{"product_retailer_id":"A","quantity":"2","item_price":"5","currency":"EUR"},{"product_retailer_id":"B","quantity":1,"item_price":7,"currency":"USD"}]}}""", "Please\n2 × A, 5 EUR\n1 × B, 7 USD\n= 10 EUR\n= 7 USD")]
    [InlineData("""{"type":"order","order":{"product_items":[{"product_retailer_id":"A","quantity":2}]}}""", "2 × A")]
    [InlineData("""{"type":"order","order":{"product_items":[{"product_retailer_id":"A","quantity":1e300,"item_price":1e300}]}}""",
        "1 × A")]
    [InlineData("""{"type":"interactive","interactive":{"type":"nfm_reply","nfm_reply":{"body":"Sent","response_json":"{\"flow_token\":\"tok\",\"rating\":\"Very good\",\"days\":[\"Mon\",\"Tue\"],\"n\":2,\"ok\":true}"}}}""", "rating: Very good\ndays: Mon, Tue\nn: 2\nok: true")]
    [InlineData("""{"type":"interactive","interactive":{"type":"nfm_reply","nfm_reply":{"body":"Sent","response_json":"no json"}}}""",
        null)]
    [InlineData("""{"type":"location","location":{"latitude":37.48,"longitude":-122.15}}""", "37.48, -122.15")]
    [InlineData("""{"type":"location","location":{"latitude":1,"longitude":2,"name":"HQ","address":"1 Road"}}""", "HQ, 1 Road")]
    [InlineData("""{"type":"interactive","interactive":{"type":"button_reply","button_reply":{"id":"y","title":"Yes"}}}""", null)]
    [InlineData("""{"interactive":"?","contacts":7,"order":[],"context":1,"errors":{}}""", null)]
    [InlineData("""[]""", null)]
    [InlineData("no json", null)]
    [InlineData(null, null)]
    public void Words_AreMadeOfWhatWasSent(string? content, string? words) => MessageContent.Read(content).Words.ShouldBe(words);

    [Fact]
    public void CallPermission_IsRead()
    {
        var content = MessageContent.Read(
            """{"type":"interactive","interactive":{"type":"call_permission_reply","call_permission_reply":{"response":"accept","expiration_timestamp":"1"}}}""");

        content.CallPermission.ShouldBe(new CallConsent(true, "accept", DateTimeOffset.FromUnixTimeSeconds(1)));
        content.Raw.ShouldBeNull();
    }

    [Theory]
    [InlineData("""{"type":"hologram","hologram":{"depth":3}}""", """{"depth":3}""")]
    [InlineData("""{"type":"interactive","interactive":{"type":"dance"}}""", """{"type":"dance"}""")]
    [InlineData("""{"type":"text","text":{"body":"x"}}""", null)]
    public void KindThatIsNotKnown_IsToldRaw(string content, string? raw) => MessageContent.Read(content).Raw.ShouldBe(raw);

    [Theory, OnEachEngine]
    public async Task WhatComesWithAnyKind_IsKept(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);

        await world.TakeInAsync(MetaWebhook.Message("wamid.1", Ann, """
            {"type":"text","text":{"body":"I saw your ad"},
             "context":{"id":"wamid.q","from":"1","frequently_forwarded":true,"referred_product":{"catalog_id":"354","product_retailer_id":"BREAD"}},
             "referral":{"source_url":"https://fb.me/x","source_id":"12","source_type":"ad","headline":"Spring sale","body":"20% off","media_type":"image","image_url":"https://example.org/i.jpg","ctwa_clid":"CLID123"}}
            """, world.Now));

        var message = await world.MessageAsync("wamid.1");
        message.ReplyToWamid.ShouldBe("wamid.q");
        var content = MessageContent.Read(message.Content);
        content.Referral.ShouldBe(
            new MessageReferral("https://fb.me/x", "12", "ad", "Spring sale", "20% off", "image", "https://example.org/i.jpg", "CLID123"));
        content.Product.ShouldBe(new ReferredProduct("354", "BREAD"));
        (content.IsForwarded, content.IsForwardedOften).ShouldBe((true, true));
    }

    [Theory, OnEachEngine]
    public async Task ErrorBesideAMessage_IsTheMessages(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        var webhook = MetaWebhook.Message(
            "wamid.1", Ann, """{"type":"interactive","context":{"from":"15550783881","id":"wamid.Q"}}""", world.Now);
        webhook = webhook.Replace(
            "\"messages\":[",
            """ "errors":[{"code":131000,"title":"Something went wrong","error_data":{"details":"Unsupported webhook payload"}}],"messages":[ """,
            StringComparison.Ordinal);

        await world.TakeInAsync(webhook);

        var message = await world.MessageAsync("wamid.1");
        (message.Type, message.Text, message.ErrorCode, message.Error)
            .ShouldBe((MessageType.Interactive, "", 131000, "Unsupported webhook payload"));
        MessageContent.Read(message.Content).Errors.ShouldHaveSingleItem().Code.ShouldBe(131000);
    }
}
