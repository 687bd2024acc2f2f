using System.Text;
using System.Text.Json.Nodes;
using WaCr.Web.WhatsApp;
using WaCr.Web.WhatsApp.Sandbox;

namespace WaCr.Web.Tests.WhatsApp.Sandbox;

/// <summary>What the product hears: statuses, signatures, repetition, order.</summary>
public sealed class SandboxEventTests : IAsyncLifetime
{
    private const string Person = "15551234567";
    private static readonly SandboxChat Chat = new(null, Person);
    private SandboxHarness _sandbox = null!;

    public async Task InitializeAsync() => _sandbox = await SandboxHarness.StartAsync(new SandboxBehaviour());

    public async Task DisposeAsync() => await _sandbox.DisposeAsync();

    [Fact]
    public async Task Message_ClimbsFromSentToRead_AsTimeGoesOn()
    {
        var sent = await SendTemplateAsync();

        var status = (await _sandbox.ReceiveAsync()).Status;
        ((string)status["status"]!).ShouldBe("sent");
        ((string)status["id"]!).ShouldBe(sent.MessageId);
        ((string)status["recipient_id"]!).ShouldBe(Person);
        ((string)status["biz_opaque_callback_data"]!).ShouldBe("ref-1");
        ((string)status["timestamp"]!).ShouldBe("1772600767");
        ((string)status["pricing"]!["category"]!).ShouldBe("utility");

        _sandbox.Time.Advance(TimeSpan.FromMilliseconds(799));
        _sandbox.World.Do(() => _sandbox.World.Chats.Find(sent.MessageId)!.Status).ShouldBe(SandboxStatus.Sent);
        _sandbox.Time.Advance(TimeSpan.FromMilliseconds(1));
        ((string)(await _sandbox.ReceiveAsync()).Status["status"]!).ShouldBe("delivered");
        _sandbox.Time.Advance(TimeSpan.FromSeconds(3));
        var read = (await _sandbox.ReceiveAsync()).Status;
        ((string)read["status"]!).ShouldBe("read");
        read["pricing"]!.ToJsonString().ShouldBe(status["pricing"]!.ToJsonString());
    }

    [Fact]
    public async Task Event_IsSigned_AndAsciiAlone()
    {
        _sandbox.Phone.Write(Chat, "äöå 😮 नमस्ते \"x\" <b>").OrThrow();

        var heard = await _sandbox.ReceiveAsync();
        WebhookSignature.Fits(heard.Body, heard.Signature, SandboxHarness.Number.AppSecret).ShouldBeTrue();
        WebhookSignature.Fits(heard.Body, heard.Signature, SandboxNumber.Shipped[1].AppSecret).ShouldBeFalse();
        heard.Body.ShouldAllBe(letter => letter < 128);
        Encoding.ASCII.GetString(heard.Body).ShouldContain("""\u00e4\u00f6\u00e5 \ud83d\ude2e \u0928""");
        ((string)heard.Message["text"]!["body"]!).ShouldBe("äöå 😮 नमस्ते \"x\" <b>");
    }

    [Fact]
    public void Ascii_OfTheKnownVector_IsWhatMetaSigns()
    {
        var json = JsonNode.Parse(
            """{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":{"t":"äöå 😮"}}]}]}""")!;

        WebhookSignature.Of(AsciiJson.Bytes(json), "test_app_secret")
            .ShouldBe("sha256=905978d7f822bf9fa2977385645758ecce673d6f38d3ebcfe04104b40ef15e63");
    }

    [Fact]
    public async Task ClosedWindow_FailsLater_OrAtOnce()
    {
        (await SendTextAsync()).Succeeded.ShouldBeTrue();
        ((int)(await _sandbox.ReceiveAsync()).Status["errors"]![0]!["code"]!).ShouldBe(131047);

        _sandbox.Desk.Behave(new JsonObject { ["refuse_closed_window"] = true });
        (await SendTextAsync()).Error.ShouldBeOfType<WhatsAppRefused>().Kind.ShouldBe(GraphErrorKind.WindowClosed);

        _sandbox.Phone.Write(Chat, "Hello").OrThrow();
        (await SendTextAsync()).Succeeded.ShouldBeTrue();
        _sandbox.Time.Advance(TimeSpan.FromHours(24));
        (await SendTextAsync()).Succeeded.ShouldBeFalse();
    }

    [Fact]
    public async Task Window_IsOfOneNumber()
    {
        _sandbox.Desk.Behave(new JsonObject { ["refuse_closed_window"] = true });
        _sandbox.Phone.Write(Chat with { PhoneNumberId = SandboxNumber.Shipped[1].PhoneNumberId }, "Oi").OrThrow();

        (await SendTextAsync()).Succeeded.ShouldBeFalse();
    }

