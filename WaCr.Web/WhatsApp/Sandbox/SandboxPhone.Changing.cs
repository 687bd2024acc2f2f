using System.Text.Json.Nodes;

namespace WaCr.Web.WhatsApp.Sandbox;

/// <summary>What the customer does to a message that they sent.</summary>
internal sealed partial class SandboxPhone
{
    public Result<SandboxMessage> Edit(SandboxChat chat, string messageId, string text) =>
        Change(chat, messageId, "edit", (message, now) => MessageChanges.Edit(message, byCustomer: true, text, now));

    /// <summary>Deletes it for everyone.</summary>
    public Result<SandboxMessage> Revoke(SandboxChat chat, string messageId) =>
        Change(chat, messageId, "revoke", (message, now) => MessageChanges.Revoke(message, byCustomer: true, now));

    private Result<SandboxMessage> Change(
        SandboxChat chat, string messageId, string type, Func<SandboxMessage, DateTimeOffset, Result<JsonObject>> change) =>
        MessageChanges.Apply(world, chat, messageId, change, (number, person, content) => Post(number, person, new JsonObject
        {
            ["id"] = world.Ids.Message(person.WaId),
            ["timestamp"] = WebhookBodies.Seconds(world.Clock.Now),
            ["type"] = type,
            [type] = content,
        }));
}
