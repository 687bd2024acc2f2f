using WaCr.Web.WhatsApp;
using WaCr.Web.WhatsApp.Inbound;
using WaCr.Web.WhatsApp.Sandbox;

namespace WaCr.Web.Tests.WhatsApp.Sandbox;

/// <summary>What a connection is made of, between the product's client and the sandbox.</summary>
public sealed class SandboxSetUpTests : IAsyncLifetime
{
    private SandboxHarness _sandbox = null!;

    private static WhatsAppApp App => new(GraphSamples.AppOf(SandboxHarness.Number), SandboxHarness.Number.AppSecret);

    public async Task InitializeAsync() => _sandbox = await SandboxHarness.StartAsync();

    public async Task DisposeAsync() => await _sandbox.DisposeAsync();

    [Fact]
    public async Task ANumber_ClaimsAUsername_AndGivesItUp()
    {
        var client = _sandbox.Client;
        (await client.FindUsernameAsync(SandboxHarness.Channel, default)).OrThrow().Name.ShouldBeNull();
        var suggested = (await client.SuggestUsernamesAsync(SandboxHarness.Channel, default)).OrThrow();
        suggested.ShouldContain("riversidetrading");

        (await client.SetUsernameAsync(SandboxHarness.Channel, suggested[1], default)).Succeeded.ShouldBeTrue();
        (await client.FindUsernameAsync(SandboxHarness.Channel, default)).OrThrow().ShouldBe(new BusinessUsername(suggested[1], "approved"));
        (await client.SetUsernameAsync(SandboxHarness.Channel, "12345", default)).Error.ShouldBeOfType<WhatsAppRefused>().Code.ShouldBe(100);
        (await client.DeleteUsernameAsync(SandboxHarness.Channel, default)).Succeeded.ShouldBeTrue();
        (await client.FindUsernameAsync(SandboxHarness.Channel, default)).OrThrow().Name.ShouldBeNull();
    }

    [Fact]
    public async Task AToken_TellsItsAppItsPermissionsAndItsEnd()
    {
        var token = await _sandbox.Client.FindTokenAsync(SandboxHarness.Channel, default).OrThrowAsync();
        (token.AppId, token.IsValid, token.ExpiresAt).ShouldBe((App.Id, true, null));
        token.MissingScopes.ShouldBeEmpty();

        var end = new DateTimeOffset(2027, 1, 2, 3, 4, 5, TimeSpan.Zero);
        Set(number => number with { TokenEndsAt = end });
        (await _sandbox.Client.FindTokenAsync(SandboxHarness.Channel, default).OrThrowAsync()).ExpiresAt.ShouldBe(end);

        Set(number => number with { TokenState = SandboxTokenState.Expired });
        (await _sandbox.Client.FindTokenAsync(SandboxHarness.Channel, default)).Error.ShouldBeOfType<WhatsAppRefused>()
            .Kind.ShouldBe(GraphErrorKind.CredentialRefused);
    }

    [Fact]
    public async Task ANumber_IsDescribedInFull()
    {
        var number = await _sandbox.Client.FindPhoneNumberAsync(SandboxHarness.Channel, default).OrThrowAsync();
        (number.QualityRating, number.Status, number.NameStatus, number.Throughput, number.DailyLimit, number.IsRegistered)
            .ShouldBe(("GREEN", "CONNECTED", "APPROVED", "STANDARD", 2_000, true));
        number.WebhookUrl.ShouldBe(new Uri(_sandbox.Address, "/hook").AbsoluteUri);
        number.Problems.ShouldBeEmpty();

        Set(known => known with { IsUnpaid = true });
        var problem = (await _sandbox.Client.FindPhoneNumberAsync(SandboxHarness.Channel, default).OrThrowAsync())
            .Problems.ShouldHaveSingleItem();
        (problem.Entity, problem.IsBlocked, problem.Code).ShouldBe(("WABA", true, 141006));
        problem.Solution!.ShouldContain("payment method");
    }