    [Theory]
    [InlineData("""{"omit_delivered":true}""", new[] { "sent", "read" })]
    [InlineData("""{"reverse_statuses":true}""", new[] { "read", "delivered", "sent" })]
    [InlineData("""{"duplicates":1}""", new[] { "sent", "sent", "delivered", "delivered", "read", "read" })]
    [InlineData("""{"reads_by_itself":false}""", new[] { "sent", "delivered" })]
    public async Task Ladder_CanBeBent(string change, string[] statuses)
    {
        _sandbox.Desk.Behave(JsonNode.Parse(change)!.AsObject());

        await SendTemplateAsync();
        var heard = new List<string>(await _sandbox.HearStatusesAsync(1));
        _sandbox.Time.Advance(TimeSpan.FromMinutes(1));
        heard.AddRange(await _sandbox.HearStatusesAsync(statuses.Length - 1));

        heard.ShouldBe(statuses);
        await _sandbox.World.Outbox.IdleAsync();
        _sandbox.HasHeardMore.ShouldBeFalse();
    }

    [Fact]
    public async Task Statuses_NameWhomItWentTo_AndThatOfAFailureDoesNot()
    {
        _sandbox.Phone.ChangeProfile(Chat, "Asha Rao", username: null).OrThrow();
        await SendTemplateAsync();
        var told = new List<HeardEvent> { await _sandbox.ReceiveAsync() };
        _sandbox.Time.Advance(TimeSpan.FromMinutes(1));
        told.Add(await _sandbox.ReceiveAsync());
        told.Add(await _sandbox.ReceiveAsync());

        told.ConvertAll(one => (string)one.Status["status"]!).ShouldBe(["sent", "delivered", "read"]);
        foreach (var value in told.Select(one => one.Value))
        {
            var contact = value["contacts"]!.AsArray().ShouldHaveSingleItem()!;
            ((string)contact["profile"]!["name"]!).ShouldBe("Asha Rao");
            ((string)contact["wa_id"]!).ShouldBe((string)value["statuses"]![0]!["recipient_id"]!);
            ((string)contact["user_id"]!).ShouldBe((string)value["statuses"]![0]!["recipient_user_id"]!);
        }

        await SendTextAsync(); // its window is closed
        var failed = await _sandbox.ReceiveAsync();
        ((string)failed.Status["status"]!).ShouldBe("failed");
        failed.Value["contacts"].ShouldBeNull();
    }

    [Fact]
    public async Task Statuses_MayComeBeforeTheAnswer()
    {
        _sandbox.Desk.Behave(new JsonObject { ["status_before_answer"] = true });

        await SendTemplateAsync();

        _sandbox.HasHeardMore.ShouldBeTrue();
    }

    [Fact]
    public async Task Shuffle_ChangesTheOrder_AndLosesNothing()
    {
        _sandbox.Desk.Behave(JsonNode.Parse("""{"shuffle":true,"batch_size":10,"duplicates":9}""")!.AsObject());

        _sandbox.World.Do(() =>
        {
            for (var index = 0; index < 5; index++)
            {
                _sandbox.Phone.Write(Chat, $"{index}").OrThrow();
            }

            return true;
        });
        var texts = new List<string>();
        while (texts.Count < 50)
        {
            texts.AddRange(
                (await _sandbox.ReceiveAsync()).Changes.Select(change => (string)change["value"]!["messages"]![0]!["text"]!["body"]!));
        }

        texts.GroupBy(text => text).ShouldAllBe(group => group.Count() == 10);
        texts.SequenceEqual(texts.Order(StringComparer.Ordinal)).ShouldBeFalse();
    }

    [Fact]
    public async Task Batch_PutsSeveralEventsIntoOnePost()
    {
        _sandbox.Desk.Behave(new JsonObject { ["batch_size"] = 100 });
        _sandbox.World.Do(() =>
        {
            for (var index = 0; index < 30; index++)
            {
                _sandbox.Phone.Write(Chat, $"{index}").OrThrow();
            }

            return true;
        });

        var heard = new List<int>();
        while (heard.Sum() < 30)
        {
            heard.Add((await _sandbox.ReceiveAsync()).Changes.Count);
        }

        heard.Count.ShouldBeLessThan(30);
    }

    [Fact]
    public async Task FailedPost_IsRepeatedWithTheSameBytes_AndEndsWith200()
    {
        _sandbox.Answers.Enqueue(500);
        _sandbox.Answers.Enqueue(403);
        _sandbox.Phone.Write(Chat, "Hello").OrThrow();
        var first = await _sandbox.ReceiveAsync();
        await AttemptsAsync(1);

        _sandbox.Time.Advance(TimeSpan.FromSeconds(1));
        var second = await _sandbox.ReceiveAsync();
        await AttemptsAsync(2);
        _sandbox.Time.Advance(TimeSpan.FromSeconds(5));
        var third = await _sandbox.ReceiveAsync();
        await AttemptsAsync(3);

        second.Body.ShouldBe(first.Body);
        third.Signature.ShouldBe(first.Signature);
        var logged = (await _sandbox.ControlAsync(HttpMethod.Get, "deliveries"))[0]!;
        logged["answers"]!.AsArray().Select(answer => (int)answer!).ShouldBe([500, 403, 200]);
        ((bool)logged["is_delivered"]!).ShouldBeTrue();
    }

