using System.Text.Json;

namespace WaCr.Web.WhatsApp.Sandbox;

/// <summary>Validates a message's body. Null if valid.</summary>
internal static class SendRules
{
    private const int MaxText = 4096;
    private const int MaxCaption = 1024;
    private const int MaxReference = 512;
    private const int MaxLink = 2048;

    public static readonly string[] MediaTypes = ["image", "video", "audio", "document", "sticker"];

    private static readonly Dictionary<string, Func<JsonElement, Refusal?>> Types = new(StringComparer.Ordinal)
    {
        ["text"] = Text,
        ["image"] = content => Media("image", content),
        ["video"] = content => Media("video", content),
        ["audio"] = content => Media("audio", content),
        ["document"] = content => Media("document", content),
        ["sticker"] = content => Media("sticker", content),
        ["location"] = Location,
        ["reaction"] = Reaction,
        ["template"] = TemplateSendRules.CheckShape,
        ["interactive"] = InteractiveRules.Check,
        ["contacts"] = _ => null,
    };

    public static string TypeOf(JsonElement body) => body.Text("type") ?? "text";

    public static Refusal? Check(JsonElement body)
    {
        if (Envelope(body) is { } refusal)
        {
            return refusal;
        }

        var type = TypeOf(body);
        if (!Types.TryGetValue(type, out var check))
        {
            return Refusal.Unsupported(
                $"Param type must be one of {{{string.Join(", ", Types.Keys.Order(StringComparer.Ordinal)).ToUpperInvariant()}}} - got \"{type}\".");
        }

        if (type == "contacts")
        {
            return body.FindArray("contacts") is { Count: > 0 } people
                && people.All(person => person.Child("name")?.Text("formatted_name") is not null)
                ? null
                : Refusal.Missing("contacts[].name.formatted_name");
        }

        return body.Child(type) is { } content ? check(content) : Refusal.Missing(type);
    }

    private static Refusal? Envelope(JsonElement body)
    {
        if (body.Text("messaging_product") is not { } product)
        {
            return Refusal.Unsupported("The parameter messaging_product is required.");
        }

        if (product != "whatsapp")
        {
            return Refusal.Unsupported("Param messaging_product must be one of {whatsapp}.");
        }

        if (body.Member("recipient_type") is not null && body.Text("recipient_type") != "individual")
        {
            return Refusal.Unsupported("Param recipient_type must be one of {individual}; groups are not enabled for this number.");
        }

        if (body.Text("biz_opaque_callback_data") is { Length: > MaxReference })
        {
            return Refusal.TooLong("biz_opaque_callback_data", MaxReference);
        }

        if (body.Member("context") is not null && TypeOf(body) == "reaction")
        {
            return Refusal.Unsupported("Param context is not supported for reaction messages.");
        }

        if (body.Member("context") is not null && body.Child("context")?.Text("message_id") is null)
        {
            return Refusal.Missing("context.message_id");
        }

        return Recipient(body);
    }

    private static Refusal? Recipient(JsonElement body) => (body.Text("to"), body.Text("recipient")) switch
    {
        ({ } to, _) when WaIds.IsUserId(to) => Refusal.Invalid("A business-scoped user id belongs into recipient, not into to."),
        ({ } to, _) when WaIds.Digits(to) is null => Refusal.Invalid("Param to is not a valid phone number."),
        ({ }, _) => null,
        (_, { } userId) => WaIds.IsUserId(userId) ? null : Refusal.Invalid("Param recipient is not a valid business-scoped user id."),
        _ => Refusal.Unsupported("The parameter to is required."),
    };

    private static Refusal? Text(JsonElement text) => text.Text("body") switch
    {
        null or "" => Refusal.Missing("text.body"),
        { } body when Json.Length(body) > MaxText => Refusal.TooLong("text['body']", MaxText),
        _ => null,
    };

    /// <summary>Requires one of id and link, and allows only this kind's other members.</summary>
    internal static Refusal? Media(string type, JsonElement media)
    {
        var link = media.Text("link");
        return (media.Text("id"), link) switch
        {
            (null, null) => Refusal.Missing($"{type}.id or {type}.link"),
            ({ }, { }) => Refusal.Invalid($"Only one of {type}.id and {type}.link may be given."),
            (null, { }) when !IsLink(link) => Refusal.BadParameter($"Param {type}['link'] is not a valid URI."),
            _ when media.Member("caption") is not null && type is "audio" or "sticker" =>
                Refusal.Unsupported($"Param {type}['caption'] is not supported."),
            _ when media.Text("caption") is { } caption && Json.Length(caption) > MaxCaption =>
                Refusal.TooLong($"{type}['caption']", MaxCaption),
            _ when media.Member("filename") is not null && type != "document" =>
                Refusal.Unsupported($"Param {type}['filename'] is not supported."),
            _ when media.Member("voice") is { ValueKind: not (JsonValueKind.True or JsonValueKind.False) } =>
                Refusal.Unsupported($"Param {type}['voice'] must be a boolean."),
            _ when media.Member("voice") is not null && type != "audio" => Refusal.Unsupported($"Param {type}['voice'] is not supported."),
            _ => null,
        };
    }

    internal static bool IsLink(string link) =>
        link.Length <= MaxLink
            && Uri.TryCreate(link, UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps);

    private static Refusal? Location(JsonElement location) => (location.Number("latitude"), location.Number("longitude")) switch
    {
        (null, _) => Refusal.Missing("location.latitude"),
        (_, null) => Refusal.Missing("location.longitude"),
        ( < -90 or > 90, _) => Refusal.Invalid("Param location['latitude'] must be between -90 and 90."),
        (_, < -180 or > 180) => Refusal.Invalid("Param location['longitude'] must be between -180 and 180."),
        _ => null,
    };

    private static Refusal? Reaction(JsonElement reaction) => reaction.Text("message_id") is null ? Refusal.Missing("reaction.message_id")
        : reaction.Text("emoji") is { } emoji && Json.Length(emoji) > 10 ? Refusal.Invalid("Param reaction['emoji'] must be one emoji.")
        : null;
}
