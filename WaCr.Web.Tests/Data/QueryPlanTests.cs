using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using WaCr.Web.Data.Sqlite;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Dashboard;
using WaCr.Web.Features.Messaging;
using WaCr.Web.Features.Messaging.Inbox;
using WaCr.Web.Features.Messaging.Outbox;
using WaCr.Web.WhatsApp;
using Xunit.Abstractions;

namespace WaCr.Web.Tests.Data;

/// <summary>
/// Asks SQLite how it would run every query that lists and searches send. A table scan or a sort of
/// the whole result is a failure: it works in a demo and falls over at a million rows.
/// </summary>
public sealed class QueryPlanTests(ITestOutputHelper output)
{
    private static readonly DateTimeOffset SomeTime = TestClock.Start;
    private static readonly string[] OutboxIndexes = ["IX_Messages_Waiting", "IX_Messages_Sending", "IX_Messages_Unsent"];

    [Fact]
    public async Task ListsAndSearches_NeverScanATableOrSortInATree()
    {
        var recorder = new SelectRecorder();
        await using var world = await TestWorld.CreateAsync(
            DatabaseProvider.Sqlite, more: services => services.AddSingleton<IInterceptor>(recorder));
        var tenant = await world.CreateTenantAsync();
        var (few, many) = (await tenant.CreateStatusAsync("Few"), tenant.StatusId);
        var (small, large) = (await tenant.CreateGroupAsync("Small"), await tenant.CreateGroupAsync("Large"));
        await FillAsync(tenant, few, small, large);

        recorder.Start();
        foreach (var query in Queries(tenant, few, many, small, large))
        {
            (await tenant.ListAsync(query)).Items.Count.ShouldBeGreaterThanOrEqualTo(0);
        }

        var some = await tenant.CreateContactAsync("Name 0100", email: "name.0100@example.org");
        await tenant.Get<ContactDuplicates>().FindAsync(some.Id, default).OrThrowAsync();
        await tenant.Get<ContactHistory>().ListAsync(some.Id, null, default).OrThrowAsync();
        await tenant.Get<ContactMerger>().ListAsync(some.Id, default).OrThrowAsync();

        var selects = recorder.Stop();
        selects.AddRange(new[] { ContactTextIndex.CandidatesSql, ContactTextIndex.TestSql }.Select(sql => new Recorded(sql, [])));
        selects.Count.ShouldBeGreaterThan(30);
        await ShouldHaveGoodPlansAsync(world, selects);
    }

    [Fact]
    public async Task MessagesAndConversations_NeverScanATableOrSortInATree()
    {
        var recorder = new SelectRecorder();
        await using var world = await TestWorld.CreateAsync(
            DatabaseProvider.Sqlite, more: services =>
                services.AddSingleton<IInterceptor>(recorder).AddSingleton<IWhatsAppClient>(new FakeWhatsApp()));
        var tenant = await world.CreateTenantAsync();
        await tenant.ConnectWhatsAppAsync();
        var conversation = await TalkAsync(tenant);

        var contact = await tenant.ContactOfAsync(conversation);
        recorder.Start();
        foreach (var query in MessageLists(conversation))
        {
            await tenant.Get<MessageQueries>().ListAsync(query, default).OrThrowAsync();
        }

        await ReadInboxAsync(tenant, conversation);
        await ReadTimelineAsync(tenant, contact);
        await tenant.Get<ConversationStatistics>().GetAsync(default).OrThrowAsync();
        var selects = recorder.Stop();
        selects.Count.ShouldBeGreaterThan(40);
        await ShouldHaveGoodPlansAsync(world, selects);
    }

    /// <summary>Nearly all messages are sent: whoever asks for the others reads an index that holds nothing else.</summary>
    [Fact]
    public async Task Outbox_ReadsItsOwnIndexesAlone()
    {
        var recorder = new SelectRecorder();
        await using var world = await TestWorld.CreateAsync(
            DatabaseProvider.Sqlite, more: services =>
                services.AddSingleton<IInterceptor>(recorder).AddSingleton<IWhatsAppClient>(new FakeWhatsApp()));
        var tenant = await world.CreateTenantAsync();
        await tenant.ConnectWhatsAppAsync();
        await TalkAsync(tenant);

        recorder.Start();
        foreach (var state in new[] { OutboxState.Dead, OutboxState.Uncertain })
        {
            await tenant.Get<OutboxQueries>().ListAsync(state, null, default).OrThrowAsync();
            await tenant.Get<OutboxQueries>().ListAsync(state, 7, default).OrThrowAsync();
        }

        await tenant.Get<OutboxQueries>().ListChannelsAsync(default).OrThrowAsync();

        var plans = new List<string>();
        foreach (var select in recorder.Stop().Where(select => select.Sql.Contains("FROM \"Messages\"", StringComparison.Ordinal)))
        {
            plans.Add(string.Join("; ", await ExplainAsync(world, select)));
        }

        plans.Count.ShouldBe(6);
        plans.ShouldAllBe(plan => OutboxIndexes.Any(plan.Contains));
    }

