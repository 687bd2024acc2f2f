using System.Text.Json.Nodes;

namespace WaCr.Web.WhatsApp.Sandbox;

/// <summary>
/// What the sender may still do to a message: change its words for a quarter of an hour, take it back from everyone for 60 hours.
/// </summary>
internal static class MessageChanges
{
    private static readonly TimeSpan EditsEnd = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan RevokesEnd = TimeSpan.FromHours(60);

    public static bool MayEdit(SandboxMessage message, DateTimeOffset now) =>
        !message.IsRevoked && TextFieldOf(message.Type) is not null && message.Content is JsonObject && now - message.At <= EditsEnd;

    public static bool MayRevoke(SandboxMessage message, DateTimeOffset now) =>
        !message.IsRevoked && message.Type != "reaction" && now - message.At <= RevokesEnd;

    /// <summary>Changes the text, or the caption; returns the event's content.</summary>
    public static Result<JsonObject> Edit(SandboxMessage message, bool byCustomer, string text, DateTimeOffset now)
    {
        if (message.FromCustomer != byCustomer || !MayEdit(message, now) || string.IsNullOrWhiteSpace(text))
        {
            return new SandboxProblem("Only one's own text or caption can be edited, to another text, within 15 minutes.");
        }

        var content = message.Content!.DeepClone().AsObject();
        message.Text = Json.Whole(text);
        content[TextFieldOf(message.Type)!] = message.Text;
        (message.Content, message.IsEdited) = (content, true);
        return new JsonObject
        {
            ["original_message_id"] = message.Id,
            ["message"] = new JsonObject { ["type"] = message.Type, [message.Type] = content.DeepClone() },
        };
    }

    /// <summary>Takes it back from everyone; returns the event's content.</summary>
    public static Result<JsonObject> Revoke(SandboxMessage message, bool byCustomer, DateTimeOffset now)
    {
        if (message.FromCustomer != byCustomer || !MayRevoke(message, now))
        {
            return new SandboxProblem("Only one's own message can be deleted for everyone, once, within 60 hours.");
        }

        message.IsRevoked = true;
        return new JsonObject { ["original_message_id"] = message.Id };
    }

    /// <summary>Changes a message of the chat, and posts the event's content.</summary>
    public static Result<SandboxMessage> Apply(
        SandboxWorld world, SandboxChat chat, string messageId, Func<SandboxMessage, DateTimeOffset, Result<JsonObject>> change,
        Action<SandboxNumber, SandboxCustomer, JsonObject> post) =>
        world.OnMessage<SandboxMessage>(chat, messageId, (number, person, message) =>
    {
        var content = change(message, world.Clock.Now);
        if (!content.Succeeded)
        {
            return content.Error;
        }

        post(number, person, content.Value);
        world.Show();
        return message;
    });

    private static string? TextFieldOf(string type) => type switch
    {
        "text" => "body",
        "image" or "video" or "document" => "caption",
        _ => null,
    };
}
