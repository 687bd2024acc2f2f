using WaCr.Web.Features.Messaging;
using WaCr.Web.Features.Messaging.Outbox;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Tests.Features.Messaging;

/// <summary>The table of what a message may become: from which states, and what the row looks like afterwards.</summary>
public sealed class MessageTransitionsTests
{
    private static readonly DateTimeOffset Now = TestClock.Start;
    private static readonly DateTimeOffset Due = Now.AddMinutes(1);
    private static readonly Guid Owner = Guid.NewGuid();

    private static readonly OutboxState[] Open = [OutboxState.Waiting, OutboxState.Sending, OutboxState.Uncertain];

    /// <summary>By name: the transition, the states that it starts from while WhatsApp gave no id, and whether it also does with
    /// one.</summary>
    private static readonly (
        string Name, Func<AppDbContext, long, Task<int>> Act, OutboxState[] From, bool AlsoWithWamid, string After)[] Table =
    [
        ("claim", (db, id) => MessageTransitions.ClaimAsync(Row(db, id), Owner, Due, Now, Now), [OutboxState.Waiting], true,
            "Sending Pending wamid=- due=old lease=yes owner=yes attempts=2 error=old failed=old"),
        ("accept", (db, id) => MessageTransitions.AcceptAsync(db, id, new AcceptedMessage("wamid.new", null, null), Now), Enum.GetValues<OutboxState>(), false,
            "Sent Accepted wamid=new due=- lease=- owner=- attempts=1 error=- failed=old"),
        ("hold by WhatsApp",
            (db, id) => MessageTransitions.AcceptAsync(db, id, new AcceptedMessage("wamid.new", null, null, IsHeld: true), Now),
            Enum.GetValues<OutboxState>(), false,
            "HeldByWhatsApp Accepted wamid=new due=- lease=- owner=- attempts=1 error=- failed=old"),
        ("fail", (db, id) => MessageTransitions.FailAsync(db, id, 131026, "No", Now), Open, false,
            "Dead Failed wamid=- due=- lease=- owner=- attempts=1 error=131026:No failed=now"),
        ("doubt", (db, id) => MessageTransitions.MarkUncertainAsync(Row(db, id), Now), [OutboxState.Sending], false,
            $"Uncertain Pending wamid=- due=- lease=- owner=- attempts=1 error=:{OutboxErrors.Unconfirmed} failed=old"),
        ("wait", (db, id) => MessageTransitions.RetryLaterAsync(db, id, Due, counts: false, 4, "Later", Now), Open, false,
            "Waiting Pending wamid=- due=new lease=- owner=- attempts=0 error=4:Later failed=old"),
        ("hold", (db, id) => MessageTransitions.HoldAsync(Row(db, id), "Full", Now), [OutboxState.Waiting], true,
            "Held Pending wamid=- due=- lease=yes owner=yes attempts=1 error=1:Full failed=old"),
        ("release", (db, id) => MessageTransitions.ReleaseAsync(Row(db, id), Due), [OutboxState.Held], true,
            "Waiting Pending wamid=- due=new lease=yes owner=yes attempts=1 error=old failed=old"),
        ("cancel", (db, id) => MessageTransitions.CancelAsync(Row(db, id), Now), [OutboxState.Waiting, OutboxState.Held], true,
            "Cancelled Pending wamid=- due=- lease=yes owner=yes attempts=1 error=old failed=old"),
        ("retry", (db, id) => MessageTransitions.RetryAsync(Row(db, id), OutboxState.Waiting, Due, Now),
            [OutboxState.Dead, OutboxState.Uncertain], false,
            "Waiting Pending wamid=- due=new lease=- owner=- attempts=0 error=- failed=-"),
        ("report delivered", (db, id) => MessageTransitions.ReportAsync(db, id,
            new ReportedProgress(MessageStatus.Delivered, "wamid.new", Now), Now),
            Enum.GetValues<OutboxState>(), true, "Sent Delivered wamid=new due=- lease=- owner=- attempts=1 error=- failed=old"),
        ("report failed",
            (db, id) => MessageTransitions.ReportAsync(
                db, id, new ReportedProgress(MessageStatus.Failed, "wamid.new", Now) { Code = 131026, Reason = "No" }, Now),
            Enum.GetValues<OutboxState>(), true, "Dead Failed wamid=new due=- lease=- owner=- attempts=1 error=131026:No failed=now"),
    ];