    [Fact]
    public async Task Redelivery_PostsTheSameAgain()
    {
        _sandbox.Phone.Write(Chat, "Hello").OrThrow();
        var first = await _sandbox.ReceiveAsync();
        await AttemptsAsync(1);

        await _sandbox.ControlAsync(HttpMethod.Post, $"deliveries/{_sandbox.Desk.Deliveries[0].Id}/redeliver");

        (await _sandbox.ReceiveAsync()).Body.ShouldBe(first.Body);
    }

    [Fact]
    public async Task Handshake_AsksWithTheVerifyToken()
    {
        var id = SandboxHarness.Number.PhoneNumberId;
        await _sandbox.ControlAsync(HttpMethod.Post, $"numbers/{id}/handshake");

        _sandbox.Desk.PutNumber(SandboxHarness.Number with { VerifyToken = "another" });
        var (status, json, _) = await _sandbox.CallAsync(HttpMethod.Post, $"/sandbox/control/numbers/{id}/handshake");
        status.ShouldBe(422);
        ((string)json["error"]!).ShouldContain("403");
    }

    [Fact]
    public async Task Subscription_IsTakenOverOnceTheHandshakeWentWell()
    {
        var path = $"{SandboxHarness.Number.BusinessAccountId}/subscribed_apps";
        var address = new Uri(_sandbox.Address, "/hook").AbsoluteUri;

        (await _sandbox.CallAsync(HttpMethod.Post, path, $$"""{"override_callback_uri":"{{address}}","verify_token":"wrong"}"""))
            .Status.ShouldBe(400);
        (await _sandbox.CallAsync(HttpMethod.Post, path,
            $$"""{"override_callback_uri":"{{address}}","verify_token":"{{SandboxHarness.Number.VerifyToken}}"}""")).Status.ShouldBe(200);

        ((string)(await _sandbox.CallAsync(HttpMethod.Get, path)).Json["data"]![0]!["override_callback_uri"]!).ShouldBe(address);
    }

    [Fact]
    public async Task State_ExportedAndImported_GoesOnWhereItWas()
    {
        await SendTemplateAsync();
        await _sandbox.ReceiveAsync();
        var state = (await _sandbox.ControlAsync(HttpMethod.Get, "export")).ToJsonString();
        await using var twin = await SandboxHarness.StartAsync();

        await twin.ControlAsync(
            HttpMethod.Post, "import", state.Replace(_sandbox.Address.Authority, twin.Address.Authority, StringComparison.Ordinal));
        twin.Time.Advance(TimeSpan.FromSeconds(1));

        ((string)(await twin.ReceiveAsync()).Status["status"]!).ShouldBe("delivered");
        twin.Desk.Messages(Person, 10).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Clock_SetAhead_MakesWhatIsDueHappen()
    {
        await SendTemplateAsync();
        await _sandbox.ReceiveAsync();

        await _sandbox.ControlAsync(HttpMethod.Post, "clock", new { advance_seconds = 3600 });

        (await _sandbox.HearStatusesAsync(2)).ShouldBe(["delivered", "read"]);
    }

    [Fact]
    public async Task Reset_StartsAnew()
    {
        await SendTemplateAsync();
        await _sandbox.ReceiveAsync();

        await _sandbox.ControlAsync(HttpMethod.Post, "reset");

        _sandbox.Desk.Messages(null, 10).ShouldBeEmpty();
        _sandbox.Time.Advance(TimeSpan.FromHours(1));
        await _sandbox.World.Outbox.IdleAsync();
        _sandbox.HasHeardMore.ShouldBeFalse();
    }

    private async Task<AcceptedMessage> SendTemplateAsync() =>
        (await _sandbox.Client.SendAsync(SandboxHarness.Channel,
            new(Recipient.ByPhone(Person), new TemplateContent("hello_world", "en_US"), "ref-1"), default))
            .OrThrow();

    private Task<WaCr.Web.Common.Result<AcceptedMessage>> SendTextAsync() =>
        _sandbox.Client.SendAsync(SandboxHarness.Channel, new(Recipient.ByPhone(Person), new TextContent("Hi"), "ref-2"), default);

    private Task<int> AttemptsAsync(int count) =>
        _sandbox.EventuallyAsync(() => _sandbox.Desk.Deliveries[0].Answers.Count, attempts => attempts == count);
}
