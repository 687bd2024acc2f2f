using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace WaCr.Web.WhatsApp;

/// <summary>Writes an <see cref="OutboundMessage"/> in the Cloud API's format.</summary>
internal static class OutboundJson
{
    private static readonly JsonSerializerOptions SnapshotOptions =
        new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public static JsonObject Write(OutboundMessage message)
    {
        var (type, content) = Content(message.Content);
        var json = new JsonObject
        {
            ["messaging_product"] = "whatsapp",
            ["recipient_type"] = "individual",
            ["type"] = type,
            [type] = content,
            ["biz_opaque_callback_data"] = message.Reference,
        };
        // Without the plus, WhatsApp may prepend the business's country code.
        json.AddIfSet("to", message.To.Phone is { } phone ? "+" + phone : null);
        json.AddIfSet("recipient", message.To.UserId);
        // A reaction names its message itself, and WhatsApp refuses it with a quotation.
        if (message.ReplyTo is { } replyTo && type != "reaction")
        {
            json["context"] = new JsonObject { ["message_id"] = replyTo };
        }

        return json;
    }

    /// <summary>As <c>{"type": "text", "text": {…}}</c>; of a template also <c>snapshot</c>, which <see cref="Read"/> does not send.</summary>
    public static string Keep(OutboundContent content)
    {
        var (type, json) = Content(content);
        var kept = new JsonObject { ["type"] = type, [type] = json };
        if (content is TemplateContent { Snapshot: { } snapshot })
        {
            kept["snapshot"] = JsonSerializer.SerializeToNode(snapshot, SnapshotOptions);
        }

        return kept.ToJsonString();
    }

    private static (string Type, JsonNode Content) Read(StoredContent kept)
    {
        var json = JsonNode.Parse(kept.Json)!.AsObject();
        var type = (string)json["type"]!;
        return (type, json[type]!.DeepClone());
    }

    private static (string Type, JsonNode Content) Content(OutboundContent content) => content switch
    {
        TextContent text => ("text", new JsonObject { ["body"] = text.Body, ["preview_url"] = text.PreviewUrl }),
        MediaContent media => (Word(media.Kind), Media(media)),
        LocationContent place => ("location", Location(place)),
        ContactsContent people => ("contacts", Array(people.Cards, Card)),
        ReactionContent reaction => ("reaction", new JsonObject { ["message_id"] = reaction.MessageId, ["emoji"] = reaction.Emoji }),
        ButtonsContent buttons => ("interactive", Buttons(buttons)),
        ListContent list => ("interactive", List(list)),
        LinkContent link => ("interactive", Link(link)),
        LocationRequestContent request => ("interactive", Interactive("location_request_message", request.Body, null, null, new() { ["name"] = "send_location" })),
        NumberRequestContent request => ("interactive", Interactive("request_contact_info", request.Body, null, null, new() { ["name"] = "request_contact_info" })),
        TemplateContent template => ("template", Template(template)),
        StoredContent kept => Read(kept),
        _ => throw new ArgumentOutOfRangeException(nameof(content), content.GetType().Name, "Unknown content"),
    };

    private static JsonObject Media(MediaContent media)
    {
        var json = Media(media.Source, media.Caption, media.FileName);
        if (media.IsVoice)
        {
            json["voice"] = true;
        }

        return json;
    }

    private static JsonObject Location(LocationContent place)
    {
        var json = new JsonObject { ["latitude"] = place.Latitude, ["longitude"] = place.Longitude };
        json.AddIfSet("name", place.Name);
        json.AddIfSet("address", place.Address);
        return json;
    }

    private static JsonObject Card(ContactCard card)
    {
        // WhatsApp wants one more part of the name beside the whole.
        var name = new JsonObject { ["formatted_name"] = card.Name, ["first_name"] = card.FirstName ?? card.Name };
        name.AddIfSet("last_name", card.LastName);
        var json = new JsonObject { ["name"] = name };
        if (card.Company is { } company)
        {
            json["org"] = new JsonObject { ["company"] = company };
        }

        if (card.Phones.Count > 0)
        {
            json["phones"] = Array(card.Phones, Phone);
        }

        if (card.Emails.Count > 0)
        {
            json["emails"] = Array(card.Emails, email => new() { ["email"] = email, ["type"] = "WORK" });
        }

        return json;
    }

    private static JsonObject Phone(ContactCardPhone phone)
    {
        var json = new JsonObject { ["phone"] = phone.Phone, ["type"] = phone.Type ?? "CELL" };
        json.AddIfSet("wa_id", phone.WaId);
        return json;
    }

    private static JsonObject Link(LinkContent content) => Interactive("cta_url", content.Body, content.Header, content.Footer, new()
    {
        ["name"] = "cta_url",
        ["parameters"] = new JsonObject { ["display_text"] = content.ButtonText, ["url"] = content.Url.OriginalString },
    });

    private static JsonObject Media(MediaSource source, string? caption, string? fileName)
    {
        var json = new JsonObject();
        json.AddIfSet("id", source.Id);
        json.AddIfSet("link", source.Link?.AbsoluteUri);
        json.AddIfSet("caption", caption);
        json.AddIfSet("filename", fileName);
        return json;
    }

