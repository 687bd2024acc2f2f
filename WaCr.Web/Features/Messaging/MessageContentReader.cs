using System.Text.Json;

namespace WaCr.Web.Features.Messaging;

/// <summary>Reads <see cref="MessageContent"/>; a member of an undocumented type counts as absent.</summary>
internal static class MessageContentReader
{
    private const string FlowToken = "flow_token";

    // WhatsApp's word for what it does not hand over; it may say what it was.
    private const string Unsupported = "unsupported";

    public static MessageContent Read(JsonElement content)
    {
        var kind = content.Text("type");
        var (interactive, context) = (content.Member("interactive"), content.Member("context"));
        var read = new MessageContent
        {
            Kind = kind,
            Button = MessageChoiceJson.Read(interactive.Member("button_reply"))
                ?? MessageChoiceJson.Read(content.Member("button"), id: "payload", title: "text"),
            ListRow = MessageChoiceJson.Read(interactive.Member("list_reply")),
            Interactive = MessageInteractive.Read(interactive),
            Location = Place(content.Member("location")),
            Cards = [.. content.Items("contacts").Where(card => card.ValueKind == JsonValueKind.Object).Select(Card)],
            Order = content.Member("order") is { ValueKind: JsonValueKind.Object } order ? Order(order) : null,
            FlowAnswers = Answers(interactive.Member("nfm_reply")),
            CallPermission = Permission(interactive.Member("call_permission_reply")),
            Call = content.Member("call") is { ValueKind: JsonValueKind.Object } call ? Call(call) : null,
            Reaction = content.Member("reaction") is { } reaction ? new(reaction.Text("message_id"), reaction.Text("emoji") ?? "") : null,
            Referral = content.Member("referral") is { ValueKind: JsonValueKind.Object } referral ? Referral(referral) : null,
            Product = context.Member("referred_product") is { } product && product.Text("product_retailer_id") is { } id
                ? new(product.Text("catalog_id"), id)
                : null,
            IsForwarded = context.Flag("forwarded") == true || context.Flag("frequently_forwarded") == true,
            IsForwardedOften = context.Flag("frequently_forwarded") == true,
            Errors = [.. content.Items("errors").Where(error => error.ValueKind == JsonValueKind.Object).Select(Error)],
        };
        var own = content.Member(kind ?? "");
        return IsUnderstood(read, kind)
            ? read with { UnknownKind = kind == Unsupported ? own.Text("type") ?? kind : null }
            : read with { UnknownKind = kind is Unsupported or "interactive" ? own.Text("type") ?? kind : kind, Raw = own?.GetRawText() };
    }

    private static bool IsUnderstood(MessageContent read, string? kind) => kind switch
    {
        "interactive" => (read.Button ?? read.ListRow) is not null || read.FlowAnswers is not null || read.CallPermission is not null
            || read.Interactive is not null,
        "text" or "image" or "video" or "document" or "audio" or "sticker" or "location" or "contacts" or "reaction" or "button" or "order"
            or "system" or "template" or null => true,
        "call" => read.Call is not null,
        Unsupported => read.Errors.Count > 0,
        _ => false,
    };

    private static MessagePlace? Place(JsonElement? location) =>
        location.Text("latitude") is { } latitude && location.Text("longitude") is { } longitude
            ? new(latitude, longitude, location.Text("name"), location.Text("address"), location.Text("url"))
            : null;

    private static MessageCard Card(JsonElement card)
    {
        var name = card.Member("name");
        string?[] parts =
        [
            name.Text("prefix"), name.Text("first_name"), name.Text("middle_name"), name.Text("last_name"), name.Text("suffix")
        ];
        return new(
            name.Text("formatted_name") ?? (parts.OfType<string>().ToList() is { Count: > 0 } given ? string.Join(' ', given) : null),
            card.Member("org").Text("company"),
            [.. card.Items("phones").Select(Phone).OfType<CardPhone>()],
            [.. card.Items("emails").Select(mail => mail.Text("email")).OfType<string>()]);
    }