    [Fact]
    public async Task AnAccount_TellsItsPortfolioAndItsNumbers()
    {
        var account = await _sandbox.Client.FindAccountAsync(SandboxHarness.Channel, default).OrThrowAsync();
        (account.ReviewStatus, account.PortfolioId).ShouldBe(("APPROVED", "3" + SandboxHarness.Number.BusinessAccountId));

        var numbers = await _sandbox.Client.ListPhoneNumbersAsync(SandboxHarness.Channel, default).OrThrowAsync();
        numbers.ShouldHaveSingleItem().Id.ShouldBe(SandboxHarness.Number.PhoneNumberId);

        (await _sandbox.Client.ListPhoneNumbersAsync(SandboxHarness.Channel with { BusinessAccountId = "1" }, default))
            .Error.ShouldBeOfType<WhatsAppRefused>().IsPassing.ShouldBeFalse();
    }

    [Fact]
    public async Task AnUnregisteredNumber_SendsNothing_UntilItIsRegisteredWithItsPin()
    {
        await _sandbox.Client.RegisterAsync(SandboxHarness.Channel, "123456", default).OrThrowAsync();
        (await _sandbox.CallAsync(HttpMethod.Post, $"{SandboxHarness.Number.PhoneNumberId}/deregister")).Status.ShouldBe(200);
        (await _sandbox.Client.FindPhoneNumberAsync(SandboxHarness.Channel, default).OrThrowAsync()).IsRegistered.ShouldBeFalse();
        (await SendAsync()).ShouldBe(133010);

        (await _sandbox.Client.RegisterAsync(SandboxHarness.Channel, "654321", default)).Error.ShouldBeOfType<WhatsAppRefused>()
            .Code.ShouldBe(133005);
        await _sandbox.Client.RegisterAsync(SandboxHarness.Channel, "123456", default).OrThrowAsync();
        (await SendAsync()).ShouldBeNull();
    }

    [Theory]
    [InlineData("""{"messaging_product":"whatsapp","pin":"12345"}""")]
    [InlineData("""{"messaging_product":"whatsapp"}""")]
    [InlineData("""{"pin":"123456"}""")]
    public async Task ARegistration_WithoutItsParameters_IsRefused(string body)
    {
        var (status, json, _) = await _sandbox.CallAsync(HttpMethod.Post, $"{SandboxHarness.Number.PhoneNumberId}/register", body);
        (status, (int)json["error"]!["code"]!).ShouldBe((400, 100));
    }

    [Fact]
    public async Task AnAccountWithoutASubscribedApp_PostsNothing()
    {
        (await _sandbox.Client.ListSubscribedAppsAsync(SandboxHarness.Channel, default).OrThrowAsync())
            .ShouldHaveSingleItem().Id.ShouldBe(App.Id);
        (await _sandbox.CallAsync(HttpMethod.Delete, $"{SandboxHarness.Number.BusinessAccountId}/subscribed_apps")).Status.ShouldBe(200);
        (await _sandbox.Client.ListSubscribedAppsAsync(SandboxHarness.Channel, default).OrThrowAsync()).ShouldBeEmpty();
        _sandbox.Desk.Raise(SandboxHarness.Number.PhoneNumberId, SandboxAccountEvent.PinChanged).OrThrow();

        await _sandbox.Client.SubscribeAppAsync(SandboxHarness.Channel, default).OrThrowAsync();
        _sandbox.Desk.Raise(SandboxHarness.Number.PhoneNumberId, SandboxAccountEvent.NameApproved).OrThrow();

        (await _sandbox.ReceiveAsync()).Changes.ShouldHaveSingleItem()["field"]!.ToString().ShouldBe("phone_number_name_update");
    }

