using System.Text.Json.Nodes;
using WaCr.Web.WhatsApp;
using WaCr.Web.WhatsApp.Sandbox;

namespace WaCr.Web.Tests.WhatsApp.Sandbox;

/// <summary>What a customer does, by the control API, and what the product hears of it.</summary>
public sealed class SandboxPhoneTests : IAsyncLifetime
{
    private const string Person = "15551234567";
    private SandboxHarness _sandbox = null!;

    public async Task InitializeAsync() => _sandbox = await SandboxHarness.StartAsync();

    public async Task DisposeAsync() => await _sandbox.DisposeAsync();

    [Fact]
    public async Task Text_ComesWithNameAndIds()
    {
        await ActAsync("profile", new { name = "Asha Rao" });
        var written = await ActAsync("text", new { body = "Hello" });

        var heard = await _sandbox.ReceiveAsync();
        ((string)heard.Changes[0]["field"]!).ShouldBe("messages");
        ((string)heard.Value["metadata"]!["phone_number_id"]!).ShouldBe(SandboxHarness.Number.PhoneNumberId);
        ((string)heard.Value["contacts"]![0]!["profile"]!["name"]!).ShouldBe("Asha Rao");
        ((string)heard.Value["contacts"]![0]!["wa_id"]!).ShouldBe(Person);
        ((string)heard.Message["id"]!).ShouldBe((string)written["id"]!);
        ((string)heard.Message["from"]!).ShouldBe(Person);
        ((string)heard.Message["timestamp"]!).ShouldBe("1772600767");
    }

    [Fact]
    public async Task File_CanBeFetchedByOurClient()
    {
        await ActAsync("media", new { type = "image", mime_type = "image/jpeg", base64 = Convert.ToBase64String([1, 2, 3]), caption = "Look" });

        var image = (await _sandbox.ReceiveAsync()).Message["image"]!;
        ((string)image["caption"]!).ShouldBe("Look");
        using var target = new MemoryStream();
        (await _sandbox.Client.DownloadMediaAsync(SandboxHarness.Channel, (string)image["id"]!, target, 100, default)).OrThrow()
            .Sha256.ShouldBe((string)image["sha256"]!);
        target.ToArray().ShouldBe([1, 2, 3]);
    }

    [Fact]
    public async Task Buttons_AreTappedByIdOrTitle()
    {
        var id = await SendInWindowAsync(new ButtonsContent("Sure?", [new("yes", "Yes"), new("no", "No")]));

        await ActAsync("choose", new { message_id = id, option = "no" });

        var tapped = (await NextMessageAsync());
        tapped["interactive"]!.ToJsonString().ShouldBe("""{"type":"button_reply","button_reply":{"id":"no","title":"No"}}""");
        ((string)tapped["context"]!["id"]!).ShouldBe(id);
        (await RefusedAsync("choose", new { message_id = id, option = "maybe" })).ShouldContain("no such button");
    }

    [Fact]
    public async Task Row_IsPicked()
    {
        var id = await SendInWindowAsync(new ListContent("Pick", "Options", [new("Main", [new("r1", "First", "One"), new("r2", "Second")])]));

        await ActAsync("choose", new { message_id = id, option = "r1" });

        (await NextMessageAsync())["interactive"]!.ToJsonString().ShouldBe("""{"type":"list_reply","list_reply":{"id":"r1","title":"First","description":"One"}}""");
    }

    [Fact]
    public async Task TemplatesQuickReply_ComesAsButton_WithItsPayload()
    {
        var id = (await SendAsync(new TemplateContent(
            "appointment_reminder", "en_US", new TemplateTextHeader(new("Asha", "first_name")), [new("Asha", "first_name"), new("Monday", "day"), new("10", "time")],
            [new(1, TemplateButtonKind.QuickReply, "MOVE")]))).OrThrow().MessageId;

        await ActAsync("choose", new { message_id = id, option = "Another day" });

        (await NextMessageAsync())["button"]!.ToJsonString().ShouldBe("""{"payload":"MOVE","text":"Another day"}""");
    }

    [Fact]
    public async Task Reaction_IsGivenAndTakenBack()
    {
        var id = await SendInWindowAsync(new TextContent("Hi"));

        await ActAsync("reaction", new { message_id = id, emoji = "👍" });
        ((string)(await NextMessageAsync())["reaction"]!["emoji"]!).ShouldBe("👍");
        await ActAsync("reaction", new { message_id = id });
        (await NextMessageAsync())["reaction"]!.AsObject().ContainsKey("emoji").ShouldBeFalse();
    }

