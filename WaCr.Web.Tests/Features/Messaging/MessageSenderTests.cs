using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Messaging;
using WaCr.Web.Features.Messaging.Live;
using WaCr.Web.Features.Plans;

namespace WaCr.Web.Tests.Features.Messaging;

public sealed class MessageSenderTests
{
    private readonly ScriptedGraph _graph = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 31, 23, 0, 0, TimeSpan.Zero));

    [Theory, OnEachEngine]
    public async Task Text_IsMergedSentAndWrittenDown(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine, _graph, _time);
        var tenant = await world.CreateConnectedTenantAsync();
        var contact = await tenant.CreateWriterAsync(_time, "+919587422369");
        _graph.AcceptsEverySend();

        var sent = await tenant.SendTextAsync(contact.Phone, "Hello @{contact_first_name} @{unknown}").OrThrowAsync();

        sent.Text.ShouldBe("Hello Asha @{unknown}");
        sent.Phone.ShouldBe("919587422369");
        sent.ContactId.ShouldBe(contact.Id);
        var call = _graph.Calls.ShouldHaveSingleItem();
        call.Json["text"]!["body"]!.GetValue<string>().ShouldBe("Hello Asha @{unknown}");
        call.Json["to"]!.GetValue<string>().ShouldBe("+919587422369");
        var row = await tenant.MessageAsync(sent.Id);
        (row.Wamid, row.State, row.Status, row.Direction)
            .ShouldBe((sent.Wamid, OutboxState.Sent, MessageStatus.Accepted, MessageDirection.Outbound));
        call.Json["biz_opaque_callback_data"]!.GetValue<string>().ShouldBe(row.Reference);
        MessageReference.Parse(row.Reference).ShouldBe(new MessageReference(row.Id, row.Nonce));
        (await tenant.UsedConversationsAsync()).ShouldBe(1);
    }

    [Theory, OnEachEngine]
    public async Task ADirectSend_IsSeenByWhoeverLooksOn_WhenItLeavesAndWhenItLeft(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine, _graph, _time);
        var tenant = await world.CreateConnectedTenantAsync();
        var contact = await tenant.CreateWriterAsync(_time);
        var told = new ConcurrentQueue<long>();
        using var viewer = world.Services.GetRequiredService<ChangeFeed>()
            .Subscribe(tenant.Id, change => told.Enqueue(change.Id), ChangeKind.Conversation);
        var toldBefore = 0;
        _graph.AnswersAfter(() =>
        {
            toldBefore = told.Count;
            return Task.CompletedTask;
        });

        var sent = await tenant.SendTextAsync(contact.Phone).OrThrowAsync();

        toldBefore.ShouldBe(1);
        told.ShouldBe([sent.ConversationId, sent.ConversationId]);
    }

    [Theory, OnEachEngine]
    public async Task TheRowIsThere_BeforeWhatsAppIsCalled(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine, _graph, _time);
        var tenant = await world.CreateConnectedTenantAsync();
        var contact = await tenant.CreateWriterAsync(_time);
        OutboxState? seen = null;
        _graph.AnswersAfter(async () =>
        {
            await using var db = tenant.OpenDatabase();
            seen = await db.Messages.Select(message => message.State).SingleAsync();
        });

        await tenant.SendTextAsync(contact.Phone).OrThrowAsync();

        seen.ShouldBe(OutboxState.Sending);
    }

    [Theory, OnEachEngine]
    public async Task AClosedWindow_RefusesText_AndLeavesNoNewContact(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine, _graph, _time);
        var tenant = await world.CreateConnectedTenantAsync();
        var contact = await tenant.CreateContactAsync();

        (await tenant.SendTextAsync("+919000000001")).Error.ShouldBeOfType<WindowClosedError>();
        (await tenant.SendTextAsync(contact.Phone)).Error.ShouldBeOfType<WindowClosedError>();
        await tenant.HearFromAsync(contact.Id, _time.GetUtcNow() - TimeSpan.FromHours(24));
        (await tenant.SendTextAsync(contact.Phone)).Error.ShouldBeOfType<WindowClosedError>();

        await using var db = tenant.OpenDatabase();
        (await db.Contacts.CountAsync()).ShouldBe(1);
        (await db.Messages.CountAsync()).ShouldBe(0);
        (await tenant.UsedConversationsAsync()).ShouldBe(0);
        _graph.AcceptsEverySend();
        await tenant.HearFromAsync(contact.Id, _time.GetUtcNow() - TimeSpan.FromHours(24) + TimeSpan.FromSeconds(1));
        await tenant.SendTextAsync(contact.Phone).OrThrowAsync();
    }

    [Theory, OnEachEngine]
    public async Task Refusals_ComeInTheContractsOrder(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine, _graph, _time);
        var tenant = await world.CreateTenantAsync(plan: "free");
        var contact = await tenant.CreateContactAsync();

        (await tenant.SendTextAsync(contact.Phone)).Error!.GetType().Name.ShouldBe("WhatsAppNotConfiguredError");
        await tenant.ConnectWhatsAppAsync();
        (await tenant.SendTextAsync(contact.Phone, contactId: 4711)).Error.ShouldBeOfType<NotFoundError>();
        await OptOutAsync(tenant, contact.Id, true);
        (await tenant.SendTextAsync(contact.Phone)).Error.ShouldBeOfType<ContactOptedOutError>();
        await OptOutAsync(tenant, contact.Id, false);
        (await tenant.SendTextAsync(contact.Phone)).Error.ShouldBeOfType<WindowClosedError>();
        await tenant.HearFromAsync(contact.Id, _time.GetUtcNow());
        await tenant.FillConversationsAsync(_time, 100);
        (await tenant.SendTextAsync(contact.Phone)).Error.ShouldBe(new LimitExceededError("conversations", 100, 100));
        _graph.Calls.ShouldBeEmpty();
    }

    [Theory, OnEachEngine]
    public async Task APhone_MustBeTheNamedContacts(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine, _graph, _time);
        var tenant = await world.CreateConnectedTenantAsync();
        var contact = await tenant.CreateWriterAsync(_time, "+919587422369");

        (await tenant.SendTextAsync("+919587422360", contactId: contact.Id))
            .ShouldBeInvalid()[MessageFields.Phone]
            .ShouldBe([MessageErrors.PhoneOfAnother]);
        _graph.AcceptsEverySend();
        await tenant.SendTextAsync("(95874) 22369", contactId: contact.Id).OrThrowAsync();
    }

    [Theory, OnEachEngine]
    public async Task TheIdThatWhatsAppShows_IsKept_AndSentToFromThenOn(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine, _graph, _time);
        var tenant = await world.CreateConnectedTenantAsync();
        var contact = await tenant.CreateWriterAsync(_time, "+5511987654321");
        _graph.Answers(
            HttpStatusCode.OK, """{"contacts":[{"input":"+5511987654321","wa_id":"551187654321"}],"messages":[{"id":"wamid.1"}]}""");
        _graph.Answers(
            HttpStatusCode.OK, """{"contacts":[{"input":"+551187654321","wa_id":"551187654321"}],"messages":[{"id":"wamid.2"}]}""");

        await tenant.SendTextAsync(contact.Phone).OrThrowAsync();
        await tenant.SendTextAsync(contact.Phone).OrThrowAsync();

        _graph.Calls.Select(call => call.Json["to"]!.GetValue<string>()).ShouldBe(["+5511987654321", "+551187654321"]);
        await using var db = tenant.OpenDatabase();
        (await db.ChannelIdentities.SingleAsync()).ContactId.ShouldBe(contact.Id);

        // Another number is another person's: what WhatsApp showed of the old one no longer counts, nor does the window that it opened.
        await tenant.Contacts.UpdateAsync(contact.Id, new ContactPatch { Phone = "+5511912345678" }, null, default).OrThrowAsync();
        (await tenant.SendTextAsync("+5511912345678")).Error.ShouldBeOfType<WindowClosedError>();
        _graph.Calls.Count.ShouldBe(2);
    }

    [Theory, OnEachEngine]
    public async Task SendsAtOnceToANewPerson_MakeOneContactAndOneConversation(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine, _graph, _time);
        var tenant = await world.CreateConnectedTenantAsync();
        _graph.AcceptsEverySend();

        // Through the writer as sends do it; the window rule would turn away a free text to somebody new.
        var channel = await tenant.Get<WaCr.Web.Features.Channels.ChannelDirectory>().OpenAsync(default).OrThrowAsync();
        PhoneNumber.TryParse("+919000000099", "IN", out var phone).ShouldBeTrue();
        await Task.WhenAll(Enumerable.Range(0, 12).Select(async _ =>
        {
            var (writer, contacts, conversations) = (
                tenant.GetFresh<IDatabaseWriter>(), tenant.GetFresh<ContactResolver>(), tenant.GetFresh<ConversationService>());
            (await writer.WriteAsync<Done>(
                async db =>
                {
                    var contact = (await contacts.FindOrCreateAsync(db, channel, phone!, null)).OrThrow();
                    await conversations.FindOrCreateAsync(db, contact, channel.Id);
                    return default(Done);
                },
                default)).OrThrow();
        }));

        await using var db = tenant.OpenDatabase();
        (await db.Contacts.CountAsync()).ShouldBe(1);
        (await db.Conversations.CountAsync()).ShouldBe(1);
        (await db.UsageCounters.SingleAsync(counter => counter.Metric == Metric.Contacts)).Value.ShouldBe(1);
    }

    [Theory, OnEachEngine]
    public async Task WithoutDefaults_NobodyIsMade(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine, _graph, _time);
        var tenant = await world.CreateConnectedTenantAsync();
        await using (var db = tenant.OpenDatabase())
        {
            await db.Channels.ExecuteUpdateAsync(set => set.SetProperty(channel => channel.DefaultSourceId, (long?)null));
        }

        (await tenant.SendTextAsync("+919000000001")).ShouldBeInvalid()[MessageFields.Phone].ShouldBe([MessageErrors.NoDefaults]);
    }

    [Theory, OnEachEngine]
    public async Task SomebodyWithoutAPhone_IsWrittenToByTheirId(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine, _graph, _time);
        var tenant = await world.CreateConnectedTenantAsync();
        var staff = await tenant.SignInAsync(Role.Agent);
        long contactId;
        await using (var db = tenant.OpenDatabase())
        {
            var contacts = new[] { "Asha", "Ravi" }.Select(name =>
                new Contact { FirstName = name, StatusId = tenant.StatusId, SourceId = tenant.SourceId })
                .ToList();
            db.Contacts.AddRange(contacts);
            await db.SaveChangesAsync();
            contacts.ShouldAllBe(contact => contact.PhoneKey == $"-{contact.Id}"
                && !contact.HasPhone
                && contact.SearchText.StartsWith("\n\n"));
            contactId = contacts[0].Id;
        }

        (await tenant.HearFromAsync(contactId, _time.GetUtcNow())).UserId.ShouldBeNull();
        (await SendToAsync(tenant, contactId)).ShouldBeInvalid()[MessageFields.ContactId].ShouldBe([MessageErrors.NoAddress]);
        await using (var db = tenant.OpenDatabase())
        {
            await db.Conversations.ExecuteUpdateAsync(set =>
                set.SetProperty(conversation => conversation.UserId, "IN.13491208655302741918"));
        }

        _graph.AcceptsEverySend();
        var sent = await SendToAsync(tenant, contactId).OrThrowAsync();

        _graph.Calls[^1].Json["recipient"]!.GetValue<string>().ShouldBe("IN.13491208655302741918");
        (await tenant.MessageAsync(sent.Id)).StaffId.ShouldBe(staff);
    }

    [Theory, OnEachEngine]
    public async Task Totals_CountWhatCameSince_AndEachTenantItsOwn(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine, _graph, _time);
        var (mine, theirs) = (await world.CreateConnectedTenantAsync("mine"), await world.CreateConnectedTenantAsync("theirs"));
        var (contact, stranger) = (await mine.CreateWriterAsync(_time), await theirs.CreateWriterAsync(_time));
        _graph.AcceptsEverySend();

        for (var count = 1; count <= 3; count++)
        {
            await mine.SendTextAsync(contact.Phone, $"Message {count}").OrThrowAsync();
            await theirs.SendTextAsync(stranger.Phone).OrThrowAsync();
            if (engine == DatabaseProvider.Sqlite)
            {
                var page = await mine.Get<MessageQueries>().ListAsync(new MessageQuery(), default).OrThrowAsync();
                page.Total.ShouldBe(count);
                page.Items.Select(message => message.Text)
                    .ShouldBe(Enumerable.Range(1, count).Reverse().Select(number => $"Message {number}"));
            }
        }

        (await mine.Get<MessageQueries>().ListAsync(new MessageQuery { Search = "MESSAGE 2" }, default).OrThrowAsync())
            .Items.ShouldHaveSingleItem();
        (await mine.Get<MessageQueries>().ListAsync(new MessageQuery { Search = "%" }, default).OrThrowAsync()).Items.ShouldBeEmpty();
        (await theirs.Get<MessageQueries>().ListAsync(new MessageQuery(), default).OrThrowAsync())
            .Items.ShouldAllBe(message => message.Text == "Hello");
    }

    private static Task<Result<SentMessage>> SendToAsync(TestTenant tenant, long contactId) =>
        tenant.GetFresh<MessageSender>().SendAsync(new SendText { Message = "Hello", ContactId = contactId }, CancellationToken.None);

    private static async Task OptOutAsync(TestTenant tenant, long contactId, bool isOptedOut)
    {
        await using var db = tenant.OpenDatabase();
        await db.Contacts.Where(contact => contact.Id == contactId)
            .ExecuteUpdateAsync(set => set.SetProperty(contact => contact.IsOptedOut, isOptedOut));
    }
}
