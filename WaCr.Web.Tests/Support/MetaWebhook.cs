using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace WaCr.Web.Tests.Support;

/// <summary>Webhooks as WhatsApp sends them.</summary>
internal static class MetaWebhook
{
    public const string PhoneNumberId = "106540352242922";
    public const string BusinessAccountId = "102290129340398";
    public const string AppSecret = "test_app_secret";

    public static string Text(
        string wamid, string from, string text, DateTimeOffset at, string? name = "Ann Smith", string number = PhoneNumberId) =>
        Message(
            wamid,
            from,
            new JsonObject { ["type"] = "text", ["text"] = new JsonObject { ["body"] = text } }.ToJsonString(),
            at,
            name,
            number);

    /// <param name="body">The message's type and its member.</param>
    public static string Message(
        string wamid, string? from, string body, DateTimeOffset at, string? name = "Ann Smith", string number = PhoneNumberId,
        string? userId = null)
    {
        var message = JsonNode.Parse(body)!.AsObject();
        message["id"] = wamid;
        message["timestamp"] = Seconds(at);
        var contact = new JsonObject();
        Set(message, "from", from);
        Set(message, "from_user_id", userId);
        Set(contact, "wa_id", from);
        Set(contact, "user_id", userId);
        if (name is not null)
        {
            contact["profile"] = new JsonObject { ["name"] = name };
        }

        return Change(
            "messages", Value(number, new JsonObject { ["contacts"] = new JsonArray(contact), ["messages"] = new JsonArray(message) }));
    }

    public static string Status(
        string wamid, string status, DateTimeOffset at, string? reference = null, int? error = null, string number = PhoneNumberId)
    {
        var json = new JsonObject { ["id"] = wamid, ["status"] = status, ["timestamp"] = Seconds(at), ["recipient_id"] = "447700900123" };
        Set(json, "biz_opaque_callback_data", reference);
        if (error is { } code)
        {
            json["errors"] = new JsonArray(new JsonObject
            {
                ["code"] = code,
                ["title"] = "Message undeliverable",
                ["error_data"] = new JsonObject { ["details"] = "Because." },
            });
        }

        return Change("messages", Value(number, new JsonObject { ["statuses"] = new JsonArray(json) }));
    }

    /// <summary>The same status with what WhatsApp charges.</summary>
    public static string Priced(string status, string category, bool billable = true, string? recipientUserId = null)
    {
        var json = JsonNode.Parse(status)!;
        var row = json["entry"]![0]!["changes"]![0]!["value"]!["statuses"]![0]!.AsObject();
        row["pricing"] = new JsonObject
        {
            ["billable"] = billable,
            ["pricing_model"] = "PMP",
            ["type"] = billable ? "regular" : "free_customer_service",
            ["category"] = category,
        };
        if (recipientUserId is not null)
        {
            row.Remove("recipient_id");
            row["recipient_user_id"] = recipientUserId;
        }

        return json.ToJsonString();
    }

    /// <param name="happened">connect or terminate.</param>
    public static string Call(
        string id, string from, DateTimeOffset at, string happened = "terminate", int? duration = null, string direction = "USER_INITIATED")
    {
        var call = new JsonObject
        {
            ["id"] = id,
            ["from"] = from,
            ["to"] = "15550783881",
            ["event"] = happened,
            ["timestamp"] = Seconds(at),
            ["direction"] = direction,
            ["duration"] = duration,
        };
        return Change("calls", Value(PhoneNumberId, new JsonObject
        {
            ["contacts"] = new JsonArray(new JsonObject { ["wa_id"] = from, ["profile"] = new JsonObject { ["name"] = "Ann Smith" } }),
            ["calls"] = new JsonArray(call),
        }));
    }

    public static string Change(string field, JsonObject value) => new JsonObject
    {
        ["object"] = "whatsapp_business_account",
        ["entry"] = new JsonArray(new JsonObject
        {
            ["id"] = BusinessAccountId,
            ["changes"] = new JsonArray(new JsonObject { ["field"] = field, ["value"] = value }),
        }),
    }.ToJsonString();

    public static string Sign(string body, string secret = AppSecret) =>
        WaCr.Web.WhatsApp.WebhookSignature.Of(Encoding.UTF8.GetBytes(body), secret);

    public static string Seconds(DateTimeOffset at) => at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    public static JsonObject Value(string number, JsonObject rest)
    {
        rest["messaging_product"] = "whatsapp";
        rest["metadata"] = new JsonObject { ["display_phone_number"] = "15550783881", ["phone_number_id"] = number };
        return rest;
    }

    private static void Set(JsonObject json, string name, string? value)
    {
        if (value is not null)
        {
            json[name] = value;
        }
    }
}
