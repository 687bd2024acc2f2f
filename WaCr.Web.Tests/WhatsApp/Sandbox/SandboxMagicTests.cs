using WaCr.Web.WhatsApp;
using WaCr.Web.WhatsApp.Sandbox;

namespace WaCr.Web.Tests.WhatsApp.Sandbox;

/// <summary>Recipients with a behaviour of their own, and faults that somebody asked for.</summary>
public sealed class SandboxMagicTests : IAsyncLifetime
{
    private SandboxHarness _sandbox = null!;

    public static TheoryData<int> RefusedAtOnce =>
        [
            4, 10, 33, 190, 200, 368, 80007, 130403, 130429, 131000, 131005, 131016, 131030, 131031, 131042, 131045, 131048, 131056,
            131057, 131063, 131064, 132007, 133004, 133010, 137000
        ];

    public async Task InitializeAsync() => _sandbox = await SandboxHarness.StartAsync();

    public async Task DisposeAsync() => await _sandbox.DisposeAsync();

    [Theory]
    [MemberData(nameof(RefusedAtOnce))]
    public async Task Number_OfACodeThatRefuses_Refuses(int code)
    {
        // Our client would try the transient ones again, which takes its clock; here only the answer counts.
        var (_, json, _) = await _sandbox.CallAsync(
            HttpMethod.Post, $"{SandboxHarness.Number.PhoneNumberId}/messages",
            $$$$"""{"messaging_product":"whatsapp","to":"+15550{{{{code:d6}}}}","text":{"body":"x"}}""");

        ((int)json["error"]!["code"]!).ShouldBe(code);
        _sandbox.Desk.Messages(null, 10).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(130472)]
    [InlineData(130497)]
    [InlineData(131026)]
    [InlineData(131047)]
    [InlineData(131049)]
    [InlineData(131050)]
    [InlineData(131051)]
    [InlineData(131053)]
    public async Task Number_OfACodeThatComesLater_FailsAsStatus(int code)
    {
        var sent = (await SendAsync($"15550{code:d6}")).OrThrow();

        var status = (await _sandbox.ReceiveAsync()).Status;
        ((string)status["id"]!).ShouldBe(sent.MessageId);
        ((string)status["status"]!).ShouldBe("failed");
        ((int)status["errors"]![0]!["code"]!).ShouldBe(code);
        ((string)status["biz_opaque_callback_data"]!).ShouldBe("ref-1");
        var shown = (await _sandbox.ControlAsync(HttpMethod.Get, "messages")).AsArray().ShouldHaveSingleItem();
        ((int)shown!["error_code"]!).ShouldBe(code);
    }

    [Theory]
    [InlineData("15550900001", 1)]
    [InlineData("15550900002", 0)]
    public async Task Silence_IsUncertain_WhetherCarriedOutOrNot(string phone, int carriedOut)
    {
        var sending = SendAsync(phone);
        await _sandbox.EventuallyAsync(() => _sandbox.World.Chats.All.Count(), count => count >= carriedOut);

        while (!sending.IsCompleted)
        {
            _sandbox.ClientTime.Advance(TimeSpan.FromSeconds(11));
            await Task.Yield();
        }

        (await sending).Error.ShouldBeOfType<WhatsAppUncertain>();
        _sandbox.Desk.Messages(phone, 10).Count.ShouldBe(carriedOut);
    }

    [Theory]
    [InlineData("15550900004", 1)]
    [InlineData("15550900005", 0)]
    [InlineData("15550900006", 1)]
    public async Task BrokenAnswer_IsUncertain(string phone, int carriedOut)
    {
        (await SendAsync(phone)).Error.ShouldBeOfType<WhatsAppUncertain>();

        _sandbox.Desk.Messages(phone, 10).Count.ShouldBe(carriedOut);
    }

    [Fact]
    public async Task SlowAnswer_ComesAfterItsTime()
    {
        var sending = SendAsync("15550900003");
        await _sandbox.EventuallyAsync(() => _sandbox.World.Chats.All.Count(), count => count == 1);
        sending.IsCompleted.ShouldBeFalse();

        while (!sending.IsCompleted)
        {
            _sandbox.Time.Advance(TimeSpan.FromSeconds(3));
            await Task.Yield();
        }

        (await sending).Succeeded.ShouldBeTrue();
    }

