using System.Text.Json.Nodes;

namespace WaCr.Web.WhatsApp.Sandbox;

/// <summary>What the customer does to a message that they sent.</summary>
internal sealed partial class SandboxPhone
{
    public Result<SandboxMessage> Edit(SandboxChat chat, string messageId, string text) =>
        Change(chat, messageId, "edit", (message, now) => SentChanges.Edit(message, byCustomer: true, text, now));

    /// <summary>Deletes it for everyone.</summary>
    public Result<SandboxMessage> Revoke(SandboxChat chat, string messageId) =>
        Change(chat, messageId, "revoke", (message, now) => SentChanges.Revoke(message, byCustomer: true, now));

    private Result<SandboxMessage> Change(
        SandboxChat chat, string messageId, string type, Func<SandboxMessage, DateTimeOffset, Result<JsonObject>> change) =>
        OnMessage<SandboxMessage>(chat, messageId, (number, person, message) =>
    {
        var content = change(message, world.Clock.Now);
        if (!content.Succeeded)
        {
            return content.Error;
        }

        Post(number, person, new JsonObject
        {
            ["id"] = world.Ids.Message(person.WaId),
            ["timestamp"] = WebhookBodies.Seconds(world.Clock.Now),
            ["type"] = type,
            [type] = content.Value,
        });
        world.Show();
        return message;
    });
}
