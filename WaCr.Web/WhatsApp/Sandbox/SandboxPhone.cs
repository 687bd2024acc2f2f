using System.Text.Json.Nodes;

namespace WaCr.Web.WhatsApp.Sandbox;

/// <summary>The customer's side: what a person can do on the phone.</summary>
internal sealed partial class SandboxPhone(SandboxWorld world)
{
    public Result<SandboxMessage> Write(SandboxChat chat, string text, string? replyTo = null) =>
        Say(chat, "text", new JsonObject { ["body"] = Json.Whole(text) }, Json.Whole(text), replyTo);

    public Result<SandboxMessage> Send(SandboxChat chat, SandboxFile file) => world.OnChat<SandboxMessage>(chat, (number, person) =>
    {
        if (file.Problem is { } problem)
        {
            return new SandboxProblem(problem);
        }

        return Emit(number, person, file.Type, world.Store(number, file), Json.Whole(file.Caption ?? file.FileName ?? ""), null);
    });

    /// <summary>Sends any other type: a location, a contact, an order, or an unknown type.</summary>
    /// <param name="beside">What stands beside the content: <c>referral</c>, <c>context</c>, <c>group_id</c>.</param>
    public Result<SandboxMessage> Say(
        SandboxChat chat, string type, JsonNode content, string text = "", string? replyTo = null, JsonObject? beside = null) =>
        world.OnChat<SandboxMessage>(chat, (number, person) => Emit(number, person, type, content, text, replyTo, beside));

    /// <param name="choice">The button's or row's id or title; for a template's button its text.</param>
    public Result<SandboxMessage> Choose(SandboxChat chat, string messageId, string choice) =>
        world.OnMessage<SandboxMessage>(chat, messageId, (number, person, message) =>
    {
        var content = message.Content as JsonObject;
        if (message.Type == "template")
        {
            var index = ArrayIn(content, "buttons").FindIndex(button => Is(button, "type", "QUICK_REPLY") && Is(button, "text", choice));
            if (index < 0)
            {
                return new SandboxProblem("The message has no such button.");
            }

            return Emit(
                number,
                person,
                "button",
                new JsonObject { ["payload"] = PayloadOf(content, index) ?? choice, ["text"] = choice },
                choice,
                messageId);
        }

        if (ArrayIn(content?["action"], "buttons").Find(button => IsChoice(button["reply"], choice)) is { } tapped)
        {
            return Reply("button_reply", tapped["reply"]!);
        }

        var rows = ArrayIn(content?["action"], "sections").SelectMany(section => ArrayIn(section, "rows"));
        return rows.FirstOrDefault(row => IsChoice(row, choice)) is { } picked
            ? Reply("list_reply", picked)
            : new SandboxProblem("The message has no such button or row.");

        SandboxMessage Reply(string kind, JsonNode chosen) => Emit(
            number, person, "interactive", new JsonObject { ["type"] = kind, [kind] = chosen.DeepClone() }, chosen["title"].Text()
                ?? "", messageId);
    });

    /// <summary>An empty emoji removes the reaction.</summary>
    public Result<SandboxMessage> React(SandboxChat chat, string messageId, string? emoji) =>
        world.OnMessage<SandboxMessage>(chat, messageId, (number, person, message) =>
    {
        var content = new JsonObject { ["message_id"] = message.Id };
        emoji = Json.Whole(emoji ?? "");
        if (emoji.Length > 0)
        {
            content["emoji"] = emoji;
        }

        return Emit(number, person, "reaction", content, emoji, null);
    });

    /// <summary>Reads all delivered messages, as opening the chat does; returns how many.</summary>
    public Result<int> Read(SandboxChat chat) => world.OnChat<int>(chat, (number, person) =>
    {
        var unread =
            world.Chats.All.Where(message => !message.FromCustomer && message.Customer == person.WaId
                && message.PhoneNumberId == number.PhoneNumberId
            && message.Status is SandboxStatus.Sent or SandboxStatus.Delivered).ToList();
        foreach (var message in unread)
        {
            StatusLadder.Climb(
                world,
                new StatusDue(world.Clock.Now, message.Id, SandboxStatus.Read, 1 + world.BehaviourOf(number.PhoneNumberId).Duplicates));
        }

        return unread.Count;
    });

