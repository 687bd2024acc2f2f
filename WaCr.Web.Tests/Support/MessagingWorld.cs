using System.Text;
using Microsoft.Extensions.Time.Testing;
using WaCr.Web.Features.Channels;
using WaCr.Web.Features.Messaging.Inbound;
using WaCr.Web.Features.Messaging.Media;
using WaCr.Web.Features.Messaging.Outbox;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Tests.Support;

/// <summary>A tenant with a channel: webhooks come in and are processed, the outbox leaves, when the test says so.</summary>
internal sealed class MessagingWorld : IAsyncDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly TestWorld _world;

    private MessagingWorld(TestWorld world, TestTenant tenant, FakeTimeProvider time, FakeWhatsApp whatsApp) =>
        (_world, Tenant, Time, WhatsApp) = (world, tenant, time, whatsApp);

    public TestTenant Tenant { get; }

    public FakeTimeProvider Time { get; }

    public FakeWhatsApp WhatsApp { get; }

    public IServiceProvider Services => _world.Services;

    public string ConnectionString => _world.ConnectionString;

    public long ChannelId { get; private set; }

    public DateTimeOffset Now => Time.GetUtcNow();

    /// <param name="more">May bring another WhatsApp.</param>
    public static async Task<MessagingWorld> CreateAsync(
        DatabaseProvider engine, Action<IServiceCollection, FakeTimeProvider>? more = null, string plan = "business")
    {
        var time = TestClock.Create();
        var whatsApp = new FakeWhatsApp();
        var world = await TestWorld.CreateAsync(engine, time, services =>
        {
            services.AddSingleton<IWhatsAppClient>(whatsApp);
            more?.Invoke(services, time);
        });
        var messaging = new MessagingWorld(world, await world.CreateTenantAsync(plan: plan), time, whatsApp);
        messaging.ChannelId = await AddChannelAsync(messaging.Tenant);
        return messaging;
    }

    public static async Task<long> AddChannelAsync(
        TestTenant tenant, string number =
            MetaWebhook.PhoneNumberId, string secret =
                MetaWebhook.AppSecret, string account = MetaWebhook.BusinessAccountId, string? optOutWords = null)
    {
        var saved = await tenant.ConnectWhatsAppAsync(
            new ChannelPatch
            {
                Name = "Sales",
                PhoneNumberId = number,
                BusinessAccountId = account,
                AccessToken = "token-1",
                AppSecret = secret,
                VerifyToken = "verify-" + number,
                DefaultStatusId = tenant.StatusId,
                DefaultSourceId = tenant.SourceId,
                OptOutWords = optOutWords,
            });
        return saved.Id;
    }

    public Task<TestTenant> CreateTenantAsync(string subdomain) => _world.CreateTenantAsync(subdomain);

    public async Task<WebhookVerdict> ReceiveAsync(string body, string? signature)
    {
        await using var scope = _world.AnonymousScope();
        return await scope.ServiceProvider.GetRequiredService<WebhookInbox>().ReceiveAsync(Encoding.UTF8.GetBytes(body), signature, None);
    }

    public async Task ReceiveAsync(params IEnumerable<string> bodies)
    {
        foreach (var body in bodies)
        {
            (await ReceiveAsync(body, MetaWebhook.Sign(body))).ShouldBe(WebhookVerdict.Stored);
        }
    }

    /// <summary>What the hosted loop does, until nothing is due.</summary>
    public async Task ProcessAsync()
    {
        while (await Services.TakeTurnsAsync<WebhookEvent, WebhookProcessor>() > 0)
        {
            // the next ones
        }
    }

    public async Task TakeInAsync(params IEnumerable<string> bodies)
    {
        await ReceiveAsync(bodies);
        await ProcessAsync();
    }

    /// <summary>One turn of the outbox; how many were claimed.</summary>
    public async Task<int> DispatchAsync()
    {
        await using var look = _world.AnonymousScope();
        var claimed = 0;
        foreach (var channel in await look.ServiceProvider.GetRequiredService<OutboxScanner>().FindAsync(None))
        {
            await using var scope = _world.AnonymousScope();
            claimed += await scope.ServiceProvider.GetRequiredService<OutboxDispatcher>().DispatchAsync(channel, None);
        }

        return claimed;
    }

    public async Task<int> SettleLeftBehindAsync(bool isStart = false)
    {
        await using var scope = _world.AnonymousScope();
        return await scope.ServiceProvider.GetRequiredService<OutboxScanner>().SettleLeftBehindAsync(isStart, None);
    }

    public Task<int> FetchFilesAsync() => Services.TakeTurnsAsync<MessageMedia, MediaFetcher>();

    /// <summary>A customer who wrote a moment ago; the conversation's id.</summary>
    public async Task<long> OpenConversationAsync(string from = "447700900123")
    {
        await TakeInAsync(MetaWebhook.Text($"wamid.in.{from}.{Now.UtcTicks}", from, "Hello", Now));
        await using var db = Tenant.OpenDatabase();
        return await db.Conversations.Where(c => c.WaId == from).Select(c => c.Id).SingleAsync();
    }

    public Task<long> EnqueueAsync(long conversationId, string text = "Hi", DateTimeOffset? dueAt = null) =>
        Tenant.EnqueueAsync(new OutboxMessage(conversationId, MessageType.Text, new TextContent(text), text) { DueAt = dueAt });

    public async Task<Message> MessageAsync(long id)
    {
        await using var db = Tenant.OpenDatabase();
        return await db.Messages.AsNoTracking().SingleAsync(m => m.Id == id);
    }

    public async Task<Message> MessageAsync(string wamid)
    {
        await using var db = Tenant.OpenDatabase();
        return await db.Messages.AsNoTracking().SingleAsync(m => m.Wamid == wamid);
    }

    public async Task<Conversation> ConversationAsync()
    {
        await using var db = Tenant.OpenDatabase();
        return await db.Conversations.AsNoTracking().SingleAsync();
    }

    public async Task<List<WebhookEvent>> EventsAsync()
    {
        await using var db = Tenant.OpenDatabase();
        return await db.WebhookEvents.AsNoTracking().OrderBy(e => e.Id).ToListAsync();
    }

    /// <summary>How many messages a second the channel's number may send.</summary>
    public async Task SetThroughputAsync(int perSecond)
    {
        await using var db = Tenant.OpenDatabase();
        await db.Channels.ExecuteUpdateAsync(set => set.SetProperty(channel => channel.MessagesPerSecond, perSecond));
    }

    public Task<long> ConversationsUsedAsync() => Tenant.UsedConversationsAsync();

    public ValueTask DisposeAsync() => _world.DisposeAsync();
}
