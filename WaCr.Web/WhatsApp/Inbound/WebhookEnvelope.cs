using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace WaCr.Web.WhatsApp.Inbound;

/// <summary>
/// One event of a webhook, stored under its key: a repeated event has the same key, whatever else is in the same request.
/// </summary>
/// <param name="Body">The envelope's entry with only this event in it.</param>
/// <param name="PhoneNumberId">Null for events of a whole business account.</param>
public sealed record WebhookPart(string Key, string Field, string BusinessAccountId, string? PhoneNumberId, string Body);

/// <summary>Splits a webhook's body: WhatsApp may put a thousand events of several accounts into one.</summary>
public static class WebhookEnvelope
{
    public const int KeyMaxLength = 300;
    public const int FieldMaxLength = 60;

    private const string Messages = "messages";
    private const string Subject = "whatsapp_business_account";

    /// <summary>Arrays of a change whose elements are separate events.</summary>
    private static readonly string[] Lists = ["messages", "statuses", "message_echoes", "user_preferences", "user_id_update", "state_sync", "calls", "errors"];

    /// <summary>Null if the body is no WhatsApp webhook.</summary>
    public static IReadOnlyList<WebhookPart>? Split(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(WebhookText.Repaired(Encoding.UTF8.GetString(body.Span)));
            return document.RootElement.Text("object") == Subject
                ?
                [
                    .. document.RootElement.Items("entry").SelectMany(entry =>
                        entry.Items("changes").SelectMany(change => Split(entry, change)))
                ]
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static IEnumerable<WebhookPart> Split(JsonElement entry, JsonElement change)
    {
        var value = change.Member("value") ?? default;
        var any = false;
        foreach (var list in Lists)
        {
            foreach (var (item, index) in value.Items(list).Select((item, index) => (item, index)))
            {
                any = true;
                yield return Part(entry, change, value, list, item, index);
            }
        }

        foreach (var (message, contact) in History(value))
        {
            any = true;
            yield return Part(entry, change, value, Messages, message, contact);
        }

        if (!any)
        {
            yield return Part(entry, change, value, list: null, default, 0);
        }
    }

    // Earlier messages come by thread, which names the person; each is an event like those of today.
    private static IEnumerable<(JsonElement Message, JsonElement? Contact)> History(JsonElement value) =>
        value.Items("history").SelectMany(chunk => chunk.Items("threads")).SelectMany(thread =>
        {
            var context = thread.Member("context");
            var contact = JsonSerializer.SerializeToElement(new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["wa_id"] = context.Text("wa_id") ?? (thread.Text("id") is { } id && id.All(char.IsAsciiDigit) ? id : null),
                ["user_id"] = context.Text("user_id"),
                ["parent_user_id"] = context.Text("parent_user_id"),
                ["profile"] = new Dictionary<string, string?>(StringComparer.Ordinal)
                {
                    ["name"] = context.Text("name"),
                    ["username"] = context.Text("username"),
                },
            });
            return thread.Items(Messages).Select(message => (message, (JsonElement?)contact));
        });

    private static WebhookPart Part(JsonElement entry, JsonElement change, JsonElement value, string? list, JsonElement item, int index) =>
        Part(entry, change, value, list, item, list is null ? null : ContactOf(value, item, index));

    private static WebhookPart Part(
        JsonElement entry, JsonElement change, JsonElement value, string? list, JsonElement item, JsonElement? contact)
    {
        var body = Write(entry, change, value, list, item, contact);
        return new(
            KeyOf(list, item) ?? "h:" + Convert.ToHexStringLower(SHA256.HashData(body)),
            change.Text("field") is { Length: <= FieldMaxLength } field ? field : "",
            value.Member("waba_info").Text("waba_id") ?? entry.Text("id") ?? "", // here the entry's id is the portfolio's
            value.Member("metadata").Text("phone_number_id"),
            Encoding.UTF8.GetString(body));
    }

    private static string? KeyOf(string? list, JsonElement item)
    {
        var id = item.Text("id");
        var key = list switch
        {
            // The file itself comes later, under the same id.
            Messages when id is not null && item.Text("type") == MessageReader.PlaceholderType => "p:" + id,
            "messages" or "message_echoes" when id is not null => "m:" + id,
            "calls" when id is not null && item.Text("event") is { } happened => $"c:{id}:{happened}",
            "statuses" when id is not null && item.Text("status") is { } status => $"s:{id}:{status}",
            _ => null,
        };
        return key?.Length <= KeyMaxLength ? key : null;
    }

    private static byte[] Write(
        JsonElement entry, JsonElement change, JsonElement value, string? list, JsonElement item, JsonElement? contact)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true }))
        {
            json.WriteStartObject();
            Copy(json, "id", entry.Member("id"));
            Copy(json, "time", entry.Member("time"));
            json.WriteStartArray("changes");
            json.WriteStartObject();
            Copy(json, "field", change.Member("field"));
            if (list is null)
            {
                Copy(json, "value", change.Member("value"));
            }
            else
            {
                json.WriteStartObject("value");
                Copy(json, "metadata", value.Member("metadata"));
                CopyOne(json, "contacts", contact);
                CopyOne(json, list, item);
                if (list == "messages" && value.Items(list).Take(2).Count() == 1)
                {
                    Copy(json, "errors", value.Member("errors")); // belongs to the only message
                }

                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    // Names are next to the messages, mostly in the same order; if ids match, the ids decide.
    private static JsonElement? ContactOf(JsonElement value, JsonElement item, int index)
    {
        if (value.Member("contacts") is not { ValueKind: JsonValueKind.Array } contacts
            || contacts.GetArrayLength() is var count && count == 0)
        {
            return null;
        }

        return Fits(contacts[Math.Min(index, count - 1)])
            ? contacts[Math.Min(index, count - 1)]
            : contacts.EnumerateArray().Select(contact => (JsonElement?)contact).FirstOrDefault(contact => Fits(contact!.Value));

        bool Fits(JsonElement contact) =>
            (contact.Text("user_id") is { } user
                && user == (item.Text("from_user_id") ?? item.Text("recipient_user_id") ?? item.Text("user_id")))
            || (contact.Text("wa_id") is { } wa && wa == (item.Text("from") ?? item.Text("recipient_id") ?? item.Text("wa_id")))
            || (contact.Text("wa_id") is { } to && to == item.Text("to"));
    }

    private static void CopyOne(Utf8JsonWriter json, string name, JsonElement? element)
    {
        if (element is { } found)
        {
            json.WriteStartArray(name);
            json.WriteRawValue(found.GetRawText(), skipInputValidation: true);
            json.WriteEndArray();
        }
    }

    // Copied raw, not parsed and rewritten: escapes stay as WhatsApp wrote them, and broken text does no harm.
    private static void Copy(Utf8JsonWriter json, string name, JsonElement? element)
    {
        if (element is { } found)
        {
            json.WritePropertyName(name);
            json.WriteRawValue(found.GetRawText(), skipInputValidation: true);
        }
    }
}
