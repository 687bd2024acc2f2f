using System.Text.Json.Nodes;

namespace WaCr.Web.WhatsApp.Sandbox;

/// <summary>
/// The business's own phone, where its number is used in the WhatsApp Business app as well: the product hears of what is written there.
/// </summary>
internal sealed class BusinessPhone(SandboxWorld world)
{
    private const string Echoes = "smb_message_echoes";
    private const string AddressBook = "smb_app_state_sync";

    public Result<SandboxMessage> Write(SandboxChat chat, string type, JsonNode content, string text) =>
        world.OnChat<SandboxMessage>(chat, (number, person) =>
    {
        var isReached = !person.Blocked.Contains(number.PhoneNumberId) && !person.Offline.Contains(number.PhoneNumberId);
        var message = new SandboxMessage
        {
            Id = world.Ids.Message(person.WaId),
            PhoneNumberId = number.PhoneNumberId,
            Customer = person.WaId,
            FromCustomer = false,
            Type = type,
            Text = Json.Whole(text),
            Content = content,
            At = world.Clock.Now,
            Status = isReached ? SandboxStatus.Delivered : SandboxStatus.Sent,
        };
        world.Chats.Add(message);
        Echo(number, person, message.Id, type, content);
        world.Show();
        return message;
    });

    public Result<SandboxMessage> Edit(SandboxChat chat, string messageId, string text) =>
        Change(chat, messageId, "edit", (message, now) => MessageChanges.Edit(message, byCustomer: false, text, now));

    /// <summary>Deletes it for everyone.</summary>
    public Result<SandboxMessage> Revoke(SandboxChat chat, string messageId) =>
        Change(chat, messageId, "revoke", (message, now) => MessageChanges.Revoke(message, byCustomer: false, now));

    /// <summary>What the number's app kept of earlier chats; returns the number of chunks.</summary>
    public Result<int> ShareHistory(string phoneNumberId, IReadOnlyList<SandboxHistoryThread> threads, int chunkMessages) =>
        world.OnNumber<int>(phoneNumberId, number => HistorySync.Problem(threads, chunkMessages) is { } problem
            ? new SandboxProblem(problem)
            : HistorySync.Send(world, number, threads, chunkMessages));

    /// <summary>The business keeps its history to itself.</summary>
    public Result<int> DeclineHistory(string phoneNumberId) => world.OnNumber<int>(phoneNumberId, number =>
    {
        world.NotifyWithDuplicates(number, HistorySync.Field, HistorySync.Declined(number));
        return 0;
    });

    /// <summary>Somebody is added to the phone's address book, gets another name there, or is removed from it.</summary>
    public Result<Done> KeepContact(string phoneNumberId, string customer, string? name, bool isRemoved) =>
        world.OnNumber<Done>(phoneNumberId, number =>
        {
            var named = name?.Trim() ?? "";
            if (WaIds.Digits(customer) is not { } digits || (named.Length == 0 && !isRemoved))
            {
                return new SandboxProblem("An entry needs a phone number as customer, and a name unless it is removed.");
            }

            var contact = new JsonObject { ["phone_number"] = digits };
            if (!isRemoved)
            {
                (contact["full_name"], contact["first_name"]) = (named, named.Split(' ')[0]);
            }

            var value = WebhookBodies.Value(number);
            value["state_sync"] = new JsonArray(new JsonObject
            {
                ["type"] = "contact",
                ["contact"] = contact,
                ["action"] = isRemoved ? "remove" : "add",
                ["metadata"] = new JsonObject { ["timestamp"] = WebhookBodies.Seconds(world.Clock.Now) },
            });
            world.NotifyWithDuplicates(number, AddressBook, value);
            return default(Done);
        });

    private Result<SandboxMessage> Change(
        SandboxChat chat, string messageId, string type, Func<SandboxMessage, DateTimeOffset, Result<JsonObject>> change) =>
        MessageChanges.Apply(world, chat, messageId, change, (number, person, content) =>
            Echo(number, person, world.Ids.Message(person.WaId), type, content));

    private void Echo(SandboxNumber number, SandboxCustomer person, string id, string type, JsonNode content)
    {
        var echo = WebhookBodies.FromBusiness(number, person, world.People.UserIdOf(person, number.BusinessAccountId));
        (echo["id"], echo["timestamp"], echo["type"], echo[type]) = (id, WebhookBodies.Seconds(world.Clock.Now), type, content.DeepClone());
        var value = WebhookBodies.Value(number);
        value["message_echoes"] = new JsonArray(echo);
        world.NotifyWithDuplicates(number, Echoes, value);
    }
}
