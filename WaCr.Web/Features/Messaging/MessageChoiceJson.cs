using System.Text.Json;

namespace WaCr.Web.Features.Messaging;

/// <summary>A button or a row of a list, in WhatsApp's JSON and in the API's.</summary>
internal static class MessageChoiceJson
{
    /// <summary>Null if it says nothing.</summary>
    /// <param name="choice">WhatsApp's JSON.</param>
    /// <param name="id">WhatsApp's name of the id; a template's button has another one.</param>
    /// <param name="title">As <paramref name="id"/>, for what it says.</param>
    public static MessageChoice? Read(JsonElement? choice, string id = "id", string title = "title") =>
        choice.Text(title) is { } shown ? new(choice.Text(id), shown, choice.Text("description")) : null;

    public static void Write(Utf8JsonWriter json, MessageChoice choice)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, choice.Id);
        json.WriteString("title"u8, choice.Title);
        json.WriteStringUnlessNull("description", choice.Description);
        json.WriteEndObject();
    }
}
