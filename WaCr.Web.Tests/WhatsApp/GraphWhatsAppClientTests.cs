using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Time.Testing;
using WaCr.Web.Hosting;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Tests.WhatsApp;

public sealed class GraphWhatsAppClientTests
{
    private const string Accepted =
        """{"messaging_product":"whatsapp","contacts":[{"input":"+5511987654321","wa_id":"551187654321"}],"messages":[{"id":"wamid.A","message_status":"accepted"}]}""";

    private const string Media = """{"messaging_product":"whatsapp","url":"https://lookaside.fbsbx.com/f","mime_type":"image/jpeg","sha256":"abc","file_size":"4","id":"77"}""";

    private static readonly WhatsAppChannel Channel = new("1055", "1022", "secret-token");
    private static readonly OutboundMessage Message = new(Recipient.ByPhone("5511987654321"), new TextContent("Oi"), "msg-1");

    private readonly ScriptedGraph _graph = new();
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Send_AsksTheNumbersAddress_WithItsToken()
    {
        _graph.Answers(HttpStatusCode.OK, Accepted);

        var sent = (await Client().SendAsync(Channel, Message, default)).OrThrow();

        sent.ShouldBe(new AcceptedMessage("wamid.A", "551187654321", null));
        var call = _graph.Calls.ShouldHaveSingleItem();
        call.Address.AbsoluteUri.ShouldBe("https://graph.facebook.com/v25.0/1055/messages");
        call.Authorization.ShouldBe("Bearer secret-token");
        call.Json["to"]!.GetValue<string>().ShouldBe("+5511987654321");
    }

    [Theory]
    [InlineData("accepted", false)]
    [InlineData("held_for_quality_assessment", true)]
    [InlineData("paused", true)]
    [InlineData("of a kind to come", false)]
    public async Task Send_SaysWhetherWhatsAppHoldsIt(string status, bool isHeld)
    {
        _graph.Answers(HttpStatusCode.OK, Accepted.Replace("\"accepted\"", $"\"{status}\"", StringComparison.Ordinal));

        (await Client().SendAsync(Channel, Message, default)).OrThrow().IsHeld.ShouldBe(isHeld);
    }

    [Fact]
    public void Channel_PrintsWithoutItsToken() => Channel.ToString().ShouldNotContain("secret-token");

