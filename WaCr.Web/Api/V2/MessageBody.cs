using System.Text.Json;
using System.Text.Json.Nodes;
using WaCr.Web.Api.Requests;
using WaCr.Web.Api.Wire;
using WaCr.Web.Features.Messaging;

namespace WaCr.Web.Api.V2;

/// <summary>Messages in requests.</summary>
internal static class MessageBody
{
    private const string PhoneHint =
        "Whom it goes to: digits, `+`, `-`, spaces and parentheses. May be left out beside `contact_id`, for people without a visible phone too.";

    public static SendText Text(JsonElement body)
    {
        var reader = new ObjectReader(body);
        return new SendText { Message = reader.Text(MessageFields.Message) }.To(reader);
    }

    public static SendInteractive Interactive(JsonElement body)
    {
        var reader = new ObjectReader(body);
        return new SendInteractive
        {
            Type = reader.Text(InteractiveFields.Type),
            Body = reader.Text(InteractiveFields.Body),
            Header = reader.Text(InteractiveFields.Header),
            Footer = reader.Text(InteractiveFields.Footer),
            ListButton = reader.Text(InteractiveFields.ListButton),
            Buttons = reader.Objects(InteractiveFields.Buttons, button => new ButtonInput(button.Text("id"), button.Text("title"))),
            Sections = reader.Objects(InteractiveFields.Sections, section => new SectionInput(
                section.Text("title"),
                section.Objects("rows", row => new RowInput(row.Text("id"), row.Text("title"), row.Text("description"))))),
            LinkText = reader.Text(InteractiveFields.LinkText),
            Url = reader.Text(InteractiveFields.Url),
        }.To(reader);
    }

    public static readonly FormFields Form = new(
        Integers: [MessageFields.ContactId, TemplateSendFields.CodeNumber, MessageFields.ContactAssignedId],
        Booleans: [TemplateSendFields.GeneratesCode, MediaFields.Voice]);

    public static SendMedia Media(FormBody body)
    {
        var reader = new ObjectReader(body.Fields);
        var contact = reader.Object("contact");
        var request = new SendMedia
        {
            MediaType = reader.Text(MediaFields.MediaType),
            Url = reader.Text(MediaFields.Url),
            File = body.File(MediaFields.File),
            Caption = reader.Text(MediaFields.Caption),
            FileName = reader.Text(MediaFields.FileName),
            ContactFirstName = contact.Text("firstname"),
            ContactLastName = contact.Text("lastname"),
            ContactEmail = contact.Text("email"),
            ContactCountry = contact.TextOrNumber("country"),
            ContactAssignedId = contact.Integer("assigned_id"),
            ContactGroups = contact.IdsOrText("groups"),
            IsVoice = reader.BooleanOr(MediaFields.Voice, false),
        }.To(reader);
        reader.Unreadable.AddAll(contact.Unreadable, "contact.");
        return request;
    }

    public static SendTemplate Template(FormBody body)
    {
        var reader = new ObjectReader(body.Fields);
        return new SendTemplate
        {
            Name = reader.Text(TemplateSendFields.Name),
            Language = reader.Text(TemplateSendFields.Language),
            FallbackLanguage = reader.Text(TemplateSendFields.FallbackLanguage),
            Texts = TemplateSendBody.Texts(reader),
            HeaderUrls = TemplateSendFields.HeaderKinds.ToDictionary(
                kind => kind, kind => reader.Text(TemplateSendFields.UrlOf(kind)), StringComparer.Ordinal),
            HeaderFiles = TemplateSendFields.HeaderKinds
                .Select(kind => (Kind: kind, File: body.File(TemplateSendFields.FileOf(kind))))
                .Where(pair => pair.File is not null)
                .ToDictionary(pair => pair.Kind, pair => pair.File!, StringComparer.Ordinal),
            HeaderDocumentName = reader.Text(TemplateSendFields.HeaderDocumentName),
            GeneratesCode = reader.BooleanOr(TemplateSendFields.GeneratesCode, false),
            CodeNumber = reader.Integer(TemplateSendFields.CodeNumber),
        }.To(reader);
    }

    public static JsonObject TextSchema() => Schemas.Object([
        .. Whom(),
        (MessageFields.Message,
         Schemas.Text(
             "The text; merge fields such as `@{contact_first_name}` are filled in.",
             "Hello @{contact_first_name}",
             Message.TextMaxLength))])
        .Required(MessageFields.Message);

    public static JsonObject TextExample() =>
        new() { [MessageFields.Phone] = "+919587422369", [MessageFields.Message] = "Hello @{contact_first_name}" };

