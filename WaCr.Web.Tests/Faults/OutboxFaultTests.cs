using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using WaCr.Web.Features.Messaging.Outbox;
using WaCr.Web.Hosting;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Tests.Faults;

/// <summary>The outbox over the real client, with a Graph that has bad days.</summary>
public sealed class OutboxFaultTests
{
    private const string Accepted =
        """{"messaging_product":"whatsapp","contacts":[{"input":"+447700900123","wa_id":"447700900123"}],"messages":[{"id":"wamid.A"}]}""";

    private readonly ScriptedGraph _graph = new();

    [Theory, OnEachEngine]
    public async Task Graph_that_answers_429_is_asked_again_when_it_said(DatabaseProvider engine)
    {
        await using var world = await CreateAsync(engine);
        _graph.Refuses(130429, retryAfter: TimeSpan.FromSeconds(30)).Answers(HttpStatusCode.OK, Accepted);
        var id = await world.EnqueueAsync(await world.OpenConversationAsync());

        await world.DispatchAsync();
        (await StateAsync(world, id)).ShouldBe((OutboxState.Waiting, MessageStatus.Pending));
        world.Time.Advance(TimeSpan.FromSeconds(29));
        (await world.DispatchAsync()).ShouldBe(0);
        world.Time.Advance(TimeSpan.FromSeconds(2));
        (await world.DispatchAsync()).ShouldBe(1);

        (await StateAsync(world, id)).ShouldBe((OutboxState.Sent, MessageStatus.Accepted));
        _graph.IsPlayedOut.ShouldBeTrue();
    }

    [Theory]
    [InlineData(HttpStatusCode.InternalServerError, "", "text/plain")]
    [InlineData(HttpStatusCode.BadGateway, "<html><body>Bad gateway</body></html>", "text/html")]
    [InlineData(HttpStatusCode.OK, "<html><body>Welcome to the hotel's network</body></html>", "text/html")]
    [InlineData(HttpStatusCode.OK, "{\"messaging_product\":\"whatsapp\",\"messages\":[{\"id\":\"wam", "application/json")]
    [InlineData(HttpStatusCode.OK, "{}", "application/json")]
    [InlineData(HttpStatusCode.InternalServerError, "{\"error\":{\"mess", "application/json")]
    public async Task Answer_that_says_nothing_leaves_the_message_uncertain_and_sent_once(HttpStatusCode status, string body, string type)
    {
        await using var world = await CreateAsync(DatabaseProvider.Sqlite);
        _graph.Answers(status, body, type);
        var id = await world.EnqueueAsync(await world.OpenConversationAsync());

        await world.DispatchAsync();
        world.Time.Advance(TimeSpan.FromHours(1));
        (await world.DispatchAsync()).ShouldBe(0);

        (await StateAsync(world, id)).ShouldBe((OutboxState.Uncertain, MessageStatus.Pending));
        _graph.Calls.Count.ShouldBe(1);
    }

    [Theory, OnEachEngine]
    public async Task Graph_that_stays_silent_leaves_the_message_uncertain_until_its_status_comes(DatabaseProvider engine)
    {
        await using var world = await CreateAsync(engine);
        var time = world.Time;
        _graph.StaysSilent(() => time.Advance(TimeSpan.FromSeconds(60)));
        var id = await world.EnqueueAsync(await world.OpenConversationAsync());

        await world.DispatchAsync();
        (await StateAsync(world, id)).ShouldBe((OutboxState.Uncertain, MessageStatus.Pending));
        var reference = (string)_graph.Calls.ShouldHaveSingleItem().Json["biz_opaque_callback_data"]!;
        await world.TakeInAsync(MetaWebhook.Status("wamid.A", "delivered", world.Now, reference));

        (await StateAsync(world, id)).ShouldBe((OutboxState.Sent, MessageStatus.Delivered));
    }

    [Theory, OnEachEngine]
    public async Task Graph_out_of_reach_is_tried_again_since_nothing_left(DatabaseProvider engine)
    {
        await using var world = await CreateAsync(engine);
        _graph.Breaks(HttpRequestError.ConnectionError)
            .Breaks(HttpRequestError.NameResolutionError)
            .Breaks(HttpRequestError.ConnectionError)
            .Answers(HttpStatusCode.OK, Accepted);
        var id = await world.EnqueueAsync(await world.OpenConversationAsync());

        await world.DispatchAsync();
        (await StateAsync(world, id)).ShouldBe((OutboxState.Waiting, MessageStatus.Pending));
        world.Time.Advance(TimeSpan.FromMinutes(1));
        await world.DispatchAsync();

        (await StateAsync(world, id)).ShouldBe((OutboxState.Sent, MessageStatus.Accepted));
    }

    [Theory, OnEachEngine]
    public async Task Credential_that_expires_in_the_middle_stops_the_rest_and_loses_none(DatabaseProvider engine)
    {
        await using var world = await CreateAsync(engine);
        _graph.Answers(HttpStatusCode.OK, Accepted).Refuses(190, "Session has expired.");
        var conversation = await world.OpenConversationAsync();
        var ids = new List<long>();
        for (var n = 0; n < 4; n++)
        {
            ids.Add(await world.EnqueueAsync(conversation, $"Text {n}"));
        }

        while (await world.DispatchAsync() > 0)
        {
            // one of the conversation at a time
        }

        _graph.IsPlayedOut.ShouldBeTrue();
        (await StateAsync(world, ids[0])).State.ShouldBe(OutboxState.Sent);
        foreach (var id in ids.Skip(1))
        {
            (await StateAsync(world, id)).ShouldBe((OutboxState.Waiting, MessageStatus.Pending));
        }

        await using var db = world.Tenant.OpenDatabase();
        (await db.Channels.SingleAsync()).CredentialError.ShouldBe("Session has expired.");
    }

    private static async Task<(OutboxState? State, MessageStatus Status)> StateAsync(MessagingWorld world, long id)
    {
        var message = await world.MessageAsync(id);
        return (message.State, message.Status);
    }

    private Task<MessagingWorld> CreateAsync(DatabaseProvider engine) => MessagingWorld.CreateAsync(engine, (services, _) =>
    {
        services.RemoveAll<IWhatsAppClient>();
        services.AddWhatsApp(
            new ConfigurationBuilder()
                .AddInMemoryCollection(new Dictionary<string, string?> { ["WhatsApp:FirstDelay"] = "00:00:00" })
                .Build());
        services.AddHttpClient(nameof(GraphCalls)).ConfigurePrimaryHttpMessageHandler(() => _graph);
    });
}