    private async Task ShouldHaveGoodPlansAsync(TestWorld world, List<Recorded> selects)
    {
        var faults = new List<string>();
        foreach (var select in selects)
        {
            var plan = await ExplainAsync(world, select);
            var bad = plan.Where(step => IsFault(step) && !plan.Contains(step.Replace("SCAN", "CO-ROUTINE", StringComparison.Ordinal)))
                .ToList();
            if (bad.Count > 0)
            {
                faults.Add($"{string.Join("\n", plan)}\n{select.Sql}\n");
            }
        }

        faults.ForEach(output.WriteLine);
        faults.ShouldBeEmpty();
    }

    private static IEnumerable<MessageQuery> MessageLists(long conversation)
    {
        FilterTerm[][] narrowings =
        [
            [],
            .. from op in new[] { FilterOperator.Equal, FilterOperator.NotEqual, FilterOperator.In, FilterOperator.NotIn }
               from filter in new[]
               {
                   FilterTerm.OfNumbers(MessageFilterFields.Type, op, (long)MessageType.Text),
                   FilterTerm.OfNumbers(MessageFilterFields.Type, op, (long)MessageType.Template),
                   FilterTerm.OfNumbers(MessageFilterFields.Status, op, (long)ShownStatus.Read),
                   FilterTerm.OfNumbers(MessageFilterFields.Status, op, (long)ShownStatus.Sent),
                   FilterTerm.OfNumbers(MessageFilterFields.Direction, op, (long)MessageDirection.Inbound),
                   FilterTerm.OfNumbers(MessageFilterFields.ConversationId, op, conversation),
               }
               select new[] { filter },
            [
                FilterTerm.OfNumbers(MessageFilterFields.ConversationId, FilterOperator.Equal, conversation),
                FilterTerm.OfNumbers(MessageFilterFields.Type, FilterOperator.In, (long)MessageType.Text, (long)MessageType.Template),
                FilterTerm.OfNumbers(MessageFilterFields.Direction, FilterOperator.Equal, (long)MessageDirection.Outbound),
            ],
        ];
        SortTerm[][] sorts =
        [
            [],
            .. from field in MessageSortFields.All from isDown in new[] { false, true } select new[] { new SortTerm(field, isDown) },
            [new(MessageSortFields.UpdatedAt, true), new(MessageSortFields.CreatedAt, false)],
        ];

        // What a search finds is sorted by hand, in whatever order.
        return from filters in narrowings
               from query in (MessageQuery[])
               [
                   .. sorts.Select(sort => new MessageQuery { Filters = filters, Sort = sort }),
                   .. new[] { "or", "order 1" }.Select(search => new MessageQuery { Filters = filters, Search = search }),
               ]
               select query;
    }

    private static async Task ReadInboxAsync(TestTenant tenant, long conversation)
    {
        var before = new InboxCursor(SomeTime, conversation);
        foreach (var box in Enum.GetValues<InboxBox>())
        {
            foreach (var query in new[]
            {
                new InboxQuery(box), new InboxQuery(box, Before: before), new InboxQuery(box, Search: "name"),
                new InboxQuery(box, StatusId: tenant.StatusId), new InboxQuery(box, GroupId: 1, Before: before),
            })
            {
                await tenant.Get<InboxQueries>().ListAsync(query, default).OrThrowAsync();
            }
        }

        await tenant.Get<InboxQueries>().GetAsync(conversation, default).OrThrowAsync();
        var thread = await tenant.Get<ConversationHistoryQueries>()
            .ListAsync(conversation, null, ConversationHistoryQueries.PageSize, default)
            .OrThrowAsync();
        await tenant.Get<ConversationHistoryQueries>()
            .ListAsync(conversation, thread.Messages[0].Id, ConversationHistoryQueries.PageSize, default)
            .OrThrowAsync();
    }