    [Fact]
    public async Task AnAppsWebhook_IsReadAndSet_WithItsSecret()
    {
        var before = await _sandbox.Client.FindWebhookAsync(App, default).OrThrowAsync();
        before.Fields.ShouldBe(WebhookFields.Understood);
        (await _sandbox.Client.FindWebhookAsync(App with { Secret = "wrong" }, default)).Error.ShouldBeOfType<WhatsAppRefused>()
            .Kind.ShouldBe(GraphErrorKind.CredentialRefused);

        var hook = new Uri(_sandbox.Address, "/hook");
        await _sandbox.Client.SetWebhookAsync(App, hook, SandboxHarness.Number.VerifyToken, [WebhookFields.Messages], default)
            .OrThrowAsync();
        (await _sandbox.Client.FindWebhookAsync(App, default).OrThrowAsync()).Fields.ShouldBe([WebhookFields.Messages]);

        (await _sandbox.Client.SetWebhookAsync(App, hook, "wrong", [WebhookFields.Messages], default)).Error.ShouldNotBeNull();
        (await _sandbox.Client.SetWebhookAsync(App, hook, SandboxHarness.Number.VerifyToken, ["no_such_field"], default))
            .Error.ShouldBeOfType<WhatsAppRefused>().Message.ShouldContain("no_such_field");
        _sandbox.Desk.Raise(SandboxHarness.Number.PhoneNumberId, SandboxAccountEvent.PinChanged).OrThrow();
        _sandbox.Phone.Write(new(SandboxHarness.Number.PhoneNumberId, "+12025550143"), "Hello", null).Succeeded.ShouldBeTrue();
        (await _sandbox.ReceiveAsync()).Message["type"]!.ToString().ShouldBe("text");
    }

    [Fact]
    public async Task ATemplateOfAnAccountThatCannotPay_IsRefused()
    {
        Set(number => number with { IsUnpaid = true });
        (await SendAsync(new TemplateContent("hello_world", "en_US"))).ShouldBe(131042);
    }

    [Theory]
    [MemberData(nameof(AccountEventNames))]
    public async Task EachAccountEvent_IsUnderstood(string happened)
    {
        var answer = await _sandbox.ControlAsync(
            HttpMethod.Post, $"numbers/{SandboxHarness.Number.PhoneNumberId}/events", new { @event = JsonName(happened) });
        ((bool)answer["success"]!).ShouldBeTrue();

        var heard = await _sandbox.ReceiveAsync();
        WebhookFields.Understood.ShouldContain(heard.Changes.ShouldHaveSingleItem()["field"]!.ToString());
        WebhookReader.Read(WebhookEnvelope.Split(heard.Body)!.ShouldHaveSingleItem().Body).ShouldBeOfType<AccountChanged>()
            .Event.Length.ShouldBeGreaterThanOrEqualTo(happened == nameof(SandboxAccountEvent.CapabilityChanged) ? 0 : 1);
    }

    [Fact]
    public async Task AChangedTemplate_IsTold_WithItsNewText()
    {
        var template = _sandbox.World.Templates.Of(SandboxHarness.Number.BusinessAccountId).First(known => known.Name == "order_update");
        await _sandbox.ControlAsync(HttpMethod.Post, $"templates/{template.Id}/revise");

        var change = (await _sandbox.ReceiveAsync()).Changes.ShouldHaveSingleItem();
        (change["field"]!.ToString(), change["value"]!["message_template_element"]!.ToString().EndsWith("(revised)", StringComparison.Ordinal))
            .ShouldBe(("message_template_components_update", true));
    }

    public static TheoryData<string> AccountEventNames => [.. Enum.GetNames<SandboxAccountEvent>()];

    private static string JsonName(string name) => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(name);

    private void Set(Func<SandboxNumber, SandboxNumber> change) =>
        _sandbox.Desk.Change(SandboxHarness.Number.PhoneNumberId, change).OrThrow();

    private async Task<int?> SendAsync(OutboundContent? content = null) => (await _sandbox.Client.SendAsync(
        SandboxHarness.Channel, new OutboundMessage(Recipient.ByPhone("12025550143"), content ?? new TextContent("Hi"), "1-1"), default))
        .Error is WhatsAppRefused refused ? refused.Code : null;
}
