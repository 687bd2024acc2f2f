using System.Text.Json;
using System.Text.Json.Nodes;
using WaCr.Web.Api.Requests;
using WaCr.Web.Api.Wire;
using WaCr.Web.Features.Messaging;

namespace WaCr.Web.Api.V2;

/// <summary>Places, cards, reactions and stickers in requests.</summary>
internal static class MessageSendBody
{
    public const string Typing = "typing";

    public static SendLocation Location(JsonElement body)
    {
        var reader = new ObjectReader(body);
        return new SendLocation
        {
            Latitude = reader.Decimal(LocationFields.Latitude),
            Longitude = reader.Decimal(LocationFields.Longitude),
            Name = reader.Text(LocationFields.Name),
            Address = reader.Text(LocationFields.Address),
        }.To(reader);
    }

    public static SendCards Cards(JsonElement body)
    {
        var reader = new ObjectReader(body);
        return new SendCards { Cards = reader.ObjectsOrIds(CardFields.Contacts, Card, id => new CardInput { ContactId = id }) }.To(reader);
    }

    public static SendReaction Reaction(JsonElement body)
    {
        var reader = new ObjectReader(body);
        return new SendReaction
        {
            MessageId = reader.TextOrNumber(ReactionFields.MessageId),
            Emoji = reader.Text(ReactionFields.Emoji),
        }.To(reader);
    }

    public static SendSticker Sticker(FormBody body)
    {
        var reader = new ObjectReader(body.Fields);
        return new SendSticker { Url = reader.Text(MediaFields.Url), File = body.File(MediaFields.File) }.To(reader);
    }

    /// <summary>Whether the customer sees that somebody writes.</summary>
    public static bool ReadTyping(JsonElement body, Common.FieldErrors errors)
    {
        var reader = new ObjectReader(body);
        var typing = reader.BooleanOr(Typing, false);
        errors.AddAll(reader.Unreadable);
        return typing;
    }

    public static JsonObject LocationSchema() => Schemas.Object([
        .. MessageBody.Whom(),
        (LocationFields.Latitude, Range(Schemas.Number("In degrees.", 22.3072m), 90)),
        (LocationFields.Longitude, Range(Schemas.Number("In degrees.", 73.1812m), 180)),
        (LocationFields.Name, Schemas.Text("Its name.", "Baroda Textiles", LocationDraft.NameMaxLength).OrNull()),
        (LocationFields.Address, Schemas.Text("Its address.", "Station Road, Vadodara", LocationDraft.AddressMaxLength).OrNull())])
        .Required(LocationFields.Latitude, LocationFields.Longitude);

    public static JsonObject LocationExample() => new()
    {
        [MessageFields.Phone] = "+919587422369",
        [LocationFields.Latitude] = 22.3072m,
        [LocationFields.Longitude] = 73.1812m,
        [LocationFields.Name] = "Baroda Textiles",
        [LocationFields.Address] = "Station Road, Vadodara",
    };

    public static JsonObject CardsSchema() => Schemas.Object([
        .. MessageBody.Whom(),
        (CardFields.Contacts, Schemas.ArrayOf(
            new JsonObject { ["oneOf"] = new JsonArray(Schemas.Integer("Id of a contact; then the token needs `contacts:read` too.", 12),
                CardSchema()) },
            $"1 to {CardsDraft.MaxCards} contacts: ids, or cards."))])
        .Required(CardFields.Contacts);

    public static JsonObject CardsExample() => new()
    {
        [MessageFields.Phone] = "+919587422369",
        [CardFields.Contacts] = new JsonArray(new JsonObject
        {
            [CardFields.Name] = "Asha Patel",
            [CardFields.Company] = "Baroda Textiles",
            [CardFields.Phones] = new JsonArray(new JsonObject { [CardFields.Phone] = "+91 98200 00199" }),
            [CardFields.Emails] = new JsonArray("asha@example.com"),
        }),
    };

