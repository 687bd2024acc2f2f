using System.Text.Json;
using System.Text.Json.Nodes;
using WaCr.Web.WhatsApp.Inbound;

namespace WaCr.Web.Features.Messaging.Inbound;

/// <summary>Builds the stored content of an inbound message, which <see cref="MessageContent"/> reads.</summary>
internal static class InboundContent
{
    /// <summary>JSON in WhatsApp's format: the type's own member, and members common to all types.</summary>
    public static string Of(InboundMessage message)
    {
        var content = new JsonObject
        {
            ["type"] = message.Type,
            [message.Type == "type" ? "content" : message.Type] = JsonNode.Parse(message.Content.GetRawText()),
        };
        Add(content, "referral", message.Referral);
        Add(content, "errors", message.Errors);
        if (message.Context is { ValueKind: JsonValueKind.Object } context
            && context.EnumerateObject().Any(member => member.Name is not ("id" or "from" or "message_id")))
        {
            Add(content, "context", context);
        }

        return content.ToJsonString();
    }

    public static MessageType TypeOf(string type) => type switch
    {
        "text" => MessageType.Text,
        "image" => MessageType.Image,
        "video" => MessageType.Video,
        "document" => MessageType.Document,
        "audio" => MessageType.Audio,
        "interactive" => MessageType.Interactive,
        "sticker" => MessageType.Sticker,
        "location" => MessageType.Location,
        "contacts" => MessageType.Contacts,
        "reaction" => MessageType.Reaction,
        "button" => MessageType.Button,
        "order" => MessageType.Order,
        "system" => MessageType.System,
        "call" => MessageType.Call,
        _ => MessageType.Unknown,
    };

    private static void Add(JsonObject content, string name, JsonElement? member)
    {
        if (member is { } given && !content.ContainsKey(name))
        {
            content[name] = JsonNode.Parse(given.GetRawText());
        }
    }
}