    [Theory, OnEachEngine]
    public async Task EachTransition_StartsFromItsStatesAlone_AndWritesAllItsColumns(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        var conversation = await world.OpenConversationAsync();
        var wrong = new List<string>();
        await using var db = world.Tenant.OpenDatabase();
        foreach (var (name, act, from, alsoWithWamid, after) in Table)
        {
            foreach (var (state, wamid) in Enum.GetValues<OutboxState>().SelectMany(state => new[] { (state, false), (state, true) }))
            {
                await using var undone = await db.Database.BeginTransactionAsync();
                var id = await AddAsync(db, world, conversation, state, wamid ? $"wamid.old.{name}.{state}" : null);
                var moved = await act(db, id);
                var expected = from.Contains(state) && (!wamid || alsoWithWamid) ? 1 : 0;
                var row = await db.Messages.AsNoTracking().SingleAsync(m => m.Id == id);
                if (moved != expected || (moved == 1 && !wamid && Describe(row) != after))
                {
                    wrong.Add($"{name} from {state}{(wamid ? " with an id" : "")}: moved {moved}, now {Describe(row)}, expected {after}");
                }

                await undone.RollbackAsync();
                db.ChangeTracker.Clear();
            }
        }

        wrong.ShouldBeEmpty();
    }

    [Theory, OnEachEngine]
    public async Task WhatWhatsAppReported_OnlyClimbs_AndIsNotUndoneByOurOwnEnds(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        var conversation = await world.OpenConversationAsync();
        await using var db = world.Tenant.OpenDatabase();
        var id = await AddAsync(db, world, conversation, OutboxState.Sending, null);
        (await MessageTransitions.ReportAsync(db, id, new ReportedProgress(MessageStatus.Read, "wamid.new", Now), Now)).ShouldBe(1);

        (await MessageTransitions.ReportAsync(db, id, new ReportedProgress(MessageStatus.Sent, "wamid.new", Now), Now)).ShouldBe(0);
        (await MessageTransitions.ReportAsync(db, id, new ReportedProgress(MessageStatus.Failed, "wamid.new", Now), Now)).ShouldBe(0);
        (await MessageTransitions.AcceptAsync(db, id, new AcceptedMessage("wamid.other", null, null), Now)).ShouldBe(0);
        (await MessageTransitions.FailAsync(db, id, null, "No", Now)).ShouldBe(0);
        (await MessageTransitions.MarkUncertainAsync(Row(db, id), Now)).ShouldBe(0);

        var row = await db.Messages.AsNoTracking().SingleAsync(m => m.Id == id);
        (row.State, row.Status, row.Wamid).ShouldBe((OutboxState.Sent, MessageStatus.Read, "wamid.new"));
    }

    private static IQueryable<Message> Row(AppDbContext db, long id) => db.Messages.Where(m => m.Id == id);

    private static async Task<long> AddAsync(AppDbContext db, MessagingWorld world, long conversationId, OutboxState state, string? wamid)
    {
        var conversation = await db.Conversations.AsNoTracking().SingleAsync(c => c.Id == conversationId);
        var message = new Message
        {
            ConversationId = conversationId,
            ChannelId = world.ChannelId,
            ContactId = conversation.ContactId,
            Direction = MessageDirection.Outbound,
            State = state,
            Wamid = wamid,
            DueAt = Now.AddDays(-1),
            LeaseUntil = Now.AddDays(-1),
            LeaseOwner = Guid.NewGuid(),
            Attempts = 1,
            ErrorCode = 1,
            Error = "Old",
            FailedAt = Now.AddDays(-1),
            Text = "Hello",
        };
        db.Messages.Add(message);
        await db.SaveChangesAsync();
        return message.Id;
    }

    private static string Describe(Message row)
    {
        var due = row.DueAt is null ? "-" : row.DueAt == Due ? "new" : "old";
        var error = (row.ErrorCode, row.Error) switch
        {
            (null, null) => "-",
            (1, "Old") => "old",
            var (code, text) => $"{code}:{text}",
        };
        var failed = row.FailedAt is null ? "-" : row.FailedAt == Now ? "now" : "old";
        return $"{row.State} {row.Status} wamid={(row.Wamid is null ? "-" : "new")} due={due} lease={(row.LeaseUntil is null ? "-" : "yes")} "
            + $"owner={(row.LeaseOwner is null ? "-" : "yes")} attempts={row.Attempts} error={error} failed={failed}";
    }
}
