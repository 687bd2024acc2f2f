using System.Text.Json.Nodes;
using WaCr.Web.WhatsApp;
using WaCr.Web.WhatsApp.Sandbox;

namespace WaCr.Web.Tests.WhatsApp.Sandbox;

/// <summary>People whom the business blocks, as our client and as others ask for it.</summary>
public sealed class SandboxBlockTests : IAsyncLifetime
{
    private const string Phone = "15551234567";
    private static readonly SandboxChat Chat = new(null, Phone);
    private SandboxHarness _sandbox = null!;

    public async Task InitializeAsync() => _sandbox = await SandboxHarness.StartAsync();

    public async Task DisposeAsync() => await _sandbox.DisposeAsync();

    [Fact]
    public async Task BlockedPerson_ReachesNobody_AndIsReachedByNobody_UntilUnblocked()
    {
        _sandbox.Phone.Write(Chat, "Hello").OrThrow();
        (await _sandbox.ReceiveAsync()).Message["type"]!.GetValue<string>().ShouldBe("text");
        await BlockAsync(true).OrThrowAsync();

        _sandbox.Phone.Write(Chat, "Do you read me?").OrThrow();
        ((WhatsAppRefused)(await SendAsync()).Error!).Code.ShouldBe(130403);
        var listed = (await _sandbox.CallAsync(HttpMethod.Get, Path)).Json["data"]!.AsArray();
        listed.ShouldHaveSingleItem()!["wa_id"]!.GetValue<string>().ShouldBe(Phone);

        await BlockAsync(false).OrThrowAsync();
        (await _sandbox.CallAsync(HttpMethod.Get, Path)).Json["data"]!.AsArray().ShouldBeEmpty();
        _sandbox.Phone.Write(Chat, "And now?").OrThrow();
        (await _sandbox.ReceiveAsync()).Message["text"]!["body"]!.GetValue<string>().ShouldBe("And now?");
        (await SendAsync()).Succeeded.ShouldBeTrue();
    }

    [Fact]
    public async Task Somebody_WhoDidNotWriteLately_IsRefusedByName()
    {
        ((WhatsAppRefused)(await BlockAsync(true)).Error!).Code.ShouldBe(139100);
        _sandbox.Phone.Write(Chat, "Hello").OrThrow();
        _sandbox.Time.Advance(TimeSpan.FromHours(25));
        var refused = (await _sandbox.CallAsync(HttpMethod.Post, Path, $$"""{"messaging_product":"whatsapp","block_users":[{"user":"+{{Phone}}"}]}""")).Json;
        refused["block_users"]!["added_users"]!.AsArray().ShouldBeEmpty();
        refused["block_users"]!["failed_users"]![0]!["errors"]![0]!["code"]!.GetValue<int>().ShouldBe(139100);
        (await _sandbox.CallAsync(HttpMethod.Post, Path, """{"messaging_product":"whatsapp","block_users":[]}""")).Json["error"]!["code"]!.GetValue<int>().ShouldBe(100);
    }

    [Fact]
    public async Task Person_WhoHidesTheirNumber_IsBlockedByTheirId()
    {
        _sandbox.Phone.ChangeProfile(Chat, null, "asha").OrThrow();
        _sandbox.Phone.Write(Chat, "Hello").OrThrow();
        var id = (await _sandbox.ReceiveAsync()).Message["from_user_id"]!.GetValue<string>();

        await _sandbox.Client.BlockAsync(SandboxHarness.Channel, Recipient.ByUserId(id), true, default).OrThrowAsync();

        _sandbox.World.People.Find(Phone)!.BlockedBy.ShouldContainKey(SandboxHarness.Number.PhoneNumberId);
    }