    public Result<Done> Block(SandboxChat chat, bool blocked) => world.OnChat<Done>(chat, (number, person) =>
    {
        _ = blocked ? person.Blocked.Add(number.PhoneNumberId) : person.Blocked.Remove(number.PhoneNumberId);
        world.Show();
        return default(Done);
    });

    /// <summary>Airplane mode: messages are delivered when it ends.</summary>
    public Result<Done> GoOffline(SandboxChat chat, bool offline) => world.OnChat<Done>(chat, (number, person) =>
    {
        if (offline)
        {
            person.Offline.Add(number.PhoneNumberId);
        }
        else if (person.Offline.Remove(number.PhoneNumberId))
        {
            StatusLadder.Arrive(world, person, number.PhoneNumberId);
        }

        world.Show();
        return default(Done);
    });

    /// <summary>Makes the customer's last message older, in this chat only.</summary>
    public Result<SandboxCustomer> Age(SandboxChat chat, TimeSpan by) => world.OnChat<SandboxCustomer>(chat, (number, person) =>
    {
        if (person.LastWroteAt.TryGetValue(number.PhoneNumberId, out var at))
        {
            // Clamped, however often it is called: no message is before 1970 or in the future.
            var aged = at - DateTimeOffset.UnixEpoch > by ? at - by : DateTimeOffset.UnixEpoch;
            person.LastWroteAt[number.PhoneNumberId] = aged < world.Clock.Now ? aged : world.Clock.Now;
        }

        world.Show();
        return person;
    });

    /// <summary>Stops or resumes marketing; the product receives it as <c>user_preferences</c>.</summary>
    public Result<Done> Prefer(SandboxChat chat, bool marketing) => world.OnChat<Done>(chat, (number, person) =>
    {
        _ = marketing ? person.MarketingStopped.Remove(number.PhoneNumberId) : person.MarketingStopped.Add(number.PhoneNumberId);
        var userId = world.People.UserIdOf(person, number.BusinessAccountId);
        world.NotifyWithDuplicates(
            number, "user_preferences", WebhookBodies.Preference(number, person, userId, marketing ? "resume" : "stop", world.Clock.Now));
        return default(Done);
    });

    public Result<SandboxCustomer> ChangeNumber(SandboxChat chat, string newPhone) =>
        world.OnChat<SandboxCustomer>(chat, (number, person) =>
    {
        if (WaIds.Digits(newPhone) is not { } digits || WaIds.Of(digits) is var waId && world.People.Find(waId) is not null)
        {
            return new SandboxProblem("The new number must be a phone number that nobody has yet.");
        }

        var (old, oldUserId) = (person.WaId, world.People.UserIdOf(person, number.BusinessAccountId));
        world.People.ChangeNumber(person, waId);
        world.Chats.ChangeNumber(old, waId);
        world.NotifyWithDuplicates(number, "messages", WebhookBodies.System(number, WebhookBodies.WithParent(new JsonObject
        {
            ["from"] = old,
            ["from_user_id"] = oldUserId,
            ["id"] = world.Ids.Message(old),
            ["timestamp"] = WebhookBodies.Seconds(world.Clock.Now),
            ["type"] = "system",
            ["system"] = new JsonObject
            {
                ["body"] = $"User {person.Name} changed from {old} to {waId}",
                ["wa_id"] = waId,
                ["user_id"] = world.People.UserIdOf(person, number.BusinessAccountId),
                ["type"] = "user_changed_number",
            },
        }, "from_parent_user_id", person)));
        return person;
    });

    private static List<JsonNode> ArrayIn(JsonNode? node, string name) =>
        node is JsonObject json && json[name] is JsonArray array ? [.. array.OfType<JsonNode>()] : [];

    private static bool IsChoice(JsonNode? option, string choice) =>
        option is not null && (Is(option, "id", choice) || Is(option, "title", choice));

    private static bool Is(JsonNode node, string name, string value) => node[name].Text() == value;

    private static string? PayloadOf(JsonNode? content, int button) => ArrayIn(content, "components")
        .Where(component => Is(component, "type", "button")
            && component["index"]?.ToString() == button.ToString(System.Globalization.CultureInfo.InvariantCulture))
        .SelectMany(component => ArrayIn(component, "parameters"))
        .Select(parameter => parameter["payload"].Text())
        .FirstOrDefault(payload => payload is not null);
}