    public static JsonObject InteractiveSchema() => Schemas.Object([
        .. Whom(),
        (InteractiveFields.Type, InteractiveKind()),
        (InteractiveFields.Body, Schemas.Text("The text.", "How was your order?", InteractiveDraft.BodyMaxLength)),
        (InteractiveFields.Header, Schemas.Text("A line above it.", "Order 123", InteractiveDraft.HeaderMaxLength).OrNull()),
        (InteractiveFields.Footer, Schemas.Text("A small line below it.", "Baroda Textiles", InteractiveDraft.FooterMaxLength).OrNull()),
        (InteractiveFields.Buttons, Schemas.ArrayOf(
            Schemas.Object(
                ("id", Schemas.Text("Comes back with the tap; unique in the message.", "good", InteractiveDraft.ButtonIdMaxLength)),
                ("title", Schemas.Text("What the button says.", "Good", InteractiveDraft.ButtonTitleMaxLength))).Required("id", "title"),
            "1 to 3, for `button`.")),
        (InteractiveFields.ListButton, Schemas.Text("What opens the list, for `list`.", "Options", InteractiveDraft.ListButtonMaxLength)),
        (InteractiveFields.Sections, Schemas.ArrayOf(
            Schemas.Object(
                ("title", Schemas.Text("The section's title.", "Sizes", InteractiveDraft.SectionTitleMaxLength)),
                ("rows", Schemas.ArrayOf(
                    Schemas.Object(
                        ("id", Schemas.Text("Comes back with the choice; unique in the message.", "m", InteractiveDraft.RowIdMaxLength)),
                        ("title", Schemas.Text("What the row says.", "Medium", InteractiveDraft.RowTitleMaxLength)),
                        ("description",
                         Schemas.Text("A line below it.", "Chest 100 cm", InteractiveDraft.DescriptionMaxLength)
                             .OrNull())).Required("id", "title"),
                    "At least one; at most 10 in all sections together."))).Required("title", "rows"),
            "1 to 10, for `list`.")),
        (InteractiveFields.LinkText, Schemas.Text("What the button says, for `cta_url`.", "Track", InteractiveDraft.LinkTextMaxLength)),
        (InteractiveFields.Url,
         Schemas.Text(
             "What the button opens, for `cta_url`: an http or https address.", "https://example.com/orders/123", Message.UrlMaxLength))])
        .Required(InteractiveFields.Type, InteractiveFields.Body);

    public static JsonObject InteractiveExample() => new()
    {
        [MessageFields.Phone] = "+919587422369",
        [InteractiveFields.Type] = InteractiveDraft.Button,
        [InteractiveFields.Body] = "How was your order?",
        [InteractiveFields.Buttons] = new JsonArray(
            new JsonObject { ["id"] = "good", ["title"] = "Good" }, new JsonObject { ["id"] = "bad", ["title"] = "Not good" }),
    };

    /// <param name="asForm">Whether the file is uploaded in the form.</param>
    public static JsonObject MediaSchema(bool asForm)
    {
        List<(string, JsonObject)> fields =
        [
            .. Whom(MediaDraft.PhoneMaxLength),
            (MediaFields.MediaType, Schemas.Word("What it is.", "image", "document", "video", "audio")),
            (MediaFields.Url,
             Schemas.Text("Where the file is: a public http or https address.", "https://example.com/a.jpg", Message.UrlMaxLength)),
            (MediaFields.Caption, Schemas.Text("A text below it; not for audio.", "Your order", Message.CaptionMaxLength).OrNull()),
            (MediaFields.FileName,
             Schemas.Text("What the recipient reads as its name.", "invoice.pdf", MessageMedia.FileNameMaxLength).OrNull()),
            (MediaFields.Voice, Schemas.Boolean("Audio alone: shown as a voice note. The file must be OGG with Opus.")),
        ];
        if (asForm)
        {
            fields.Add((MediaFields.File, BinaryFile("The file, in place of `media_url`.")));
        }

        fields.AddRange(asForm ? NewContact("contact.") : [("contact", Schemas.Object(NewContact("")))]);
        return Schemas.Object([.. fields]).Required(MediaFields.MediaType);
    }

    public static JsonObject MediaExample() => new()
    {
        [MessageFields.Phone] = "+919587422369",
        [MediaFields.MediaType] = "image",
        [MediaFields.Url] = "https://example.com/a.jpg",
        [MediaFields.Caption] = "Your order, @{contact_first_name}",
    };

