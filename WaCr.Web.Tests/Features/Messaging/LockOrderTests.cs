using System.Collections.Concurrent;
using System.Data.Common;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore.Diagnostics;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Messaging;
using WaCr.Web.Features.Privacy;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Tests.Features.Messaging;

/// <summary>
/// Writes lock rows in one order, so that two never wait for each other: the counter of contacts, contacts, channels, messages, the counter
/// of conversations, conversations. A merge that an inbound message causes holds both contacts and is checked up to them.
/// </summary>
public sealed partial class LockOrderTests
{
    private const string Ann = "447700900123";
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly WhatsAppRefused NoMarketing = new(131050, "Stopped marketing", "Stopped.", null, null);
    private static readonly WhatsAppRefused TooFast = new(130429, "Rate limit hit", "Too fast.", null, null);
    private static readonly WhatsAppRefused Disabled = new(131063, "Marketing templates are not enabled", "Off.", null, null);

    [Theory, OnPostgres]
    public Task DirectSend_ThatLearnsTheRecipientsIds(DatabaseProvider engine) => CheckAsync(engine, async (world, _) =>
    {
        world.WhatsApp.OnSend = _ => Task.FromResult<Result<AcceptedMessage>>(new AcceptedMessage("wamid.out", "447700900999", "GB.1"));
        await world.Tenant.GetFresh<MessageSender>().SendAsync(await TextAsync(world), None).OrThrowAsync();
    }, Contacts, Messages);

    [Theory, OnPostgres]
    public Task DirectSend_ToSomebodyWhoStoppedMarketing(DatabaseProvider engine) => CheckAsync(engine, async (world, _) =>
    {
        world.WhatsApp.Answer(NoMarketing);
        (await world.Tenant.GetFresh<MessageSender>().SendAsync(await TextAsync(world), None)).Succeeded.ShouldBeFalse();
    }, Contacts, Messages, CountOfConversations);

    [Theory, OnPostgres]
    public Task DirectSend_TooFastForTheNumber(DatabaseProvider engine) => CheckAsync(engine, async (world, _) =>
    {
        world.WhatsApp.Answer(TooFast);
        (await world.Tenant.GetFresh<MessageSender>().SendAsync(await TextAsync(world), None)).Succeeded.ShouldBeFalse();
    }, Channels, Messages, CountOfConversations);

    [Theory, OnPostgres]
    public Task Outbox_ToSomebodyWhoStoppedMarketing(DatabaseProvider engine) => CheckAsync(engine, async (world, conversation) =>
    {
        world.WhatsApp.Answer(NoMarketing);
        await world.EnqueueAsync(conversation);
        await world.DispatchAsync();
    }, Contacts, Messages, CountOfConversations);

    [Theory, OnPostgres]
    public Task Outbox_OfANumberThatTakesNoMarketing(DatabaseProvider engine) => CheckAsync(engine, async (world, conversation) =>
    {
        world.WhatsApp.Answer(Disabled);
        await world.EnqueueAsync(conversation);
        await world.DispatchAsync();
    }, Channels, Messages, CountOfConversations);

    [Theory, OnPostgres]
    public Task Outbox_ToThree_OfWhomOneHasEnoughForNow(DatabaseProvider engine) => CheckAsync(engine, async (world, conversation) =>
    {
        world.WhatsApp.AcceptAll();
        await using var db = world.Tenant.OpenDatabase();
        var enough = world.Now.AddHours(1);
        await db.Conversations.ExecuteUpdateAsync(set => set.SetProperty(c => c.PacedUntil, enough));
        await world.EnqueueAsync(conversation);
        foreach (var other in new[] { "447700900124", "447700900125" })
        {
            await world.EnqueueAsync(await world.OpenConversationAsync(other));
        }

        (await world.DispatchAsync()).ShouldBe(2);
    }, Channels, Messages, CountOfConversations, Conversations);

    [Theory, OnPostgres]
    public Task Status_WithANewUsername_OfSomebodyWhoStoppedMarketing(DatabaseProvider engine) =>
        CheckAsync(engine, async (world, conversation) =>
    {
        world.WhatsApp.AcceptAll();
        await world.EnqueueAsync(conversation);
        await world.DispatchAsync();
        var json = JsonNode.Parse(MetaWebhook.Status("wamid.out.1", "failed", world.Now, error: 131050))!;
        json["entry"]![0]!["changes"]![0]!["value"]!["contacts"] = new JsonArray(
            new JsonObject { ["wa_id"] = Ann, ["profile"] = new JsonObject { ["username"] = "ann.smith" } });
        await world.TakeInAsync(json.ToJsonString());
    }, Contacts, Messages, CountOfConversations);

    [Theory, OnPostgres]
    public Task StopWord_OfSomebodyKnown(DatabaseProvider engine) =>
        CheckAsync(engine, (world, _) => world.TakeInAsync(MetaWebhook.Text("wamid.stop", Ann, "STOP", world.Now)), Contacts, Conversations);

    [Theory, OnPostgres]
    public async Task StopWord_ThatShowsTwoContactsToBeOne(DatabaseProvider engine)
    {
        var locks = new Locks();
        await using var world = await MessagingWorld.CreateAsync(engine, (services, _) => services.AddSingleton<IInterceptor>(locks));
        await world.TakeInAsync(MetaWebhook.Message("wamid.1", Ann, Text("Hello"), world.Now));
        await world.TakeInAsync(MetaWebhook.Message("wamid.2", null, Text("Hello"), world.Now, userId: "GB.1"));
        locks.Taken.Clear();

        await world.TakeInAsync(MetaWebhook.Message("wamid.3", Ann, Text("STOP"), world.Now, userId: "GB.1"));

        await using var db = world.Tenant.OpenDatabase();
        (await db.ContactMerges.CountAsync()).ShouldBe(1);
        locks.Taken.Values.Select(tables => tables.ToList()).Single(tables => tables.Contains(Contacts))[..2]
            .ShouldBe([CountOfContacts, Contacts]);
    }