    [Fact]
    public async Task Reading_TellsOfEachUnreadMessage_Once()
    {
        var id = await SendInWindowAsync(new TextContent("Hi"));
        await _sandbox.HearStatusesAsync(1);
        _sandbox.Time.Advance(TimeSpan.FromSeconds(1));
        await _sandbox.HearStatusesAsync(1);

        (await ActAsync("read"))["read"]!.GetValue<int>().ShouldBe(1);
        var status = (await _sandbox.ReceiveAsync()).Status;
        ((string)status["status"]!).ShouldBe("read");
        ((string)status["id"]!).ShouldBe(id);
        (await ActAsync("read"))["read"]!.GetValue<int>().ShouldBe(0);
    }

    [Fact]
    public async Task Blocked_NumberSeesOneTickAndNoMore()
    {
        await ActAsync("text", new { body = "Hello" });
        await _sandbox.ReceiveAsync();
        await ActAsync("block");

        (await SendAsync(new TextContent("Hi"))).Succeeded.ShouldBeTrue();
        await _sandbox.HearStatusesAsync(1);
        _sandbox.Time.Advance(TimeSpan.FromMinutes(1));

        await _sandbox.World.Outbox.IdleAsync();
        _sandbox.HasHeardMore.ShouldBeFalse();
    }

    [Fact]
    public async Task StoppedMarketing_IsToldAndFails()
    {
        await ActAsync("stop");

        var heard = await _sandbox.ReceiveAsync();
        ((string)heard.Changes[0]["field"]!).ShouldBe("user_preferences");
        ((string)heard.Value["user_preferences"]![0]!["value"]!).ShouldBe("stop");
        using var file = new MemoryStream([1]);
        var id = (await _sandbox.Client.UploadMediaAsync(SandboxHarness.Channel, new(file, "image/png", "a.png"), default)).OrThrow();
        (await SendAsync(new TemplateContent(
            "seasonal_offer", "en_US", new TemplateMediaHeader(MediaKind.Image, MediaSource.Uploaded(id)), [new("A"), new("B")],
            [new(2, TemplateButtonKind.Url, "x")]))).OrThrow();
        ((int)(await _sandbox.ReceiveAsync()).Status["errors"]![0]!["code"]!).ShouldBe(131050);

        await ActAsync("resume");
        ((string)(await _sandbox.ReceiveAsync()).Value["user_preferences"]![0]!["value"]!).ShouldBe("resume");
    }

    [Fact]
    public async Task NewNumber_IsToldUnderTheOld()
    {
        await ActAsync("number", new { phone = "+1 555 765 4321" });

        var system = await NextMessageAsync();
        ((string)system["from"]!).ShouldBe(Person);
        ((string)system["system"]!["type"]!).ShouldBe("user_changed_number");
        ((string)system["system"]!["wa_id"]!).ShouldBe("15557654321");
    }

    [Fact]
    public async Task Username_HidesThePhone()
    {
        await ActAsync("profile", new { username = "asha" });
        await ActAsync("text", new { body = "Guess who" });

        var heard = await _sandbox.ReceiveAsync();
        heard.Message.AsObject().ContainsKey("from").ShouldBeFalse();
        heard.Value["contacts"]![0]!.AsObject().ContainsKey("wa_id").ShouldBeFalse();
        ((string)heard.Message["from_user_id"]!).ShouldStartWith("US.");
    }

    [Fact]
    public async Task AnyKind_CanBeSent_UnknownOnesToo()
    {
        await ActAsync("message", new { type = "location", content = new { latitude = 1.5, longitude = 2 } });
        ((double)(await NextMessageAsync())["location"]!["latitude"]!).ShouldBe(1.5);

        await ActAsync("message", new { type = "hologram", content = new { depth = 3 } });
        ((int)(await NextMessageAsync())["hologram"]!["depth"]!).ShouldBe(3);

        await ActAsync("message", new { type = "unsupported", content = new { type = "poll" } });
        ((int)(await NextMessageAsync())["errors"]![0]!["code"]!).ShouldBe(131051);
    }

    [Fact]
    public async Task WhatMetaPutsBesideAMessage_ComesWithIt()
    {
        var asked = await SendInWindowAsync(new TextContent("Which one?"));
        await ActAsync("message", new
        {
            type = "text",
            content = new { body = "This" },
            text = "This",
            reply_to = asked,
            referral = new { source_type = "ad", headline = "Spring sale" },
            context = new { forwarded = true },
        });

        var written = await NextMessageAsync();
        ((string)written["referral"]!["headline"]!).ShouldBe("Spring sale");
        ((bool)written["context"]!["forwarded"]!, (string)written["context"]!["id"]!).ShouldBe((true, asked));
        _sandbox.Desk.Messages(Person, 1)[0].Text.ShouldBe("This");
    }

    [Fact]
    public async Task MessageInAGroup_IsNotInThePrivateChat_AndOpensNoWindow()
    {
        await ActAsync("message", new { type = "text", content = new { body = "Hello all" }, group_id = "G1" });

        ((string)(await NextMessageAsync())["group_id"]!).ShouldBe("G1");
        _sandbox.Desk.Messages(Person, 10).ShouldBeEmpty();
        await ActAsync("text", new { body = "Hello" });
        _sandbox.Desk.Messages(Person, 10).Count.ShouldBe(1);
    }