    private static async Task ReadTimelineAsync(TestTenant tenant, long contact)
    {
        await tenant.Get<ContactConversations>().FindAsync(contact, default).OrThrowAsync();
        foreach (var filter in Enum.GetValues<TimelineFilter>())
        {
            var page = await tenant.Get<ContactTimelineQueries>().ListAsync(contact, filter, TimelineCursor.Newest, default).OrThrowAsync();
            var later = page.Next ?? new TimelineCursor(1, new TimelinePlace(SomeTime, 1), new TimelinePlace(SomeTime, 1));
            await tenant.Get<ContactTimelineQueries>().ListAsync(contact, filter, later, default).OrThrowAsync();
        }
    }

    // More messages than are sorted by hand, of which each filter leaves some; a conversation's id.
    private static async Task<long> TalkAsync(TestTenant tenant)
    {
        var conversations = new List<Conversation>();
        foreach (var name in new[] { "Name 1", "Name 2" })
        {
            conversations.Add(await tenant.HearFromAsync((await tenant.CreateContactAsync(name)).Id, SomeTime));
        }

        await tenant.Get<IDatabaseWriter>().WriteAsync<int>(
            async db =>
            {
                db.Messages.AddRange(Enumerable.Range(0, 2_400).Select(n => new Message
                {
                    ConversationId = conversations[n % 40 == 0 ? 1 : 0].Id,
                    ContactId = conversations[n % 40 == 0 ? 1 : 0].ContactId,
                    ChannelId = conversations[0].ChannelId,
                    Type = n % 50 == 0 ? MessageType.Template : MessageType.Text,
                    Status = n % 3 == 0 ? MessageStatus.Read : MessageStatus.Sent,
                    Direction = n % 2 == 0 ? MessageDirection.Outbound : MessageDirection.Inbound,
                    State = n % 2 == 0 ? OutboxState.Sent : null,
                    Text = $"Order {n}",
                }));
                return await db.SaveChangesAsync();
            },
            default);
        return conversations[0].Id;
    }

    // A virtual table's "scan" is the text index at work, and a co-routine's the reading of a bounded inner query. "LAST TERM" sorts only
    // the rows that are equal in
    // the first field, which is what an index on that field alone can offer for sort=firstname,-created_at.
    private static bool IsFault(string step) =>
        (step.StartsWith("SCAN ", StringComparison.Ordinal) && !step.Contains("VIRTUAL TABLE INDEX", StringComparison.Ordinal))
        || (step.Contains("TEMP B-TREE", StringComparison.Ordinal) && !step.Contains("LAST", StringComparison.Ordinal));