    private static JsonObject Buttons(ButtonsContent content) => Interactive("button", content.Body, content.Header, content.Footer, new()
    {
        ["buttons"] = Array(content.Buttons, button => new()
        {
            ["type"] = "reply",
            ["reply"] = new JsonObject { ["id"] = button.Id, ["title"] = button.Title },
        }),
    });

    private static JsonObject List(ListContent content) => Interactive("list", content.Body, content.Header, content.Footer, new()
    {
        ["button"] = content.ButtonText,
        ["sections"] = Array(content.Sections, section => new() { ["title"] = section.Title, ["rows"] = Array(section.Rows, Row) }),
    });

    private static JsonObject Row(ListRow row)
    {
        var json = new JsonObject { ["id"] = row.Id, ["title"] = row.Title };
        json.AddIfSet("description", row.Description);
        return json;
    }

    private static JsonObject Interactive(string type, string body, string? header, string? footer, JsonObject action)
    {
        var json = new JsonObject { ["type"] = type, ["body"] = Text(body), ["action"] = action };
        if (header is not null)
        {
            json["header"] = new JsonObject { ["type"] = "text", ["text"] = header };
        }

        if (footer is not null)
        {
            json["footer"] = Text(footer);
        }

        return json;

        static JsonObject Text(string text) => new() { ["text"] = text };
    }

    private static JsonObject Template(TemplateContent template)
    {
        var components = Components(template.Header, template.Body, template.Buttons);
        if (template.OfferEndsAt is { } end)
        {
            components.Add(Component("limited_time_offer", new JsonObject
            {
                ["type"] = "limited_time_offer",
                ["limited_time_offer"] = new JsonObject { ["expiration_time_ms"] = end.ToUnixTimeMilliseconds() },
            }));
        }

        if (template.Cards.Count > 0)
        {
            components.Add(new JsonObject
            {
                ["type"] = "carousel",
                ["cards"] = Array(
                    template.Cards,
                    card => new() { ["card_index"] = card.Index, ["components"] = Components(card.Header, card.Body, card.Buttons) }),
            });
        }

        var json = new JsonObject { ["name"] = template.Name, ["language"] = new JsonObject { ["code"] = template.Language } };
        if (components.Count > 0)
        {
            json["components"] = components;
        }

        return json;
    }

    private static JsonArray Components(TemplateHeader? header, IReadOnlyList<TemplateText>? body, IReadOnlyList<TemplateButton>? buttons)
    {
        var components = new JsonArray();
        if (header is not null)
        {
            components.Add(Component("header", Header(header)));
        }

        if (body is { Count: > 0 })
        {
            components.Add(Component("body", [.. body.Select(Parameter)]));
        }

        foreach (var button in buttons ?? [])
        {
            components.Add(Button(button));
        }

        return components;
    }

    private static JsonObject Header(TemplateHeader header) => header switch
    {
        TemplateTextHeader text => Parameter(text.Text),
        TemplateMediaHeader media => new() { ["type"] = Word(media.Kind), [Word(media.Kind)] = Media(media.Source, null, media.FileName) },
        TemplatePlaceHeader place => new() { ["type"] = "location", ["location"] = Location(place.Place) },
        TemplateProductHeader product => new() { ["type"] = "product", ["product"] = OutboundProducts.Item(product.ProductId, product.CatalogId) },
        _ => throw new ArgumentOutOfRangeException(nameof(header), header.GetType().Name, "Unknown header"),
    };

    private static JsonObject Parameter(TemplateText text)
    {
        var json = new JsonObject { ["type"] = "text", ["text"] = text.Value };
        json.AddIfSet("parameter_name", text.Name);
        return json;
    }

    private static JsonObject Button(TemplateButton button)
    {
        var (subType, parameter) = button.Kind switch
        {
            TemplateButtonKind.Url => ("url", "text"),
            TemplateButtonKind.QuickReply => ("quick_reply", "payload"),
            TemplateButtonKind.CopyCode => ("copy_code", "coupon_code"),
            TemplateButtonKind.Catalog => ("catalog", "action"),
            TemplateButtonKind.Items => ("mpm", "action"),
            _ => throw new ArgumentOutOfRangeException(nameof(button), button.Kind, "Unknown button"),
        };
        JsonNode value = parameter == "action" ? OutboundProducts.Action(button) : JsonValue.Create(button.Value);
        var json = Component("button", new JsonObject { ["type"] = parameter, [parameter] = value });
        json["sub_type"] = subType;
        json["index"] = button.Index.ToString(CultureInfo.InvariantCulture);
        return json;
    }

    private static JsonObject Component(string type, params JsonObject[] parameters) =>
        new() { ["type"] = type, ["parameters"] = new JsonArray([.. parameters]) };

    private static JsonArray Array<T>(IEnumerable<T> items, Func<T, JsonObject> write) => new([.. items.Select(write)]);

    private static string Word(MediaKind kind) => kind switch
    {
        MediaKind.Image => "image",
        MediaKind.Document => "document",
        MediaKind.Video => "video",
        MediaKind.Audio => "audio",
        MediaKind.Sticker => "sticker",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Unknown kind"),
    };

    private static void AddIfSet(this JsonObject json, string name, string? value)
    {
        if (value is not null)
        {
            json[name] = value;
        }
    }
}