    public static JsonObject ReactionSchema() => Schemas.Object([
        (ReactionFields.MessageId,
         MessageBody.MessageId(
             "The message that it is to, not older than 30 days: its id, or WhatsApp's. It tells whom the reaction goes to.")),
        (ReactionFields.Emoji, Schemas.Text("One emoji; empty takes the reaction back.", "👍", ReactionDraft.EmojiMaxLength)),
        .. MessageBody.Whom().Where(field => field.Item1 != MessageFields.ReplyTo)])
        .Required(ReactionFields.MessageId, ReactionFields.Emoji);

    public static JsonObject ReactionExample() => new() { [ReactionFields.MessageId] = "wamid.HBgLMTY1", [ReactionFields.Emoji] = "👍" };

    /// <param name="asForm">Whether the file is uploaded in the form.</param>
    public static JsonObject StickerSchema(bool asForm) => Schemas.Object([
        .. MessageBody.Whom(),
        (MediaFields.Url,
         Schemas.Text(
             "Where the sticker is: a public address of a WebP picture, 512 × 512, at most 500 KB.",
             "https://example.com/a.webp",
             Message.UrlMaxLength)),
        .. asForm
            ? [(MediaFields.File, MessageBody.BinaryFile("The sticker, in place of `media_url`."))]
            : Array.Empty<(string, JsonObject)>()]);

    public static JsonObject StickerExample() =>
        new() { [MessageFields.Phone] = "+919587422369", [MediaFields.Url] = "https://example.com/a.webp" };

    public static JsonObject ReadSchema() =>
        Schemas.Object(
            (Typing, Schemas.Boolean("Whether the customer also sees that somebody writes: for 25 seconds, or until the next message.")));

    private static CardInput Card(ObjectReader card)
    {
        // Both our own shape, as GET /messages gives it, and WhatsApp's are taken.
        var (name, company) = (card.Object(CardFields.Name), card.Object("org"));
        return new CardInput
        {
            Name = name.IsObject ? name.Text("formatted_name") : card.Text(CardFields.Name),
            FirstName = name.IsObject ? name.Text(CardFields.FirstName) : card.Text(CardFields.FirstName),
            LastName = name.IsObject ? name.Text(CardFields.LastName) : card.Text(CardFields.LastName),
            Company = company.IsObject ? company.Text(CardFields.Company) : card.Text(CardFields.Company),
            Phones = card.Objects(CardFields.Phones, phone => new CardPhoneInput(
                phone.Text(CardFields.Phone), phone.Text(CardFields.WaId), phone.Text(CardFields.Type))) ?? [],
            Emails = card.HasObjects(CardFields.Emails)
                ? [.. (card.Objects(CardFields.Emails, email => email.Text("email").Or(null)) ?? []).OfType<string>()]
                : card.Texts(CardFields.Emails),
        };
    }

    private static JsonObject CardSchema() => Schemas.Object(
        (CardFields.Name,
         Schemas.Text("What is shown; or WhatsApp's object with `formatted_name`.", "Asha Patel", CardsDraft.NameMaxLength)),
        (CardFields.FirstName, Schemas.Text("First name.", "Asha", CardsDraft.NameMaxLength).OrNull()),
        (CardFields.LastName, Schemas.Text("Last name.", "Patel", CardsDraft.NameMaxLength).OrNull()),
        (CardFields.Company, Schemas.Text("Where they work.", "Baroda Textiles", Contact.CompanyMaxLength).OrNull()),
        (CardFields.Phones, Schemas.ArrayOf(
            Schemas.Object(
                (CardFields.Phone, Schemas.Text("The number.", "+91 98200 00199", Contact.PhoneMaxLength)),
                (CardFields.WaId, Schemas.Text("Its number on WhatsApp; then the card can be answered.", "919820000199").OrNull()),
                (CardFields.Type, Schemas.Text("Such as CELL.", "CELL", CardsDraft.TypeMaxLength).OrNull())).Required(CardFields.Phone),
            "Their numbers.")),
        (CardFields.Emails,
         Schemas.ArrayOf(Schemas.Text("An e-mail address.", "asha@example.com", Contact.EmailMaxLength), "Their addresses.")))
        .Required(CardFields.Name);

    private static JsonObject Range(JsonObject number, int most)
    {
        number["minimum"] = -most;
        number["maximum"] = most;
        return number;
    }
}