    private static IEnumerable<ContactQuery> Queries(TestTenant tenant, long few, long many, long small, long large)
    {
        FilterTerm[][] narrowings =
        [
            [],
            [FilterTerm.OfNumbers("status_id", FilterOperator.Equal, few)],
            [FilterTerm.OfNumbers("status_id", FilterOperator.Equal, many)],
            [FilterTerm.OfNumbers("status_id", FilterOperator.In, few, many)],
            [FilterTerm.OfNumbers("status_id", FilterOperator.NotEqual, few)],
            [FilterTerm.OfNumbers("source_id", FilterOperator.Equal, tenant.SourceId)],
            [FilterTerm.OfNumbers("type", FilterOperator.Equal, (long)ContactType.Lead)],
            [FilterTerm.OfNumbers("type", FilterOperator.NotIn, (long)ContactType.Guest)],
            [FilterTerm.OfNumbers("assigned_id", FilterOperator.Null, 1)],
            [FilterTerm.OfNumbers("assigned_id", FilterOperator.Equal, 5)],
            [FilterTerm.OfNumbers("group_id", FilterOperator.Equal, small)],
            [FilterTerm.OfNumbers("group_id", FilterOperator.In, large, small)],
            [FilterTerm.OfNumbers("group_id", FilterOperator.NotEqual, small)],
            [FilterTerm.OfNumbers("group_id", FilterOperator.Null, 1)],
            [FilterTerm.OfNumbers("country_id", FilterOperator.Equal, 356)],
            [FilterTerm.OfNumbers("country_id", FilterOperator.In, 356, 76)],
            [FilterTerm.OfNumbers("is_opted_out", FilterOperator.Equal, 1)],
            [FilterTerm.OfNumbers("is_opted_out", FilterOperator.Equal, 0)],
            [FilterTerm.OfNumbers("email", FilterOperator.Null, 1)],
            [FilterTerm.OfNumbers("email", FilterOperator.Null, 0)],
            [FilterTerm.OfNumbers("created_at", FilterOperator.GreaterOrEqual, 1)],
            [FilterTerm.OfNumbers("created_at", FilterOperator.LessThan, 1)],
            [FilterTerm.OfNumbers("created_at", FilterOperator.Between, 1, 2)],
            [FilterTerm.OfNumbers("assigned_id", FilterOperator.NotEqual, 5)],
            [FilterTerm.OfNumbers("assigned_id", FilterOperator.NotIn, 5, 6)],
            [FilterTerm.OfNumbers("assigned_id", FilterOperator.Null, 0)],
            [FilterTerm.OfNumbers("source_id", FilterOperator.NotEqual, tenant.SourceId)],
            [FilterTerm.OfNumbers("country_id", FilterOperator.NotEqual, 356)],
            [FilterTerm.OfNumbers("country_id", FilterOperator.NotIn, 356, 76)],
            [FilterTerm.OfNumbers("country_id", FilterOperator.Null, 1)],
            [FilterTerm.OfNumbers("country_id", FilterOperator.Null, 0)],
            [FilterTerm.OfNumbers("group_id", FilterOperator.NotIn, large, small)],
            [FilterTerm.OfNumbers("group_id", FilterOperator.Null, 0)],
            [
                FilterTerm.OfNumbers("is_opted_out", FilterOperator.Equal, 0),
                FilterTerm.OfNumbers("email", FilterOperator.Null, 0),
                FilterTerm.OfNumbers("group_id", FilterOperator.In, large, small)
            ],
            [
                FilterTerm.OfNumbers("created_at", FilterOperator.Between, 1, long.MaxValue / 4),
                FilterTerm.OfNumbers("country_id", FilterOperator.Equal, 356),
                FilterTerm.OfNumbers("assigned_id", FilterOperator.Null, 1)
            ],
            [FilterTerm.OfNumbers("status_id", FilterOperator.Equal, many), FilterTerm.OfNumbers("type", FilterOperator.Equal, 0)],
            [FilterTerm.OfNumbers("status_id", FilterOperator.Equal, few), FilterTerm.OfNumbers("group_id", FilterOperator.Equal, large)],
        ];
        foreach (var filters in narrowings)
        {
            foreach (var search in new[] { null, "na", "name", "name 001", "+91 90000" })
            {
                foreach (var field in ContactSortFields.All)
                {
                    foreach (var descending in new[] { false, true })
                    {
                        yield return new ContactQuery
                        {
                            Filters = filters,
                            Search = search,
                            Sort = [new(field, descending)],
                            Includes = ContactIncludes.All,
                        };
                    }
                }

                yield return new ContactQuery
                {
                    Filters = filters,
                    Search = search,
                    Sort = [new("firstname", false), new("created_at", true)],
                };
            }
        }
    }

    private static async Task FillAsync(TestTenant tenant, long few, long small, long large)
    {
        for (var batch = 0; batch < 24; batch++)
        {
            var rows = Enumerable.Range(batch * 100, 100).Select(n => tenant.NewContact($"Name {n:D4}") with
            {
                StatusId = n % 100 == 0 ? few : tenant.StatusId,
                Groups = n % 50 == 0 ? new[] { small, large } : new[] { large },
            });
            await tenant.Batch.CreateAsync([.. rows], new ContactBatchOptions(), default).OrThrowAsync();
        }
    }

    private static async Task<List<string>> ExplainAsync(TestWorld world, Recorded select)
    {
        await using var connection = new SqliteConnection(world.ConnectionString);
        await connection.OpenAsync();
        SqliteConnections.RegisterFunctions(connection);
        await using var command = connection.CreateCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + select.Sql;
        foreach (var (name, value) in select.Parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        var plan = new List<string>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            plan.Add(reader.GetString(3));
        }

        return plan;
    }

    private sealed record Recorded(string Sql, IReadOnlyList<(string Name, object? Value)> Parameters);

    private sealed class SelectRecorder : DbCommandInterceptor
    {
        private readonly Dictionary<string, Recorded> _selects = new(StringComparer.Ordinal);
        private bool _recording;

        public void Start() => _recording = true;

        public List<Recorded> Stop()
        {
            _recording = false;
            return [.. _selects.Values];
        }

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken =
                default)
        {
            if (_recording)
            {
                lock (_selects)
                {
                    _selects.TryAdd(command.CommandText, new Recorded(
                        command.CommandText,
                        [
                            .. command.Parameters.Cast<DbParameter>().Select(parameter => (parameter.ParameterName, parameter.Value))
                        ]));
                }
            }

            return ValueTask.FromResult(result);
        }
    }
}
