using Microsoft.Extensions.Time.Testing;
using WaCr.Web.Downloads;
using WaCr.Web.Features.Webhooks;

namespace WaCr.Web.Tests.Support;

/// <summary>A tenant with a receiver that its webhooks may reach; what is due is sent when the test says so.</summary>
internal sealed class WebhookWorld : IAsyncDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly TestWorld _world;

    private WebhookWorld(TestWorld world, TestTenant tenant, WebhookReceiver receiver, FakeTimeProvider time) =>
        (_world, Tenant, Receiver, Time) = (world, tenant, receiver, time);

    public TestTenant Tenant { get; }

    public WebhookReceiver Receiver { get; }

    public FakeTimeProvider Time { get; }

    public IServiceProvider Services => _world.Services;

    public static async Task<WebhookWorld> CreateAsync(DatabaseProvider engine)
    {
        var receiver = await WebhookReceiver.StartAsync();
        var time = TestClock.Create();
        var world = await TestWorld.CreateAsync(
            engine, time, services => services.PostConfigure<RemoteFileOptions>(options => options.TrustedHosts.Add(receiver.Host)));
        return new WebhookWorld(world, await world.CreateTenantAsync(), receiver, time);
    }

    public Task<TestTenant> CreateTenantAsync(string subdomain) => _world.CreateTenantAsync(subdomain);

    public Task<WebhookWithSecret> CreateAsync(params string[] events) => CreateAsync(Tenant, Receiver.Url, events);

    public static Task<WebhookWithSecret> CreateAsync(TestTenant tenant, string url, params string[] events) =>
        tenant.GetFresh<WebhookService>()
        .CreateAsync(new WebhookPatch { Url = url, Events = events.Length == 0 ? [EventTypes.Everything] : events }, None).OrThrowAsync();

    /// <summary>What the hosted loop does, once; how many were sent.</summary>
    public async Task<int> SendAsync()
    {
        await using var look = _world.AnonymousScope();
        var sent = 0;
        foreach (var due in await look.ServiceProvider.GetRequiredService<DeliveryClaims>().FindAsync(None))
        {
            await using var scope = _world.AnonymousScope();
            sent += await scope.ServiceProvider.GetRequiredService<DeliverySender>().RunAsync(due, TimeSpan.FromMinutes(1), None);
        }

        return sent;
    }

    public async Task<List<OutgoingEvent>> EventsAsync()
    {
        await using var db = Tenant.OpenDatabase();
        return await db.OutgoingEvents.AsNoTracking().OrderBy(row => row.Id).ToListAsync();
    }

    public async Task<List<WebhookDelivery>> DeliveriesAsync()
    {
        await using var db = Tenant.OpenDatabase();
        return await db.WebhookDeliveries.AsNoTracking().OrderBy(row => row.Id).ToListAsync();
    }

    public async Task<Webhook> WebhookAsync()
    {
        await using var db = Tenant.OpenDatabase();
        return await db.Webhooks.AsNoTracking().SingleAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _world.DisposeAsync();
        await Receiver.DisposeAsync();
    }
}
