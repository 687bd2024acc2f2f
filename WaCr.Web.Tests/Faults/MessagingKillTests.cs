using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using WaCr.Web.Features.Messaging.Outbox;
using WaCr.Web.Features.Tenants;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Tests.Faults;

public sealed class MessagingKillTests
{
    private const int Clients = 4;
    private const int MessagesPerRound = 20;
    private static readonly int Rounds = Depth.Of(plain: 2, deep: 10) * Enum.GetValues<Moment>().Length;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>What the server is in the middle of when it is killed.</summary>
    private enum Moment
    {
        /// <summary>A webhook was answered.</summary>
        Received = 0,

        /// <summary>Some of the stored webhooks are done, and others are not.</summary>
        Processed = 1,

        /// <summary>WhatsApp has a message, and nobody here knows of it yet.</summary>
        Dispatched = 2,
    }

    /// <summary>
    /// Customers write and the outbox sends, all at once; the server is killed in the middle of receiving, processing and dispatching, at
    /// another point each time. WhatsApp delivers what was not answered with 200 again, as the real one does.
    /// </summary>
    [Fact]
    public async Task Kill_while_messages_come_and_go_loses_none_and_sends_none_twice()
    {
        await using var folder = new TempFolder();
        await using var graph = await GraphServer.StartAsync();
        var workplace = await Workplace.CreateAsync(folder.File("wacr.db"));
        var settings = workplace.Settings with
        {
            More = new Dictionary<string, string>(StringComparer.Ordinal) { ["WhatsApp__BaseUrl"] = graph.Address.ToString() },
        };
        var conversations = await PrepareAsync(workplace);
        var (outstanding, customers) = (new ConcurrentDictionary<string, byte>(StringComparer.Ordinal), 0);
        var random = new Random(10);
        Action taken = () => { };
        graph.OnTaken = reference =>
        {
            outstanding.TryAdd(
                MetaWebhook.Status(graph.Wamids[reference], "delivered", DateTimeOffset.UnixEpoch.AddDays(20_000), reference), 0);
            taken();
        };

        for (var round = 0; round < Rounds; round++)
        {
            var moment = (Moment)(round % Enum.GetValues<Moment>().Length);
            var untilKill = random.Next(5, MessagesPerRound);
            var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Action count = () =>
            {
                if (Interlocked.Decrement(ref untilKill) == 0)
                {
                    enough.SetResult();
                }
            };
            taken = moment == Moment.Dispatched ? count : () => { };
            await EnqueueAsync(workplace, conversations.Skip(round * MessagesPerRound).Take(MessagesPerRound));
            await using var server = await ProductProcess.StartAsync(settings);
            using var http = new HttpClient { BaseAddress = server.Address };
            var processed = Processed() + untilKill;
            var load = Enumerable.Range(0, Clients)
                .Select(_ => DeliverUntilDeadAsync(http, moment == Moment.Received ? count : () => { }))
                .ToList();
            await (
                moment == Moment.Processed
                    ? Eventually.HoldsAsync(() => Processed() >= processed, Patience)
                    : enough.Task.WaitAsync(Patience));
            await server.KillAsync();
            await Task.WhenAll(load);
            SqliteProbe.Ask(workplace.File, "PRAGMA integrity_check").ShouldBe(["ok"]);
        }

        // The last server brings everything home.
        await using (var server = await ProductProcess.StartAsync(settings))
        {
            using var http = new HttpClient { BaseAddress = server.Address };
            await Eventually.HoldsAsync(
                async () =>
                {
                    foreach (var webhook in outstanding.Keys)
                    {
                        (await PostAsync(http, webhook)).ShouldBe(HttpStatusCode.OK);
                        outstanding.TryRemove(webhook, out _);
                    }

                    return Ask(workplace, "SELECT count(*) FROM WebhookEvents WHERE State = 0") == 0
                        && Ask(workplace, "SELECT count(*) FROM Messages WHERE State IN (0, 1)") == 0
                        && outstanding.IsEmpty;
                },
                Patience);
        }

        Ask(workplace, "SELECT count(*) FROM WebhookEvents WHERE State = 2").ShouldBe(0);

        // In: each customer's message once, and counted once.
        SqliteProbe.Ask(workplace.File, "SELECT Wamid FROM Messages WHERE Direction = 0").Order(StringComparer.Ordinal)
            .ShouldBe(Enumerable.Range(1, customers).Select(n => $"wamid.in.{n}").Order(StringComparer.Ordinal));
        Ask(workplace, "SELECT sum(UnreadCount) FROM Conversations").ShouldBe(customers);

        // Out: none left twice, and what did not leave for certain says so.
        graph.Taken.Where(taken => taken.Value > 1).ShouldBeEmpty();
        var sent = SqliteProbe.Ask(
            workplace.File, "SELECT Id || '-' || printf('%08x', Nonce) || '=' || State || '=' || Status FROM Messages WHERE Direction = 1")
            .Select(row => row.Split('=')).ToDictionary(row => row[0], row => (State: row[1], Status: row[2]), StringComparer.Ordinal);
        sent.Count.ShouldBe(Rounds * MessagesPerRound);
        sent.Where(row => graph.Taken.ContainsKey(row.Key)).Select(row => row.Value).Distinct()
            .ShouldBe([($"{(int)OutboxState.Sent}", $"{(int)MessageStatus.Delivered}")]);
        sent.Where(row => !graph.Taken.ContainsKey(row.Key)).ShouldAllBe(row => row.Value.State == $"{(int)OutboxState.Uncertain}");
        Ask(workplace, "SELECT coalesce(sum(Value), 0) FROM UsageCounters WHERE Metric = 1").ShouldBe(sent.Count);

        long Processed() => Ask(workplace, "SELECT count(*) FROM WebhookEvents WHERE State = 1");

        async Task DeliverUntilDeadAsync(HttpClient http, Action acknowledge)
        {
            try
            {
                while (true)
                {
                    var number = Interlocked.Increment(ref customers);
                    outstanding.TryAdd(
                        MetaWebhook.Text(
                            $"wamid.in.{number}", $"{447_700_100_000 + (number % 50)}", "Hello", DateTimeOffset.UnixEpoch.AddDays(20_000)),
                        0);
                    foreach (var webhook in outstanding.Keys.Take(4))
                    {
                        (await PostAsync(http, webhook)).ShouldBe(HttpStatusCode.OK);
                        outstanding.TryRemove(webhook, out _);
                        acknowledge();
                    }
                }
            }
            catch (HttpRequestException)
            {
                // The server is gone, as planned.
            }
        }
    }