    public static JsonObject TemplateSchema(bool asForm)
    {
        List<(string, JsonObject)> fields =
        [
            .. Whom(),
            (TemplateSendFields.Name, Schemas.Text("The template's name.", "order_confirmation", Domain.Template.NameMaxLength)),
            (TemplateSendFields.Language, Schemas.Text(
                "Its language; may be left out where it has only one. `contact`: the translation for the contact's own language, where there is one.",
                "en_US", Domain.Template.LanguageMaxLength).OrNull()),
            (TemplateSendFields.FallbackLanguage, Schemas.Text(
                "With `language` `contact`: what is sent where there is no translation for the contact's language.", "en_US",
                Domain.Template.LanguageMaxLength).OrNull()),
        ];
        foreach (var kind in TemplateSendFields.HeaderKinds)
        {
            fields.Add(
                (TemplateSendFields.UrlOf(kind),
                 Schemas.Text($"Where the header's {kind} is.", "https://example.com/a", Message.UrlMaxLength).OrNull()));
            if (asForm)
            {
                fields.Add((TemplateSendFields.FileOf(kind), BinaryFile($"The header's {kind} itself.")));
            }
        }

        fields.Add(
            (TemplateSendFields.HeaderDocumentName,
             Schemas.Text("What the recipient reads as the document's name.", "invoice.pdf", MessageMedia.FileNameMaxLength).OrNull()));
        fields.AddRange(TemplateSendBody.Schema());
        fields.Add((TemplateSendFields.GeneratesCode, Schemas.Boolean("Puts six random digits into one of the body's values.")));
        fields.Add((TemplateSendFields.CodeNumber, Schemas.Integer("Into which one; 1 where it is left out.", 1).OrNull()));
        return Schemas.Object([.. fields]).Required(TemplateSendFields.Name);
    }

    public static JsonObject TemplateExample() => new()
    {
        [MessageFields.Phone] = "+919587422369",
        [TemplateSendFields.Name] = "order_confirmation",
        [TemplateSendFields.Language] = "en_US",
        ["field_1"] = "@{contact_first_name}",
        ["field_2"] = "A-123",
    };

    private static (string, JsonObject)[] NewContact(string prefix) =>
    [
        (prefix + "firstname", Schemas.Text("Of a contact that is not there yet, as are the next ones.", "Asha", Contact.NameMaxLength)),
        (prefix + "lastname", Schemas.Text("Last name.", "Patel", Contact.NameMaxLength)),
        (prefix + "email", Schemas.Text("E-mail address.", "asha@example.com", Contact.EmailMaxLength)),
        (prefix + "country", Schemas.Text("Id, code or name of a country.", "IN")),
        (prefix + "assigned_id", Schemas.Integer("Id of a user of the workspace.", null)),
        (prefix + "groups", Schemas.Text("Ids of groups, separated by commas.", "4,5")),
    ];

    public static JsonObject BinaryFile(string description) => new()
    {
        ["type"] = "string",
        ["format"] = "binary",
        ["description"] = description,
    };

    /// <summary>Whom it goes to and when: the fields of every send.</summary>
    public static (string, JsonObject)[] Whom(int phoneMaxLength = DraftFields.PhoneMaxLength) =>
    [
        (MessageFields.Phone, Schemas.Text(PhoneHint, "+919587422369", phoneMaxLength).OrNull()), ContactId(),
        (MessageFields.ReplyTo, MessageId("The message of the same conversation that it quotes: its id, or WhatsApp's.").OrNull()),
        (MessageFields.SendAt, Schemas.Time(
            "When it goes, ISO 8601 with an offset, at most 30 days from now; left out: at once. Then the answer is a 202, and `DELETE /messages/{id}` takes it back.").OrNull()),
    ];

    public static JsonObject MessageId(string description) => new()
    {
        ["type"] = new JsonArray("string", "integer"),
        ["description"] = description,
        ["examples"] = new JsonArray("wamid.HBgLMTY1"),
    };

    public static JsonObject InteractiveKind() => Schemas.Word(
        "Buttons, a list, a button that opens a page, or a question for the location.",
        InteractiveDraft.Button, InteractiveDraft.List, InteractiveDraft.Link, InteractiveDraft.LocationRequest,
        InteractiveDraft.NumberRequest);

    /// <summary>With the fields of every send.</summary>
    public static T To<T>(this T request, ObjectReader reader)
        where T : SendRequest => (T)((SendRequest)request with
        {
            Phone = reader.Text(MessageFields.Phone),
            ContactId = reader.Integer(MessageFields.ContactId),
            ReplyTo = reader.TextOrNumber(MessageFields.ReplyTo),
            SendAt = reader.Time(MessageFields.SendAt, MessageErrors.SendAtInvalid),
            Unreadable = reader.Unreadable,
        });

    private static (string, JsonObject) ContactId() =>
        (MessageFields.ContactId,
         Schemas.Integer("The contact; where the phone is given too, it must be its own. Left out, the phone finds or makes it.", 12)
             .OrNull());
}
