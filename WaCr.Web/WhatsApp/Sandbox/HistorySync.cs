using System.Text.Json.Nodes;

namespace WaCr.Web.WhatsApp.Sandbox;

/// <summary>
/// A number's history as WhatsApp sends it: the last day, then 90 days, then 180, in chunks, by thread; a file's place first, and the
/// file after.
/// </summary>
internal static class HistorySync
{
    public const string Field = "history";
    private const int DeclinedCode = 2593109;
    private const int MaxChunk = 1_000;
    private const string Placeholder = "media_placeholder";

    /// <summary>How far back each phase goes.</summary>
    private static readonly TimeSpan[] Phases = [TimeSpan.FromDays(1), TimeSpan.FromDays(90), TimeSpan.FromDays(180)];

    public static string? Problem(IReadOnlyList<SandboxHistoryThread> threads, int chunkMessages) =>
        chunkMessages is < 1 or > MaxChunk ? $"chunk_messages must be from 1 to {MaxChunk}."
        : threads.Any(thread => WaIds.Digits(thread.Customer) is null) ? "A thread's customer must be a phone number."
        : threads.SelectMany(thread => thread.Messages).Any(message => message.Ago < TimeSpan.Zero || message.Ago > Phases[^1])
            ? "seconds_ago must be from 0 to 180 days."
        : threads.SelectMany(thread => thread.Messages)
            .Select(message => message.File?.Problem)
            .FirstOrDefault(problem => problem is not null);

    /// <summary>Returns the number of chunks.</summary>
    public static int Send(SandboxWorld world, SandboxNumber number, IReadOnlyList<SandboxHistoryThread> threads, int chunkMessages)
    {
        var kept = threads
            .SelectMany(thread => thread.Messages.Select(message => (thread.Customer, Message: message)))
            .Select(one => Keep(world, number, world.People.FindOrAdd(WaIds.Digits(one.Customer)!), one.Message))
            .OrderByDescending(one => one.Message.At)
            .ToList();
        var (chunks, sent) = (0, 0);
        for (var phase = 0; phase < Phases.Length; phase++)
        {
            var (from, to) = (phase == 0 ? TimeSpan.MinValue : Phases[phase - 1], Phases[phase]);
            var inPhase = kept.Where(one => world.Clock.Now - one.Message.At is var ago && ago > from && ago <= to);
            foreach (var (order, chunk) in inPhase.Chunk(chunkMessages).Index())
            {
                sent += chunk.Length;
                world.NotifyWithDuplicates(number, Field, Chunk(world, number, (phase, order + 1, 100 * sent / kept.Count), chunk));
                chunks++;
            }
        }

        foreach (var (person, message, file) in kept.Where(one => one.File is not null))
        {
            var value = WebhookBodies.Value(number);
            value["contacts"] = new JsonArray(WebhookBodies.Contact(person, world.People.UserIdOf(person, number.BusinessAccountId)));
            value["messages"] = new JsonArray(Written(world, number, person, message, message.Type, file!));
            world.NotifyWithDuplicates(number, Field, value);
        }

        world.Show();
        return chunks;
    }

    public static JsonObject Declined(SandboxNumber number)
    {
        var value = WebhookBodies.Value(number);
        value[Field] = new JsonArray(new JsonObject
        {
            ["errors"] = new JsonArray(new JsonObject
            {
                ["code"] = DeclinedCode,
                ["title"] = "History sync is turned off by the business from the WhatsApp Business App",
                ["message"] = "History sharing is turned off by the business",
            }),
        });
        return value;
    }

    private static (SandboxCustomer Person, SandboxMessage Message, JsonObject? File) Keep(
        SandboxWorld world, SandboxNumber number, SandboxCustomer person, SandboxHistoryMessage old)
    {
        var file = old.File is null ? null : world.Store(number, old.File);
        var message = new SandboxMessage
        {
            Id = world.Ids.Message(person.WaId),
            PhoneNumberId = number.PhoneNumberId,
            Customer = person.WaId,
            FromCustomer = old.FromCustomer,
            Type = old.File?.Type ?? old.Type,
            Text = Json.Whole(old.File is null ? old.Text : old.File.Caption ?? ""),
            Content = file ?? old.Content,
            At = world.Clock.Now - old.Ago,
            Status = old.Status,
        };
        world.Chats.Add(message);
        return (person, message, file);
    }

    private static JsonObject Chunk(
        SandboxWorld world, SandboxNumber number, (int Phase, int Order, int Progress) place,
        IReadOnlyList<(SandboxCustomer Person, SandboxMessage Message, JsonObject? File)> messages)
    {
        var value = WebhookBodies.Value(number);
        value[Field] = new JsonArray(new JsonObject
        {
            ["metadata"] = new JsonObject { ["phase"] = place.Phase, ["chunk_order"] = place.Order, ["progress"] = place.Progress },
            ["threads"] = new JsonArray([.. messages.GroupBy(one => one.Person).Select(thread => new JsonObject
            {
                ["id"] = thread.Key.Username is null ? thread.Key.WaId : world.People.UserIdOf(thread.Key, number.BusinessAccountId),
                ["context"] = Context(thread.Key, world.People.UserIdOf(thread.Key, number.BusinessAccountId)),
                ["messages"] = new JsonArray([.. thread.OrderBy(one => one.Message.At).Select(one => one.File is null
                    ? Written(world, number, thread.Key, one.Message, one.Message.Type, one.Message.Content)
                    : Written(world, number, thread.Key, one.Message, Placeholder, null))]),
            })]),
        });
        return value;
    }

    private static JsonObject Context(SandboxCustomer person, string userId)
    {
        var context = WebhookBodies.WithParent(new JsonObject { ["user_id"] = userId }, "parent_user_id", person);
        (string Name, string Value) shown = person.Username is { } username ? ("username", username) : ("wa_id", person.WaId);
        context[shown.Name] = shown.Value;
        return context;
    }

    private static JsonObject Written(
        SandboxWorld world, SandboxNumber number, SandboxCustomer person, SandboxMessage message, string type, JsonNode? content)
    {
        var userId = world.People.UserIdOf(person, number.BusinessAccountId);
        var written = message.FromCustomer
            ? WebhookBodies.FromCustomer(person, userId)
            : WebhookBodies.FromBusiness(number, person, userId);
        (written["id"], written["timestamp"], written["type"]) = (message.Id, WebhookBodies.Seconds(message.At), type);
        if (content is not null)
        {
            written[type] = content.DeepClone();
        }

        written["history_context"] = new JsonObject { ["status"] = StatusWord(message.Status) };
        return written;
    }

    private static string StatusWord(SandboxStatus status) => status switch
    {
        SandboxStatus.Accepted => "PENDING",
        SandboxStatus.Failed => "ERROR",
        _ => JsonNames.Of(status).ToUpperInvariant(),
    };
}