    private static async Task<HttpStatusCode> PostAsync(HttpClient http, string webhook)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("webhooks/whatsapp", UriKind.Relative))
        {
            Content = new StringContent(webhook, Encoding.UTF8, "application/json"),
            Headers = { { "X-Hub-Signature-256", MetaWebhook.Sign(webhook) } },
        };
        using var answer = await http.SendAsync(request);
        return answer.StatusCode;
    }

    /// <summary>A channel, and people whose window is open, one for each message that will be sent.</summary>
    private static Task<List<long>> PrepareAsync(Workplace workplace) => InsideAsync(workplace, async tenant =>
    {
        var channelId = await MessagingWorld.AddChannelAsync(tenant);
        var rows = Enumerable.Range(0, Rounds * MessagesPerRound).Select(_ => tenant.NewContact()).ToList();
        var contacts = (
            await tenant.Batch.CreateAsync(rows, new WaCr.Web.Features.Contacts.ContactBatchOptions(), CancellationToken.None)
                .OrThrowAsync()).Created;
        await using var db = tenant.OpenDatabase();
        await db.Channels.ExecuteUpdateAsync(set => set.SetProperty(channel => channel.MessagesPerSecond, 1_000_000));
        var now = TimeProvider.System.GetUtcNow();
        var conversations = contacts.Select(contact =>
            new Conversation { ChannelId = channelId, ContactId = contact.Id, LastMessageAt = now, LastInboundAt = now })
            .ToList();
        db.Conversations.AddRange(conversations);
        await db.SaveChangesAsync();
        return conversations.ConvertAll(conversation => conversation.Id);
    });

    private static Task<int> EnqueueAsync(Workplace workplace, IEnumerable<long> conversations) => InsideAsync(workplace, async tenant =>
    {
        foreach (var conversation in conversations)
        {
            await tenant.EnqueueAsync(
                new OutboxMessage(conversation, MessageType.Text, new TextContent("Good morning"), "Good morning"));
        }

        return 0;
    });

    private static async Task<T> InsideAsync<T>(Workplace workplace, Func<TestTenant, Task<T>> work)
    {
        await using var services = TestServices.Build(
            workplace.Settings.Provider, workplace.Settings.ConnectionString + ";Pooling=False", more: services =>
                services.AddSingleton<IWhatsAppClient>(new FakeWhatsApp()));
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<TenantService>()
            .EnterAsync("acme", ChangeOrigin.CommandLine, CancellationToken.None)
            .OrThrowAsync();
        return await work(await TestTenant.OfAsync(scope));
    }

    private static long Ask(Workplace workplace, string sql) =>
        long.Parse(SqliteProbe.Ask(workplace.File, sql)[0], CultureInfo.InvariantCulture);
}
