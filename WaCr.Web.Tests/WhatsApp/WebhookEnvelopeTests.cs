using System.Text;
using WaCr.Web.WhatsApp.Inbound;

namespace WaCr.Web.Tests.WhatsApp;

public sealed class WebhookEnvelopeTests
{
    private const string Metadata = """{"display_phone_number":"15550783881","phone_number_id":"1065"}""";

    [Fact]
    public void BatchOfSeveralAccounts_IsSplitIntoItsEvents()
    {
        var parts = Split($$$"""
            {"object":"whatsapp_business_account","entry":[
              {"id":"A","changes":[{"field":"messages","value":{"metadata":{{{Metadata}}},
                "contacts":[{"wa_id":"1","profile":{"name":"One"}},{"wa_id":"2","profile":{"name":"Two"}}],
                "messages":[{"from":"2","id":"wamid.2","type":"text","text":{"body":"b"}},{"from":"1","id":"wamid.1","type":"text","text":{"body":"a"}}],
                "statuses":[{"id":"wamid.3","status":"read","timestamp":"1","recipient_id":"9"}]}}]},
              {"id":"B","time":5,"changes":[{"field":"account_update","value":{"event":"VERIFIED_ACCOUNT"}}]}]}
            """);

        parts.Select(part => part.Key).Take(3).ShouldBe(["m:wamid.2", "m:wamid.1", "s:wamid.3:read"]);
        parts.Select(part => part.PhoneNumberId).ShouldBe(["1065", "1065", "1065", null]);
        parts.Select(part => part.BusinessAccountId).ShouldBe(["A", "A", "A", "B"]);
        parts[3].Key.ShouldStartWith("h:");
        WebhookReader.Read(parts[0].Body).ShouldBeOfType<MessageReceived>().From.Name.ShouldBe("Two");
        WebhookReader.Read(parts[1].Body).ShouldBeOfType<MessageReceived>().From.Name.ShouldBe("One");
        WebhookReader.Read(parts[3].Body).ShouldBeOfType<AccountChanged>().Event.ShouldBe("VERIFIED_ACCOUNT");
    }

    [Fact]
    public void SameEvent_InOtherCompany_HasTheSameKey()
    {
        const string update = """{"field":"account_update","value":{"event":"VERIFIED_ACCOUNT"}}""";

        var alone = Split($$"""{"object":"whatsapp_business_account","entry":[{"id":"A","time":5,"changes":[{{update}}]}]}""");
        var second = Split(
            $$"""{"object":"whatsapp_business_account","entry":[{"id":"A","time":5,"changes":[{"field":"security","value":{} },{{update}}]}]}""");
        var later = Split($$"""{"object":"whatsapp_business_account","entry":[{"id":"A","time":6,"changes":[{{update}}]}]}""");

        second[1].Key.ShouldBe(alone[0].Key);
        later[0].Key.ShouldNotBe(alone[0].Key);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("{\"object\":\"page\",\"entry\":[]}")]
    [InlineData("{\"object\":\"whatsapp_business_account\"")]
    [InlineData("[]")]
    public void WhatIsNoWebhookOfWhatsApp_IsNull(string body) => WebhookEnvelope.Split(Encoding.UTF8.GetBytes(body)).ShouldBeNull();

    [Theory]
    [InlineData("{\"object\":\"whatsapp_business_account\"}")]
    [InlineData("{\"object\":\"whatsapp_business_account\",\"entry\":{}}")]
    [InlineData("{\"object\":\"whatsapp_business_account\",\"entry\":[1,null,{\"changes\":7}]}")]
    public void WhatHoldsNoEvent_IsEmpty(string body) => Split(body).ShouldBeEmpty();

    [Fact]
    public void EndlessId_IsKeptUnderAHash()
    {
        var parts = Split($$$"""
            {"object":"whatsapp_business_account","entry":[{"id":"A","changes":[{"field":"messages","value":{"messages":[{"id":"{{{new string('x', 5000)}}}"}]}}]}]}
            """);

        parts[0].Key.Length.ShouldBeLessThan(WebhookEnvelope.KeyMaxLength);
    }

    private static IReadOnlyList<WebhookPart> Split(string body) => WebhookEnvelope.Split(Encoding.UTF8.GetBytes(body)).ShouldNotBeNull();
}