    [Fact]
    public async Task ReadMark_OfOurClient_IsTaken()
    {
        var written = await ActAsync("text", new { body = "Hello" });

        (await _sandbox.Client.MarkReadAsync(SandboxHarness.Channel, (string)written["id"]!, false, default)).Succeeded.ShouldBeTrue();

        _sandbox.Desk.Messages(Person, 1)[0].Status.ShouldBe(SandboxStatus.Read);
    }

    [Fact]
    public async Task Typing_OfOurClient_IsShownFor25Seconds()
    {
        var written = await ActAsync("text", new { body = "Hello" });

        (await _sandbox.Client.MarkReadAsync(SandboxHarness.Channel, (string)written["id"]!, true, default)).Succeeded.ShouldBeTrue();

        var until = _sandbox.World.Do(() => _sandbox.World.People.Find(Person)!.Typing[SandboxHarness.Number.PhoneNumberId]);
        until.ShouldBe(_sandbox.Time.GetUtcNow().AddSeconds(25));
        var (status, refusal, _) = await _sandbox.CallAsync(
            HttpMethod.Post, $"{SandboxHarness.Number.PhoneNumberId}/messages",
            $$$"""{"messaging_product":"whatsapp","status":"read","message_id":"{{{written["id"]}}}","typing_indicator":{"type":"voice"}}""");
        (status, (int)refusal["error"]!["code"]!).ShouldBe((400, 100));
    }

    [Theory]
    [InlineData("text", "{")]
    [InlineData("text", """{"boddy":"x"}""")]
    [InlineData("text", "{}")]
    [InlineData("media", """{"type":"image","mime_type":"image/png","base64":"???"}""")]
    public async Task Body_ThatDoesNotFit_IsRefused(string act, string body) =>
        (await _sandbox.CallAsync(HttpMethod.Post, $"/sandbox/control/customers/{Person}/{act}", body)).Status.ShouldBe(400);

    [Fact]
    public async Task Stranger_OrNobodysNumber_IsRefused()
    {
        (await RefusedAsync("text", new { body = "x", phone_number_id = "1" })).ShouldContain("phone_number_id");
        (await _sandbox.CallAsync(HttpMethod.Post, "/sandbox/control/customers/nobody/text", """{"body":"x"}""")).Status.ShouldBe(422);
        (await _sandbox.CallAsync(HttpMethod.Post, "/sandbox/control/nowhere")).Status.ShouldBe(404);
    }

    [Theory]
    [InlineData(null, null, "FAILED", null)]
    [InlineData(180, null, "COMPLETED", 180)]
    [InlineData(null, "REJECTED", "REJECTED", null)]
    public async Task Call_RingsAndEnds_AsItIsTold(int? duration, string? status, string ended, int? spoken)
    {
        await ActAsync("call", new { duration, status });

        var began = (await _sandbox.ReceiveAsync()).Value["calls"]![0]!;
        var call = (await _sandbox.ReceiveAsync()).Value["calls"]![0]!;
        ((string?)began["event"], (string?)call["event"], (string?)call["status"]).ShouldBe(("connect", "terminate", ended));
        ((int?)call["duration"], (string?)call["start_time"] == (string?)began["timestamp"]).ShouldBe((spoken, spoken is not null));
        ((string?)call["id"]).ShouldBe((string?)began["id"]);
        (await RefusedAsync("call", new { duration = 0 })).ShouldContain("duration");
    }

    private Task<JsonNode> ActAsync(string act, object? body = null) => _sandbox.ControlAsync(HttpMethod.Post, $"customers/{Person}/{act}", body);

    private async Task<string> RefusedAsync(string act, object body)
    {
        var (status, json, _) = await _sandbox.CallAsync(HttpMethod.Post, $"/sandbox/control/customers/{Person}/{act}", System.Text.Json.JsonSerializer.Serialize(body));
        status.ShouldBe(422);
        return (string)json["error"]!;
    }

    private Task<WaCr.Web.Common.Result<AcceptedMessage>> SendAsync(OutboundContent content) =>
        _sandbox.Client.SendAsync(SandboxHarness.Channel, new(Recipient.ByPhone(Person), content, "ref-1"), default);

    /// <summary>After the customer has written, which nobody needs to hear of.</summary>
    private async Task<string> SendInWindowAsync(OutboundContent content)
    {
        await ActAsync("text", new { body = "Hello" });
        await _sandbox.ReceiveAsync();
        return (await SendAsync(content)).OrThrow().MessageId;
    }

    /// <summary>The next message from the customer; statuses are passed over.</summary>
    private async Task<JsonNode> NextMessageAsync()
    {
        while (true)
        {
            if ((await _sandbox.ReceiveAsync()) is { Statuses.Count: 0 } heard)
            {
                return heard.Message;
            }
        }
    }
}