    [Theory, OnPostgres]
    public async Task Merge_ThatTakesTheOthersNumber_AndItsUndo(DatabaseProvider engine)
    {
        var locks = new Locks();
        await using var world = await MessagingWorld.CreateAsync(engine, (services, _) => services.AddSingleton<IInterceptor>(locks));
        await world.OpenConversationAsync();
        await world.OpenConversationAsync("447700900124");
        await using var db = world.Tenant.OpenDatabase();
        var versions = await db.Contacts.ToDictionaryAsync(c => c.Id, c => c.Version);
        var (survivor, other) = (versions.Keys.Min(), versions.Keys.Max());
        var request = new MergeContacts(survivor, versions[survivor], other, versions[other], [ContactFieldNames.Phone]);
        locks.Taken.Clear();

        var merge = await world.Tenant.GetFresh<ContactMerger>().MergeAsync(request, None).OrThrowAsync();
        ShouldBeInOrder();

        await world.Tenant.GetFresh<ContactUnmerger>().UnmergeAsync(merge, None).OrThrowAsync();
        ShouldBeInOrder();

        await world.Tenant.GetFresh<ContactEraser>().EraseAsync([survivor, other], None);
        ShouldBeInOrder();

        void ShouldBeInOrder()
        {
            locks.Taken.Values.Select(tables => tables.ToList()).Single(tables => tables.Contains(Contacts))
                .ShouldBe([CountOfContacts, Contacts, Messages, Conversations]);
            locks.Taken.Clear();
        }
    }

    private static async Task CheckAsync(DatabaseProvider engine, Func<MessagingWorld, long, Task> work, params string[] together)
    {
        var locks = new Locks();
        await using var world = await MessagingWorld.CreateAsync(engine, (services, _) => services.AddSingleton<IInterceptor>(locks));
        var conversation = await world.OpenConversationAsync();
        locks.Taken.Clear();

        await work(world, conversation);

        var orders = locks.Taken.Values.Select(tables => tables.ToList()).ToList();
        orders.ShouldContain(tables => together.All(tables.Contains));
        orders.ShouldAllBe(tables => tables.SequenceEqual(Order.Where(tables.Contains)));
        locks.KeepOutReferences.ShouldBeEmpty("A row that refers to a locked one could not be inserted.");
    }

    private const string CountOfContacts = "the counter of contacts";
    private const string Contacts = "Contacts";
    private const string Channels = "Channels";
    private const string Messages = "Messages";
    private const string CountOfConversations = "the counter of conversations";
    private const string Conversations = "Conversations";

    private static readonly string[] Order = [CountOfContacts, Contacts, Channels, Messages, CountOfConversations, Conversations];

    private static string Text(string body) => $$$"""{"type":"text","text":{"body":"{{{body}}}"}}""";

    private static async Task<SendText> TextAsync(MessagingWorld world) =>
        new() { ContactId = (await world.ConversationAsync()).ContactId, Message = "Hi" };

    [GeneratedRegex(
        "(UPDATE|DELETE FROM) \"(?<table>\\w+)\"|FROM \"(?<table>\\w+)\"[^;]*FOR (NO KEY )?UPDATE",
        RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Locking();

    /// <summary>The tables whose rows each transaction has locked, in the order of their first locks.</summary>
    private sealed class Locks : DbCommandInterceptor
    {
        public ConcurrentDictionary<DbContextId, ConcurrentQueue<string>> Taken { get; } = new();

        public ConcurrentQueue<string> KeepOutReferences { get; } = new();

        public override ValueTask<DbDataReader> ReaderExecutedAsync(
            DbCommand command, CommandExecutedEventData eventData, DbDataReader result, CancellationToken cancellationToken = default)
        {
            Note(command, eventData);
            return ValueTask.FromResult(result);
        }

        public override ValueTask<int> NonQueryExecutedAsync(
            DbCommand command, CommandExecutedEventData eventData, int result, CancellationToken cancellationToken = default)
        {
            Note(command, eventData);
            return ValueTask.FromResult(result);
        }

        private void Note(DbCommand command, CommandEventData eventData)
        {
            if (command.CommandText.Contains(" FOR UPDATE", StringComparison.Ordinal)
                || command.CommandText.Contains("\nFOR UPDATE", StringComparison.Ordinal))
            {
                KeepOutReferences.Enqueue(command.CommandText);
            }

            foreach (var table in Locking().Matches(command.CommandText)
                .Select(match => NameOf(match.Groups["table"].Value, command)).Where(Order.Contains))
            {
                var tables = Taken.GetOrAdd(eventData.Context!.ContextId, _ => new ConcurrentQueue<string>());
                if (!tables.Contains(table))
                {
                    tables.Enqueue(table);
                }
            }
        }

        // Only what is counted by the month has a period.
        private static string NameOf(string table, DbCommand command) => table != "UsageCounters" ? table
            : command.Parameters.Cast<DbParameter>().Any(parameter => parameter.Value is "") ? CountOfContacts : CountOfConversations;
    }
}
