using Microsoft.Extensions.Configuration;
using WaCr.Web.Features.Channels;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Messaging;
using WaCr.Web.Features.Plans;
using WaCr.Web.Hosting;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Tests.Support;

/// <summary>What a tenant needs to send messages in a test.</summary>
internal static class WhatsAppTenant
{
    private static long _nextNumberId = 100_000_000;

    /// <summary>The product's client, whose outer world is <paramref name="graph"/>; nothing waits between attempts.</summary>
    public static void AddScriptedWhatsApp(this IServiceCollection services, ScriptedGraph graph)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["WhatsApp:FirstDelay"] = "00:00:00" })
            .Build();
        services.AddWhatsApp(configuration);
        services.AddHttpClient(nameof(GraphCalls)).ConfigurePrimaryHttpMessageHandler(() => graph);
    }

    /// <summary>A channel that can send, with the tenant's first status and source as defaults.</summary>
    public static Task<ChannelDetails> ConnectWhatsAppAsync(this TestTenant tenant, ChannelPatch? patch = null) =>
        tenant.GetFresh<ChannelService>().SaveAsync(
            null,
            patch ?? new ChannelPatch
            {
                Name = "Shop",
                PhoneNumberId = Interlocked.Increment(ref _nextNumberId).ToString(System.Globalization.CultureInfo.InvariantCulture),
                BusinessAccountId = "1022",
                AccessToken = "token-of-the-shop",
                AppSecret = "secret-of-the-app",
                DefaultStatusId = tenant.StatusId,
                DefaultSourceId = tenant.SourceId,
            },
            CancellationToken.None).OrThrowAsync();

    /// <summary>As if the contact had written at <paramref name="at"/>: from then on 24 hours are open.</summary>
    public static async Task<Conversation> HearFromAsync(this TestTenant tenant, long contactId, DateTimeOffset at)
    {
        await using var db = tenant.OpenDatabase();
        var channelId = await db.Channels.OrderBy(channel => channel.Id).Select(channel => channel.Id).FirstAsync();
        var conversation = await db.Conversations.SingleOrDefaultAsync(c => c.ContactId == contactId && c.ChannelId == channelId);
        if (conversation is null)
        {
            conversation = new Conversation { ContactId = contactId, ChannelId = channelId };
            db.Conversations.Add(conversation);
        }

        conversation.LastInboundAt = at;
        conversation.LastMessageAt = at;
        await db.SaveChangesAsync();
        return conversation;
    }

    /// <summary>A contact who has just written.</summary>
    public static async Task<ContactDetails> CreateWriterAsync(this TestTenant tenant, TimeProvider time, string? phone = null)
    {
        var contact = await tenant.CreateContactAsync(phone: phone, email: null);
        await tenant.HearFromAsync(contact.Id, time.GetUtcNow());
        return contact;
    }

    /// <summary>A text from the contact as the webhook leaves it; our id.</summary>
    public static async Task<long> AddInboundAsync(this TestTenant tenant, long contactId, string wamid, DateTimeOffset at)
    {
        var conversation = await tenant.HearFromAsync(contactId, at);
        await using var db = tenant.OpenDatabase();
        var message = new Message
        {
            ConversationId = conversation.Id,
            ChannelId = conversation.ChannelId,
            ContactId = contactId,
            Direction = MessageDirection.Inbound,
            Type = MessageType.Text,
            Status = MessageStatus.Delivered,
            Wamid = wamid,
            Text = "Hello",
            SentAt = at,
            CreatedAt = at,
        };
        db.Messages.Add(message);
        await db.SaveChangesAsync();
        return message.Id;
    }

    public static async Task<Message> MessageAsync(this TestTenant tenant, long id)
    {
        await using var db = tenant.OpenDatabase();
        return await db.Messages.AsNoTracking().SingleAsync(message => message.Id == id);
    }

    public static async Task<long> UsedConversationsAsync(this TestTenant tenant)
    {
        await using var db = tenant.OpenDatabase();
        return await db.UsageCounters.Where(counter => counter.Metric == Metric.Conversations).SumAsync(counter => counter.Value);
    }

    /// <summary>Whose conversation it is.</summary>
    public static async Task<long> ContactOfAsync(this TestTenant tenant, long conversationId)
    {
        await using var db = tenant.OpenDatabase();
        return await db.Conversations.Where(c => c.Id == conversationId).Select(c => c.ContactId).SingleAsync();
    }

    /// <summary>The API's way of sending a text, while the caller waits.</summary>
    public static Task<Result<SentMessage>> SendTextAsync(
        this TestTenant tenant, string phone, string text = "Hello", long? contactId = null) =>
        tenant.GetFresh<MessageSender>().SendAsync(
            new SendText { Phone = phone, Message = text, ContactId = contactId is null ? default : contactId }, CancellationToken.None);

    /// <summary>As if this many conversations counted in the month already.</summary>
    public static async Task FillConversationsAsync(this TestTenant tenant, TimeProvider time, long count)
    {
        await using var db = tenant.OpenDatabase();
        db.UsageCounters.Add(new UsageCounter
        {
            Metric = Metric.Conversations,
            Period = UsageGate.PeriodOf(Metric.Conversations, time.GetUtcNow()),
            Value = count,
        });
        await db.SaveChangesAsync();
    }

    /// <summary>A tenant whose channel can send.</summary>
    public static async Task<TestTenant> CreateConnectedTenantAsync(
        this TestWorld world, string subdomain = "acme", string plan = "business")
    {
        var tenant = await world.CreateTenantAsync(subdomain, plan: plan);
        await tenant.ConnectWhatsAppAsync();
        return tenant;
    }
}