    [Theory]
    [InlineData(190, GraphErrorKind.CredentialRefused)]
    [InlineData(131005, GraphErrorKind.PermissionMissing)]
    [InlineData(131031, GraphErrorKind.AccountBlocked)]
    [InlineData(131048, GraphErrorKind.SendingRestricted)]
    [InlineData(131026, GraphErrorKind.NotReachable)]
    [InlineData(131049, GraphErrorKind.NotAllowedForRecipient)]
    [InlineData(131050, GraphErrorKind.MarketingStopped)]
    [InlineData(131047, GraphErrorKind.WindowClosed)]
    [InlineData(131008, GraphErrorKind.Invalid)]
    [InlineData(131053, GraphErrorKind.MediaRefused)]
    [InlineData(132000, GraphErrorKind.TemplateRefused)]
    [InlineData(139999, GraphErrorKind.Other)]
    public async Task FinalRefusal_IsToldAtOnce_WithItsDetails(int code, GraphErrorKind kind)
    {
        _graph.Refuses(code, "Why it was refused.");

        var refused = (await Client().SendAsync(Channel, Message, default)).Error.ShouldBeOfType<WhatsAppRefused>();

        refused.ShouldBe(new WhatsAppRefused(code, $"(#{code}) No", "Why it was refused.", "trace-1", null));
        refused.Kind.ShouldBe(kind);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(131000)]
    [InlineData(130429)]
    [InlineData(80007)]
    [InlineData(131056)]
    public async Task TransientRefusal_IsTriedAgain(int code)
    {
        _graph.Refuses(code, retryAfter: TimeSpan.Zero).Refuses(code, retryAfter: TimeSpan.Zero).Answers(HttpStatusCode.OK, Accepted);

        (await Client().SendAsync(Channel, Message, default)).Succeeded.ShouldBeTrue();

        _graph.IsPlayedOut.ShouldBeTrue();
        _graph.Calls.Select(call => call.Body).Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task TransientRefusal_ThatLasts_IsGivenUp()
    {
        _graph.Refuses(131016).Refuses(131016).Refuses(131016);

        (await Client().SendAsync(Channel, Message, default)).Error.ShouldBeOfType<WhatsAppRefused>().Code.ShouldBe(131016);
    }

    [Fact]
    public async Task LongRetryAfter_IsLeftToTheCaller()
    {
        _graph.Answers(HttpStatusCode.TooManyRequests, "<html>slow down</html>", "text/html", TimeSpan.FromMinutes(5));

        var refused = (await Client().SendAsync(Channel, Message, default)).Error.ShouldBeOfType<WhatsAppRefused>();

        refused.Kind.ShouldBe(GraphErrorKind.Throttled);
        refused.RetryAfter.ShouldBe(TimeSpan.FromMinutes(5));
    }

    [Theory]
    [InlineData(HttpStatusCode.OK, """{"messages":[{"id":"wam""")]
    [InlineData(HttpStatusCode.OK, """{"messages":[]}""")]
    [InlineData(HttpStatusCode.OK, "{}")]
    [InlineData(HttpStatusCode.OK, "null")]
    [InlineData(HttpStatusCode.OK, "<html>")]
    [InlineData(HttpStatusCode.InternalServerError, "<html>")]
    [InlineData(HttpStatusCode.BadGateway, "")]
    [InlineData(HttpStatusCode.InternalServerError, """{"error":{"mess""")]
    [InlineData(HttpStatusCode.Found, "")]
    public async Task Send_WithAnUnusableAnswer_IsUncertain_AndNotRepeated(HttpStatusCode status, string body)
    {
        _graph.Answers(status, body);

        (await Client().SendAsync(Channel, Message, default)).Error.ShouldBeOfType<WhatsAppUncertain>();
    }

    [Theory]
    [InlineData(HttpRequestError.ResponseEnded)]
    [InlineData(HttpRequestError.Unknown)]
    public async Task Send_WhoseConnectionBreaks_IsUncertain_AndNotRepeated(HttpRequestError error)
    {
        _graph.Breaks(error);

        (await Client().SendAsync(Channel, Message, default)).Error.ShouldBeOfType<WhatsAppUncertain>();
    }

    [Fact]
    public async Task Send_WithoutAnAnswer_IsUncertain_AndNotRepeated()
    {
        _graph.StaysSilent(() => _time.Advance(TimeSpan.FromSeconds(60)));

        (await Client().SendAsync(Channel, Message, default)).Error.ShouldBeOfType<WhatsAppUncertain>();
    }

    [Fact]
    public async Task Send_ThatNeverLeft_IsTriedAgain()
    {
        _graph.Breaks(HttpRequestError.ConnectionError).Breaks(HttpRequestError.NameResolutionError).Answers(HttpStatusCode.OK, Accepted);

        (await Client().SendAsync(Channel, Message, default)).Succeeded.ShouldBeTrue();
    }

    [Fact]
    public async Task Send_ThatNeverLeaves_IsUnavailable()
    {
        _graph.Breaks(HttpRequestError.ConnectionError).Breaks(HttpRequestError.ConnectionError).Breaks(HttpRequestError.ConnectionError);

        (await Client().SendAsync(Channel, Message, default)).Error.ShouldBeOfType<WhatsAppUnavailable>();
    }

    [Fact]
    public async Task Send_ThatTheCallerStops_Throws()
    {
        using var stop = new CancellationTokenSource();
        _graph.StaysSilent(stop.Cancel);

        await Should.ThrowAsync<OperationCanceledException>(() => Client().SendAsync(Channel, Message, stop.Token));
    }

    [Fact]
    public async Task Read_GoesThroughSilence_BrokenConnections_AndProxyPages()
    {
        _graph
            .StaysSilent(() => _time.Advance(TimeSpan.FromSeconds(60)))
            .Answers(HttpStatusCode.BadGateway, "<html>", "text/html")
            .Answers(HttpStatusCode.OK, """{"id":"1055","display_phone_number":"+1 555-078-3881","verified_name":"Shop","quality_rating":"GREEN"}""");

        var number = (await Client().FindPhoneNumberAsync(Channel, default)).OrThrow();

        (number.Id, number.DisplayPhoneNumber, number.VerifiedName, number.QualityRating).ShouldBe(("1055", "+1 555-078-3881", "Shop", "GREEN"));
        number.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task MarkRead_NamesTheMessage()
    {
        _graph.Answers(HttpStatusCode.OK, """{"success":true}""");

        (await Client().MarkReadAsync(Channel, "wamid.B", false, default)).Succeeded.ShouldBeTrue();

        var body = _graph.Calls.ShouldHaveSingleItem().Json;
        body["status"]!.GetValue<string>().ShouldBe("read");
        body["message_id"]!.GetValue<string>().ShouldBe("wamid.B");
    }

    [Fact]
    public async Task Templates_FollowTheCursor_UntilThereIsNoNextPage()
    {
        const string template = """{"id":"7","name":"hello_world","language":"en_US","status":"APPROVED","category":"UTILITY","components":[{"type":"BODY","text":"Hi"}]}""";
        _graph
            .Answers(HttpStatusCode.OK, $$$"""{"data":[{{{template}}}],"paging":{"cursors":{"before":"A","after":"B=="},"next":"https://graph.facebook.com/x"}}""")
            .Answers(HttpStatusCode.OK, """{"data":[],"paging":{"cursors":{"before":"B","after":"C"}}}""");
        var client = Client();

        var first = (await client.ListTemplatesAsync(Channel, null, default)).OrThrow();
        var last = (await client.ListTemplatesAsync(Channel, first.NextCursor, default)).OrThrow();

        first.Templates.ShouldHaveSingleItem().Components[0].GetProperty("text").GetString().ShouldBe("Hi");
        last.NextCursor.ShouldBeNull();
        _graph.Calls[1].Address.Query.ShouldContain("&after=B%3D%3D");
        _graph.Calls[0].Address.AbsolutePath.ShouldBe("/v25.0/1022/message_templates");
    }

    [Fact]
    public async Task Upload_SendsTheWholeFile_AgainAtEachAttempt()
    {
        _graph.Answers(HttpStatusCode.BadGateway, "", "text/html").Answers(HttpStatusCode.OK, """{"id":"77"}""");
        using var file = new MemoryStream(Encoding.ASCII.GetBytes("the whole file"));

        (await Client().UploadMediaAsync(Channel, new(file, "image/jpeg", "a.jpg"), default)).OrThrow().ShouldBe("77");

        _graph.Calls.ShouldAllBe(call => call.Body.Contains("the whole file"));
    }

    [Fact]
    public async Task Download_AsksForTheAddress_ThenForTheFile_WithTheToken()
    {
        _graph.Answers(HttpStatusCode.OK, Media).Answers([1, 2, 3, 4]);
        using var target = new MemoryStream();

        var media = (await Client().DownloadMediaAsync(Channel, "77", target, 4, default)).OrThrow();

        target.ToArray().ShouldBe([1, 2, 3, 4]);
        media.ShouldBe(new MediaDescription("77", new("https://lookaside.fbsbx.com/f"), "image/jpeg", "abc", 4));
        _graph.Calls[1].Authorization.ShouldBe("Bearer secret-token");
    }

    [Fact]
    public async Task Download_StopsAtTheLimit_WhateverWasAnnounced()
    {
        _graph.Answers(HttpStatusCode.OK, Media).Answers([1, 2, 3, 4, 5]);
        using var target = new MemoryStream();

        (await Client().DownloadMediaAsync(Channel, "77", target, 4, default)).Error.ShouldBe(new MediaTooLarge(4));
        target.Length.ShouldBe(0);
    }

    [Fact]
    public async Task Download_OfAnAnnouncedGiant_IsNotBegun()
    {
        _graph.Answers(HttpStatusCode.OK, Media);

        (await Client().DownloadMediaAsync(Channel, "77", Stream.Null, 3, default)).Error.ShouldBe(new MediaTooLarge(3));
    }

    [Theory]
    [InlineData("evil.example", false)]
    [InlineData("facebook.com.evil.example", false)]
    [InlineData("notfacebook.com", false)]
    [InlineData("lookaside.fbsbx.com:8443", false)]
    [InlineData("scontent.xx.fbcdn.net", true)]
    [InlineData("mmg.whatsapp.net", true)]
    [InlineData("files.gateway.example", true)] // configured
    public async Task Download_SendsTheTokenToWhatsAppsHostsAlone(string host, bool isAsked)
    {
        _graph.Answers(HttpStatusCode.OK, Media.Replace("lookaside.fbsbx.com", host, StringComparison.Ordinal)).Answers([1, 2, 3, 4]);
        var client = Client(mediaHost: "gateway.example");

        (await client.DownloadMediaAsync(Channel, "77", Stream.Null, 4, default)).Succeeded.ShouldBe(isAsked);

        _graph.Calls.Count.ShouldBe(isAsked ? 2 : 1);
    }

    [Fact]
    public async Task Download_NeverSendsTheTokenInTheClear()
    {
        _graph.Answers(HttpStatusCode.OK, Media.Replace("https:", "http:", StringComparison.Ordinal));

        (await Client().DownloadMediaAsync(Channel, "77", Stream.Null, 4, default)).Succeeded.ShouldBeFalse();

        _graph.Calls.ShouldHaveSingleItem();
    }

    [Fact]
    public void AskedDelay_OfOneRecipient_GrowsFourfold()
    {
        var refused = new WhatsAppRefused(GraphErrorCodes.PairRateLimit, "", null, null, null);

        Enumerable.Range(0, 3).Select(attempt => GraphRetries.AskedDelay(refused, attempt)!.Value.TotalSeconds).ShouldBe([1, 4, 16]);
        GraphRetries.AskedDelay(refused with { RetryAfter = TimeSpan.FromSeconds(7) }, 0).ShouldBe(TimeSpan.FromSeconds(7));
        GraphRetries.AskedDelay(refused with { Code = 131000 }, 0).ShouldBeNull();
    }

    [Fact]
    public async Task UnplannedCall_FailsTheTest() =>
        (await Should.ThrowAsync<InvalidOperationException>(() => Client().FindPhoneNumberAsync(Channel, default))).Message.ShouldContain("Nobody planned");

    private IWhatsAppClient Client(string? mediaHost = null)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["WhatsApp:FirstDelay"] = "00:00:00", ["WhatsApp:MediaHosts:0"] = mediaHost })
            .Build();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(_time);
        services.AddWhatsApp(configuration);
        services.AddHttpClient(nameof(GraphCalls)).ConfigurePrimaryHttpMessageHandler(() => _graph);
        return services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true, ValidateOnBuild = true })
            .GetRequiredService<IWhatsAppClient>();
    }
}