    [Fact]
    public async Task MarketingApi_TakesMarketingTemplatesAlone()
    {
        var path = SandboxHarness.Number.PhoneNumberId + "/marketing_messages";
        static string Send(string name, string components) =>
            $$$"""{"messaging_product":"whatsapp","to":"+{{{Phone}}}","type":"template","template":{"name":"{{{name}}}","language":{"code":"en_US"},"components":{{{components}}} }}""";

        (await _sandbox.CallAsync(HttpMethod.Post, path, Send("hello_world", "[]"))).Json["error"]!["code"]!.GetValue<int>().ShouldBe(134100);
        (await _sandbox.CallAsync(HttpMethod.Post, path, """{"messaging_product":"whatsapp","to":"+15551234567","type":"text","text":{"body":"x"}}"""))
            .Json["error"]!["code"]!.GetValue<int>().ShouldBe(134100);

        // What is marketing gets as far as its own values.
        (await _sandbox.CallAsync(HttpMethod.Post, path, Send("seasonal_offer", "[]"))).Json["error"]!["code"]!.GetValue<int>().ShouldBe(132012);
    }

    [Fact]
    public async Task Quality_IsToldWhenItChanges()
    {
        var template = _sandbox.World.Templates.Of(SandboxHarness.Number.BusinessAccountId)[0];

        await _sandbox.ControlAsync(HttpMethod.Post, $"templates/{template.Id}/quality", new { quality = "red" });

        var heard = await _sandbox.ReceiveAsync();
        ((string)heard.Changes[0]["field"]!).ShouldBe("message_template_quality_update");
        ((string)heard.Value["new_quality_score"]!).ShouldBe("RED");
        _sandbox.Desk.RateTemplate(template.Id, "blue").Succeeded.ShouldBeFalse();
    }

    [Theory]
    [InlineData("""{"messaging_product":"whatsapp","to":"+15551234567","type":"interactive","interactive":{"type":"button","body":{"text":"Sure?"},"action":"{\"buttons\":[{\"type\":\"reply\",\"reply\":{\"id\":1,\"title\":\"Yes\"}}]}"}}""")]
    [InlineData("""{"messaging_product":"whatsapp","to":15551234567,"type":"contacts","contacts":"[{\"name\":{\"formatted_name\":\"Asha\"}}]"}""")]
    [InlineData("""{"messaging_product":"whatsapp","to":"+15551234567","type":"text","text":{"body":4711}}""")]
    public async Task Parameters_AreReadAsGraphReadsThem_TextsOfJsonAndNumbersIncluded(string body)
    {
        _sandbox.Phone.Write(Chat, "Hello").OrThrow();

        (await _sandbox.CallAsync(HttpMethod.Post, SandboxHarness.Number.PhoneNumberId + "/messages", body)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Parameters_MayStandInTheQueryAlone_AndTextThatIsJsonStaysText()
    {
        _sandbox.Phone.Write(Chat, "Hello").OrThrow();
        var query = $"messages?messaging_product=whatsapp&to={Phone}&type=text&text={Uri.EscapeDataString("""{"body":"{\"a\":1}"}""")}";

        (await _sandbox.CallAsync(HttpMethod.Post, $"{SandboxHarness.Number.PhoneNumberId}/{query}")).Status.ShouldBe(200);

        _sandbox.World.Chats.All.Last(message => !message.FromCustomer).Text.ShouldBe("""{"a":1}""");
        (await _sandbox.CallAsync(HttpMethod.Post, SandboxHarness.Number.PhoneNumberId + "/nothing", "{}")).Json["error"]!["code"]!.GetValue<int>().ShouldBe(2500);
    }

    private static string Path => SandboxHarness.Number.PhoneNumberId + "/block_users";

    private Task<Result<Done>> BlockAsync(bool blocked) =>
        _sandbox.Client.BlockAsync(SandboxHarness.Channel, Recipient.ByPhone(Phone), blocked, default);

    private Task<Result<AcceptedMessage>> SendAsync() =>
        _sandbox.Client.SendAsync(SandboxHarness.Channel, new OutboundMessage(Recipient.ByPhone(Phone), new TextContent("Hi"), "1-00000001"), default);
}