    private static CardPhone? Phone(JsonElement phone) =>
        (phone.Text("phone") ?? (phone.Text("wa_id") is { } waId ? "+" + waId : null)) is { } number
            ? new(number, phone.Text("wa_id"), phone.Text("type"))
            : null;

    private static MessageOrder Order(JsonElement order) => new(
        order.Text("catalog_id"),
        order.Text("text"),
        [
            .. order.Items("product_items").Where(item => item.ValueKind == JsonValueKind.Object).Select(item => new OrderItem(
                item.Text("product_retailer_id")
                    ?? item.Text("product_id")
                    ?? "", Amount(item, "quantity"), Amount(item, "item_price"), item.Text("currency"))),
        ]);

    private static decimal? Amount(JsonElement item, string name) =>
        decimal.TryParse(item.Text(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var amount)
        && Math.Abs(amount) < MessageContentLabels.MaxAmount
            ? amount
            : null;

    // A Flow's answer is JSON inside JSON; its token is dropped, because it only concerns the sender.
    private static List<FlowAnswer>? Answers(JsonElement? reply)
    {
        if (reply is null)
        {
            return null;
        }

        if (reply.Member("response_json") is { ValueKind: JsonValueKind.Object } given)
        {
            return Answers(given);
        }

        try
        {
            using var response = JsonDocument.Parse(reply.Text("response_json") ?? "{}");
            return Answers(response.RootElement);
        }
        catch (JsonException)
        {
            return []; // invalid JSON, which WhatsApp does not check; the text is shown anyway
        }
    }

    private static List<FlowAnswer> Answers(JsonElement response) => response.ValueKind != JsonValueKind.Object
        ? []
        :
        [
            .. response.EnumerateObject().Where(answer => answer.Name != FlowToken && answer.Value.ValueKind != JsonValueKind.Null)
                .Select(answer => new FlowAnswer(answer.Name, TextOf(answer.Value), answer.Value.GetRawText())),
        ];

    private static string TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString() ?? "",
        JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(TextOf)),
        JsonValueKind.Object => string.Join(", ", value.EnumerateObject().Select(member => $"{member.Name}: {TextOf(member.Value)}")),
        _ => value.GetRawText(),
    };

    // A call ends with its seconds, with a word for what became of it, or with neither.
    private static MessageCall Call(JsonElement call)
    {
        var seconds = call.Number("duration");
        var outcome = (call.Text("status")?.ToUpperInvariant(), seconds) switch
        {
            (_, > 0) => CallOutcome.Answered,
            ("REJECTED" or "DECLINED", _) => CallOutcome.Rejected,
            ("MISSED" or "NO_ANSWER" or "TIMEOUT", _) => CallOutcome.Missed,
            ("COMPLETED" or "ACCEPTED", null) => CallOutcome.Answered,
            _ => CallOutcome.NotAnswered,
        };
        return new(outcome, seconds, call.Time("start_time"));
    }

    private static CallConsent? Permission(JsonElement? reply) =>
        reply.Text("response") is { } response
            ? new(response.StartsWith("accept", StringComparison.OrdinalIgnoreCase), response, reply!.Value.Time("expiration_timestamp"))
            : null;

    private static MessageReferral Referral(JsonElement referral) => new(
        referral.Text("source_url"), referral.Text("source_id"), referral.Text("source_type"), referral.Text("headline"),
        referral.Text("body"),
        referral.Text("media_type"), referral.Text("image_url")
            ?? referral.Text("video_url")
            ?? referral.Text("thumbnail_url"), referral.Text("ctwa_clid"));

    private static MessageFault Error(JsonElement error) =>
        new(
            error.Number("code") ?? 0,
            error.Text("title") ?? error.Text("message"),
            error.Member("error_data").Text("details") ?? error.Text("message"));
}
