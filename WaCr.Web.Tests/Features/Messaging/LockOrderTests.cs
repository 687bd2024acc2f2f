using System.Collections.Concurrent;
using System.Data.Common;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using WaCr.Web.Common;
using WaCr.Web.Data;
using WaCr.Web.Domain;
using WaCr.Web.Features.Messaging;
using WaCr.Web.Tests.Support;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Tests.Features.Messaging;

/// <summary>Writes lock contacts, then messages, then conversations: two writes never wait for each other.</summary>
public sealed partial class LockOrderTests
{
    private const string Ann = "447700900123";
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly WhatsAppRefused NoMarketing = new(131050, "Stopped marketing", "Stopped.", null, null);

    [Theory, OnPostgres]
    public Task DirectSend_ThatLearnsTheRecipientsIds(DatabaseProvider engine) => CheckAsync(engine, async (world, _) =>
    {
        world.WhatsApp.OnSend = _ => Task.FromResult<Result<AcceptedMessage>>(new AcceptedMessage("wamid.out", "447700900999", "GB.1"));
        await world.Tenant.GetFresh<MessageSender>().SendAsync(await TextAsync(world), None).OrThrowAsync();
    });

    [Theory, OnPostgres]
    public Task DirectSend_ToSomebodyWhoStoppedMarketing(DatabaseProvider engine) => CheckAsync(engine, async (world, _) =>
    {
        world.WhatsApp.Answer(NoMarketing);
        (await world.Tenant.GetFresh<MessageSender>().SendAsync(await TextAsync(world), None)).Succeeded.ShouldBeFalse();
    });

    [Theory, OnPostgres]
    public Task Outbox_ToSomebodyWhoStoppedMarketing(DatabaseProvider engine) => CheckAsync(engine, async (world, conversation) =>
    {
        world.WhatsApp.Answer(NoMarketing);
        await world.EnqueueAsync(conversation);
        await world.DispatchAsync();
    });

    [Theory, OnPostgres]
    public Task Status_WithANewUsername_OfSomebodyWhoStoppedMarketing(DatabaseProvider engine) => CheckAsync(engine, async (world, conversation) =>
    {
        world.WhatsApp.AcceptAll();
        await world.EnqueueAsync(conversation);
        await world.DispatchAsync();
        var json = JsonNode.Parse(MetaWebhook.Status("wamid.out.1", "failed", world.Now, error: 131050))!;
        json["entry"]![0]!["changes"]![0]!["value"]!["contacts"] = new JsonArray(
            new JsonObject { ["wa_id"] = Ann, ["profile"] = new JsonObject { ["username"] = "ann.smith" } });
        await world.TakeInAsync(json.ToJsonString());
    });

    [Theory, OnPostgres]
    public Task StopWord_OfSomebodyKnown(DatabaseProvider engine) =>
        CheckAsync(engine, (world, _) => world.TakeInAsync(MetaWebhook.Text("wamid.stop", Ann, "STOP", world.Now)));

    private static async Task CheckAsync(DatabaseProvider engine, Func<MessagingWorld, long, Task> work)
    {
        var locks = new Locks();
        await using var world = await MessagingWorld.CreateAsync(engine, (services, _) => services.AddSingleton<IInterceptor>(locks));
        var conversation = await world.OpenConversationAsync();
        locks.Taken.Clear();

        await work(world, conversation);

        var orders = locks.Taken.Values.Select(tables => tables.ToList()).ToList();
        orders.ShouldContain(tables => tables.Contains("Contacts") && tables.Count > 1);
        orders.ShouldAllBe(tables => tables.SequenceEqual(Order.Where(tables.Contains)));
    }

    private static readonly string[] Order = ["Contacts", "Messages", "Conversations"];

    private static async Task<SendText> TextAsync(MessagingWorld world) =>
        new() { ContactId = (await world.ConversationAsync()).ContactId, Message = "Hi" };

    [GeneratedRegex(
        "(UPDATE|DELETE FROM) \"(?<table>\\w+)\"|FROM \"(?<table>\\w+)\"[^;]*FOR (NO KEY )?UPDATE(?! SKIP LOCKED)",
        RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Locking();

    /// <summary>The tables whose rows each transaction locks, in the order of their first locks.</summary>
    private sealed class Locks : DbCommandInterceptor
    {
        public ConcurrentDictionary<DbContextId, ConcurrentQueue<string>> Taken { get; } = new();

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result,
            CancellationToken cancellationToken = default)
        {
            Note(command, eventData);
            return ValueTask.FromResult(result);
        }

        public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            Note(command, eventData);
            return ValueTask.FromResult(result);
        }

        private void Note(DbCommand command, CommandEventData eventData)
        {
            foreach (var table in Locking().Matches(command.CommandText).Select(match => match.Groups["table"].Value).Where(Order.Contains))
            {
                var tables = Taken.GetOrAdd(eventData.Context!.ContextId, _ => new ConcurrentQueue<string>());
                if (!tables.Contains(table))
                {
                    tables.Enqueue(table);
                }
            }
        }
    }
}
