using System.Text.Json.Nodes;

namespace WaCr.Web.WhatsApp.Sandbox;

/// <summary>A message's statuses from sent to read, and their events.</summary>
internal static class StatusLadder
{
    private const int Undeliverable = 131026;
    private static readonly TimeSpan HeldFor = TimeSpan.FromSeconds(30);

    /// <summary>Starts the statuses; none is sent before.</summary>
    public static void Start(SandboxWorld world, SandboxMessage message, MagicRecipient magic, int? failsWith)
    {
        var behaviour = magic.Ladder(world.BehaviourOf(message.PhoneNumberId));
        if (behaviour.NoStatuses)
        {
            return;
        }

        var from = world.Clock.Now + (IsHeld(message, magic) ? HeldFor : TimeSpan.Zero);
        foreach (var status in Plan(message, magic, failsWith, behaviour, from))
        {
            world.Later(status);
        }
    }

    /// <summary>Whether it is kept back first, as if the template's quality were judged.</summary>
    public static bool IsHeld(SandboxMessage message, MagicRecipient magic) => magic.HoldsTemplates && message.Type == "template";

    /// <summary>The phone is reachable again: waiting messages are delivered.</summary>
    public static void Arrive(SandboxWorld world, SandboxCustomer person, string phoneNumberId)
    {
        var magic = MagicRecipient.Of(person.WaId);
        var behaviour = magic.Ladder(world.BehaviourOf(phoneNumberId));
        var waiting = world.Chats.All.Where(message => !message.FromCustomer && message.Customer == person.WaId
            && message.PhoneNumberId == phoneNumberId && message.Status == SandboxStatus.Sent).ToList();
        foreach (var status in waiting.SelectMany(message => Plan(message, magic, null, behaviour, world.Clock.Now))
            .Where(status => status.Status != SandboxStatus.Sent))
        {
            world.Later(status);
        }
    }

    public static void Climb(SandboxWorld world, StatusDue due)
    {
        if (world.Chats.Find(due.MessageId) is not { } message || world.FindNumber(message.PhoneNumberId) is not { } number)
        {
            return;
        }

        var person = world.People.Find(message.Customer);
        var isUnreached = person is not null
            && (person.Blocked.Contains(message.PhoneNumberId) || person.Offline.Contains(message.PhoneNumberId));
        if ((isUnreached && due.Status is SandboxStatus.Delivered or SandboxStatus.Read or SandboxStatus.Played)
            || (due.Status == SandboxStatus.Read && message.Status is SandboxStatus.Read or SandboxStatus.Played))
        {
            return;
        }

        if (due.Status > message.Status)
        {
            message.Status = due.Status;
            message.ErrorCode = due.ErrorCode;
        }

        var status = Write(world, message, person, number, due);
        for (var copy = 0; copy < due.Copies; copy++)
        {
            var contact = person is null || due.Status == SandboxStatus.Failed
                ? null
                : WebhookBodies.Contact(person, world.People.UserIdOf(person, number.BusinessAccountId));
            world.Notify(number, "messages", WebhookBodies.Statuses(number, status, contact));
        }
    }

    private static List<StatusDue> Plan(
        SandboxMessage message, MagicRecipient magic, int? failsWith, SandboxBehaviour behaviour, DateTimeOffset now)
    {
        var copies = 1 + behaviour.Duplicates;
        if (failsWith is { } code)
        {
            return [new(now + behaviour.SentAfter, message.Id, SandboxStatus.Failed, copies, code)];
        }

        var steps = new List<(SandboxStatus Status, TimeSpan After)> { (SandboxStatus.Sent, behaviour.SentAfter) };
        if (!magic.OnlySent && message.Type != "reaction")
        {
            if (!behaviour.OmitDelivered)
            {
                steps.Add((SandboxStatus.Delivered, behaviour.DeliveredAfter));
            }

            if (behaviour.ReadsByItself && !magic.FailsAfterDelivery)
            {
                steps.Add((SandboxStatus.Read, behaviour.ReadAfter));
                if (message.Content is JsonObject content && content["voice"].IsTrue() == true)
                {
                    steps.Add((SandboxStatus.Played, behaviour.ReadAfter));
                }
            }
        }

        var order = behaviour.ReverseStatuses
            ? steps.Select(step => step.Status).Reverse().ToList()
            : steps.ConvertAll(step => step.Status);
        var plan = steps.Select((step, i) => new StatusDue(now + step.After, message.Id, order[i], copies)).ToList();
        if (magic.FailsAfterDelivery)
        {
            plan.Add(new(now + behaviour.DeliveredAfter, message.Id, SandboxStatus.Failed, copies, Undeliverable));
        }

        return plan;
    }

    private static JsonObject Write(
        SandboxWorld world, SandboxMessage message, SandboxCustomer? person, SandboxNumber number, StatusDue due)
    {
        var status = new JsonObject
        {
            ["id"] = message.Id,
            ["status"] = JsonNames.Of(due.Status),
            ["timestamp"] = WebhookBodies.Seconds(due.DueAt),
        };
        if (person is { Username: null })
        {
            status["recipient_id"] = person.WaId;
        }

        if (person is not null)
        {
            status["recipient_user_id"] = world.People.UserIdOf(person, number.BusinessAccountId);
            WebhookBodies.WithParent(status, "recipient_parent_user_id", person);
        }

        if (message.Reference is not null)
        {
            status["biz_opaque_callback_data"] = message.Reference;
        }

        if (due.ErrorCode is { } code)
        {
            status["errors"] = new JsonArray(Refusal.InWebhook(code, null));
        }
        else
        {
            status["pricing"] = MessagePrice.Of(
                message, person?.LastWroteAt.TryGetValue(number.PhoneNumberId, out var wroteAt) == true ? wroteAt : null);
        }

        return status;
    }
}