    [Fact]
    public async Task TemplateThatIsHeld_IsSaidToBe_AndGoesHalfAMinuteLater()
    {
        var start = _sandbox.Time.GetUtcNow();

        (await SendAsync("15550900014")).OrThrow().IsHeld.ShouldBeFalse();
        (await _sandbox.ReceiveAsync()).Status["timestamp"]!.GetValue<string>().ShouldBe($"{start.ToUnixTimeSeconds()}");
        var held = (await SendAsync("15550900014", new TemplateContent("hello_world", "en_US"))).OrThrow();
        _sandbox.Time.Advance(TimeSpan.FromSeconds(30));

        held.IsHeld.ShouldBeTrue();
        HeardEvent heard;
        do
        {
            heard = await _sandbox.ReceiveAsync();
        }
        while (heard.Status["id"]!.GetValue<string>() != held.MessageId);
        heard.Status["status"]!.GetValue<string>().ShouldBe("sent");
        heard.Status["timestamp"]!.GetValue<string>().ShouldBe($"{start.AddSeconds(30).ToUnixTimeSeconds()}");
    }

    [Fact]
    public async Task Rule_ForTheNextCalls_EndsWithThem()
    {
        await _sandbox.ControlAsync(HttpMethod.Post, "rules", new { operation = "send", code = 131048, details = "Too much.", next = 2 });

        (await SendAsync("15551234567")).Error.ShouldBeOfType<WhatsAppRefused>().Details.ShouldBe("Too much.");
        (await SendAsync("15551234567")).Error.ShouldBeOfType<WhatsAppRefused>().Code.ShouldBe(131048);
        (await SendAsync("15551234567")).Succeeded.ShouldBeTrue();
    }

    [Fact]
    public async Task Rule_ForEachSecondCall_StrikesEachSecond()
    {
        await _sandbox.ControlAsync(HttpMethod.Post, "rules", new { code = 131048, every = 2 });

        var outcomes = new List<bool>();
        for (var index = 0; index < 4; index++)
        {
            outcomes.Add((await SendAsync("15551234567")).Succeeded);
        }

        outcomes.ShouldBe([true, false, true, false]);
    }

    [Fact]
    public async Task Rule_ForOneRecipient_LeavesOthersAlone()
    {
        var rule = await _sandbox.ControlAsync(HttpMethod.Post, "rules", new { code = 131048, recipient = "15551234567" });

        (await SendAsync("15557654321")).Succeeded.ShouldBeTrue();
        (await SendAsync("15551234567")).Succeeded.ShouldBeFalse();
        (await _sandbox.ControlAsync(HttpMethod.Delete, $"rules/{rule["id"]}"))["removed"]!.GetValue<int>().ShouldBe(1);
        (await SendAsync("15551234567")).Succeeded.ShouldBeTrue();
    }

    [Fact]
    public async Task Rule_WithRetryAfter_IsRetriedByOurClient()
    {
        await _sandbox.ControlAsync(HttpMethod.Post, "rules", new { code = 130429, retry_after_seconds = 0, next = 2 });

        (await SendAsync("15551234567")).Succeeded.ShouldBeTrue();
    }

    [Fact]
    public async Task Rule_WithALongRetryAfter_IsLeftToTheCaller()
    {
        await _sandbox.ControlAsync(HttpMethod.Post, "rules", new { code = 80007, retry_after_seconds = 300 });

        (await SendAsync("15551234567")).Error.ShouldBeOfType<WhatsAppRefused>().RetryAfter.ShouldBe(TimeSpan.FromMinutes(5));
    }

    [Theory]
    [InlineData("half_json")]
    [InlineData("html")]
    public async Task Rule_ThatBreaksTheAnswer_LeavesTheMessageSent(string fault)
    {
        await _sandbox.ControlAsync(HttpMethod.Post, "rules", new { fault, carried_out = true, next = 1 });
        _sandbox.Phone.Write(new(null, "15551234567"), "Hello").OrThrow();
        await _sandbox.ReceiveAsync();

        (await SendAsync("15551234567")).Error.ShouldBeOfType<WhatsAppUncertain>();
        ((string)(await _sandbox.ReceiveAsync()).Status["status"]!).ShouldBe("sent");
    }

    [Fact]
    public async Task Rule_With500_IsUncertainToASend_AndGoneThroughByARead()
    {
        await _sandbox.ControlAsync(HttpMethod.Post, "rules", new { fault = "html", status = 500, next = 3 });

        (await SendAsync("15551234567")).Error.ShouldBeOfType<WhatsAppUncertain>();
        (await _sandbox.Client.FindPhoneNumberAsync(SandboxHarness.Channel, default)).OrThrow().VerifiedName.ShouldBe("Riverside Trading");
    }

    private Task<WaCr.Web.Common.Result<AcceptedMessage>> SendAsync(string phone, OutboundContent? content = null) =>
        _sandbox.Client.SendAsync(
            SandboxHarness.Channel, new(Recipient.ByPhone(phone), content ?? new TextContent("Hi"), "ref-1"), default);
}
