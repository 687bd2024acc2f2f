using Microsoft.Extensions.Time.Testing;
using WaCr.Web.Features.Campaigns;
using WaCr.Web.Features.Contacts;

namespace WaCr.Web.Tests.Features.Campaigns;

/// <summary>A tenant with a channel and a template; campaigns go on when the test says so.</summary>
internal sealed class CampaignWorld : IAsyncDisposable
{
    public const string Template = "order_update";

    // A test that never ends is a fault of its own.
    private const int MaxTurns = 400;

    private static readonly CancellationToken None = CancellationToken.None;
    private static long _nextPhone = 8_000_000_000;

    private CampaignWorld(MessagingWorld messaging) => Messaging = messaging;

    public MessagingWorld Messaging { get; }

    public TestTenant Tenant => Messaging.Tenant;

    public long TemplateId { get; private set; }

    public CampaignDrafts Drafts => Tenant.GetFresh<CampaignDrafts>();

    public CampaignService Service => Tenant.GetFresh<CampaignService>();

    public static async Task<CampaignWorld> CreateAsync(
        DatabaseProvider engine, string plan = "business", Action<IServiceCollection, FakeTimeProvider>? more = null)
    {
        var world = new CampaignWorld(await MessagingWorld.CreateAsync(engine, more, plan));
        world.Messaging.WhatsApp.AcceptAll();
        world.TemplateId = (await world.Tenant.AddTemplateAsync(Template, account: MetaWebhook.BusinessAccountId)).Id;
        return world;
    }

    /// <summary>Campaigns that count in the plan.</summary>
    public async Task<long> UsedAsync()
    {
        await using var db = Tenant.OpenDatabase();
        return await db.UsageCounters.Where(counter => counter.Metric == Metric.Campaigns).SumAsync(counter => counter.Value);
    }

    /// <summary>In the order of their ids, each with a number of its own and a company.</summary>
    public async Task<List<long>> AddContactsAsync(int count, string? company = "Acme")
    {
        var rows = Enumerable.Range(1, count).Select(n =>
            Tenant.NewContact($"Name {n:D4}", phone: $"+91{Interlocked.Increment(ref _nextPhone)}") with { Company = company });
        var ids = new List<long>();
        foreach (var some in rows.Chunk(500))
        {
            ids.AddRange(
                (await Tenant.Batch.CreateAsync(some, new ContactBatchOptions(), None).OrThrowAsync())
                    .Created.Select(contact => contact.Id));
        }

        return ids;
    }

    public async Task OptOutAsync(params IEnumerable<long> ids)
    {
        await using var db = Tenant.OpenDatabase();
        await db.Contacts.Where(contact => ids.Contains(contact.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(contact => contact.IsOptedOut, true));
    }

    /// <summary>Somebody who hides the number; with a conversation where WhatsApp has shown one.</summary>
    public async Task<long> AddHiddenAsync(string? waId)
    {
        await using var db = Tenant.OpenDatabase();
        var contact = new Contact
        {
            FirstName = "Hidden",
            LastName = "One",
            Company = "Acme",
            StatusId = Tenant.StatusId,
            SourceId = Tenant.SourceId,
        };
        db.Contacts.Add(contact);
        await db.SaveChangesAsync();
        if (waId is not null)
        {
            db.Conversations.Add(
                new Conversation { ChannelId = Messaging.ChannelId, ContactId = contact.Id, WaId = waId, LastMessageAt = Messaging.Now });
            await db.SaveChangesAsync();
        }

        return contact.Id;
    }

    public static IReadOnlyDictionary<string, CampaignValue> Values(string fallback = "") =>
        new Dictionary<string, CampaignValue>(StringComparer.Ordinal)
        {
            ["header_field_1"] = new(CampaignSource.Text, "12"),
            ["field_1"] = new(CampaignSource.FirstName, Fallback: "friend"),
            ["field_2"] = new(CampaignSource.Company, Fallback: fallback),
            ["button_0"] = new(CampaignSource.Text, "abc"),
        };

    public Task<CampaignDetails> DraftAsync(
        ContactSelection? selection = null, DateTimeOffset? at = null, int perMinute = 60_000, string fallback = "") =>
        Drafts.CreateAsync(
            new CampaignPatch
            {
                Name = "Spring",
                Audience = new CampaignAudience(
                    CampaignAudienceKind.Selection, "", null, selection ?? ContactSelection.AllMatching(new ContactQuery(), [])),
                ChannelId = Messaging.ChannelId,
                TemplateId = TemplateId,
                Values = new WaCr.Web.Common.Optional<IReadOnlyDictionary<string, CampaignValue>>(Values(fallback)),
                ScheduledAt = at,
                PerMinute = perMinute,
            },
            None).OrThrowAsync();

    public async Task<long> StartAsync(int perMinute = 60_000) =>
        (await Service.StartAsync((await DraftAsync(perMinute: perMinute)).Item.Id, None).OrThrowAsync()).Item.Id;

    public Task<CampaignDetails> GetAsync(long id) => Tenant.GetFresh<CampaignQueries>().GetAsync(id, None).OrThrowAsync();

    /// <summary>What the hosted loop does, until nothing is due; how many turns that took.</summary>
    public async Task<int> WorkAsync(TimeSpan? turn = null)
    {
        for (var turns = 0; turns < MaxTurns; turns++)
        {
            if (await Messaging.Services.ClaimAsync<Campaign, CampaignRunner>() is not { } claim)
            {
                return turns;
            }

            await using var scope = Messaging.Services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<CampaignRunner>().RunAsync(claim, turn ?? TimeSpan.FromMinutes(1), None);
        }

        throw new InvalidOperationException("The campaign does not come to an end.");
    }

    /// <summary>A second of it: what is due is let go, and leaves.</summary>
    public async Task TickAsync()
    {
        await WorkAsync();
        while (await Messaging.DispatchAsync() > 0)
        {
            Messaging.Time.Advance(TimeSpan.FromMilliseconds(125));
        }

        Messaging.Time.Advance(TimeSpan.FromSeconds(1));
    }

    public async Task<CampaignDetails> RunAsync(long id)
    {
        for (var turns = 0; turns < MaxTurns; turns++)
        {
            await TickAsync();
            if (await GetAsync(id) is { Item.IsAtWork: false } ended)
            {
                return ended;
            }
        }

        throw new InvalidOperationException("The campaign does not come to an end.");
    }

    public async Task<List<Message>> MessagesAsync(long id)
    {
        await using var db = Tenant.OpenDatabase();
        return await db.Messages.AsNoTracking().Where(m => m.CampaignId == id).OrderBy(m => m.ContactId).ToListAsync();
    }

    public ValueTask DisposeAsync() => Messaging.DisposeAsync();
}
