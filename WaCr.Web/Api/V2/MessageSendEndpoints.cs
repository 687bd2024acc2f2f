using System.Text.Json;
using System.Text.Json.Nodes;
using WaCr.Web.Api.Answers;
using WaCr.Web.Api.Requests;
using WaCr.Web.Api.Wire;
using WaCr.Web.Features.Messaging;

namespace WaCr.Web.Api.V2;

/// <summary>Sends: now, or later (<c>send_at</c>).</summary>
internal static class MessageSendEndpoints
{
    public static void MapSends(this IEndpointRouteBuilder api)
    {
        api.MapPost("/messages/text", SendTextAsync).Reads(MessageBody.Text).Describe(Operation("sendText", "Send text message",
                "Sends a text to a contact, or to a phone number that becomes a contact. Works within 24 hours of the contact's last message; use a template after that.",
                MessageBody.TextSchema(), MessageBody.TextExample()) with
        {
            Data = MessageWire.Sent((MessageFields.Message, Schemas.Text("The text after merging.", "Hello Asha"))),
        });
        api.MapPost("/messages/media", SendMediaAsync).ReadsForm(MessageBody.Media, MessageBody.Form)
            .Describe(Operation("sendMedia", "Send media message",
                "Sends an image, document, video or audio, by its URL or as an uploaded file, within 24 hours of the contact's last message.",
                MessageBody.MediaSchema(asForm: false), MessageBody.MediaExample()) with
            {
                Form = MessageBody.MediaSchema(asForm: true),
                Data = MessageWire.Sent(
                    (MediaFields.MediaType, Schemas.Word("What it is.", "image", "document", "video", "audio")),
                    (MediaFields.Url, Schemas.Text("Where the file is.", "https://example.com/a.jpg").OrNull()),
                    (MediaFields.Caption, Schemas.Text("The caption after merging.", "Your order, Asha").OrNull()),
                    (MediaFields.FileName, Schemas.Text("The file's name.", "a.jpg").OrNull())),
            });
        api.MapPost("/messages/template", SendTemplateAsync).ReadsForm(MessageBody.Template, MessageBody.Form)
            .Describe(Operation("sendTemplate", "Send template message",
                "Sends an approved template with its values filled in. The only message that may open a conversation.",
                MessageBody.TemplateSchema(asForm: false), MessageBody.TemplateExample()) with
            {
                Form = MessageBody.TemplateSchema(asForm: true),
                Data = MessageWire.Sent(
                    (TemplateSendFields.Name,
                     Schemas.Text(
                         "The template.", "order_confirmation")), (TemplateSendFields.Language, Schemas.Text("Its language.", "en_US"))),
            });
        api.MapPost("/messages/interactive", SendInteractiveAsync).Reads(MessageBody.Interactive)
            .Describe(Operation("sendInteractive", "Send interactive message",
                "Sends a text with up to three buttons, a list, a button that opens a page, or a question for the location, within 24 hours of the contact's last message.",
                MessageBody.InteractiveSchema(), MessageBody.InteractiveExample()) with
            {
                Data = MessageWire.Sent((InteractiveFields.Type, MessageBody.InteractiveKind())),
            });
        api.MapPost("/messages/location", SendPlainAsync<SendLocation>).Reads(MessageSendBody.Location)
            .Describe(Operation("sendLocation", "Send location message",
                "Sends a place with its name and address, within 24 hours of the contact's last message.",
                MessageSendBody.LocationSchema(), MessageSendBody.LocationExample()));
        api.MapPost("/messages/contacts", SendPlainAsync<SendCards>).Reads(MessageSendBody.Cards)
            .Describe(Operation("sendContacts", "Send contact cards",
                "Sends contact cards, of contacts of the workspace or brought along, within 24 hours of the contact's last message.",
                MessageSendBody.CardsSchema(), MessageSendBody.CardsExample()));
        api.MapPost("/messages/reaction", SendReactionAsync).Reads(MessageSendBody.Reaction)
            .Describe(Operation("sendReaction", "Send reaction",
                "Puts an emoji at a message, or takes it back. The message tells whom it goes to.", MessageSendBody.ReactionSchema(),
                MessageSendBody.ReactionExample()) with
            {
                Data = MessageWire.Sent((ReactionFields.Emoji, Schemas.Text("Empty where it was taken back.", "👍"))),
            });
        api.MapPost("/messages/sticker", SendStickerAsync).ReadsForm(MessageSendBody.Sticker, MessageBody.Form)
            .Describe(Operation("sendSticker", "Send sticker",
                "Sends a sticker, by its URL or as an uploaded file, within 24 hours of the contact's last message.",
                MessageSendBody.StickerSchema(asForm: false), MessageSendBody.StickerExample()) with
            {
                Form = MessageSendBody.StickerSchema(asForm: true),
                Data = MessageWire.Sent((MediaFields.Url, Schemas.Text("Where the sticker is.", "/api/v2/messages/4711/media").OrNull())),
            });
    }

    private static ApiOperation Operation(string id, string summary, string description, JsonObject body, JsonObject example) =>
        new(id, summary, Permissions.MessagesSend)
        {
            Description = description,
            Body = body,
            Example = example,
            Data = MessageWire.Sent(),
            AcceptedCode = StatusCodes.Status202Accepted,
            Problems = [StatusCodes.Status404NotFound],
        };

    private static Task<IResult> SendTextAsync(Body<SendText> body, MessageSender sender, CancellationToken cancellationToken) =>
        SendAsync(body.Value, sender, (json, sent) => json.WriteString("message"u8, sent.Text), cancellationToken);

    private static Task<IResult> SendMediaAsync(Body<SendMedia> body, MessageSender sender, CancellationToken cancellationToken) =>
        SendAsync(body.Value, sender, (json, sent) =>
        {
            json.WriteString("media_type"u8, body.Value.MediaType.Value!.Trim());
            json.WriteString("media_url"u8, MessageJson.UrlOf(sent));
            json.WriteString("caption"u8, sent.Text.Length == 0 ? null : sent.Text);
            json.WriteString("filename"u8, sent.FileName);
        }, cancellationToken);

    private static Task<IResult> SendTemplateAsync(Body<SendTemplate> body, MessageSender sender, CancellationToken cancellationToken) =>
        SendAsync(body.Value, sender, (json, sent) =>
        {
            json.WriteString("template_name"u8, body.Value.Name.Value!.Trim());
            json.WriteString("language"u8, sent.Language);
        }, cancellationToken);

    private static Task<IResult> SendInteractiveAsync(
        Body<SendInteractive> body, MessageSender sender, CancellationToken cancellationToken) =>
        SendAsync(body.Value, sender, (json, _) => json.WriteString("type"u8, body.Value.Type.Value!.Trim()), cancellationToken);

    private static Task<IResult> SendReactionAsync(Body<SendReaction> body, MessageSender sender, CancellationToken cancellationToken) =>
        SendAsync(body.Value, sender, (json, sent) => json.WriteString("emoji"u8, sent.Text), cancellationToken);

    private static Task<IResult> SendStickerAsync(Body<SendSticker> body, MessageSender sender, CancellationToken cancellationToken) =>
        SendAsync(body.Value, sender, (json, sent) => json.WriteString("media_url"u8, MessageJson.UrlOf(sent)), cancellationToken);

    private static Task<IResult> SendPlainAsync<T>(Body<T> body, MessageSender sender, CancellationToken cancellationToken)
        where T : SendMessage => SendAsync(body.Value, sender, null, cancellationToken);

    private static async Task<IResult> SendAsync(
        SendMessage request, MessageSender sender, Action<Utf8JsonWriter, SentMessage>? more, CancellationToken cancellationToken)
    {
        var sent = await sender.SendAsync(request, cancellationToken);
        if (!sent.Succeeded)
        {
            return Problem.From(sent.Error);
        }

        var isScheduled = sent.Value.SendAt is not null;
        return new ObjectAnswer(
            isScheduled ? "Message scheduled successfully" : "Message sent successfully",
            json =>
            {
                MessageWire.WriteSent(json, sent.Value);
                more?.Invoke(json, sent.Value);
            },
            isScheduled ? StatusCodes.Status202Accepted : StatusCodes.Status200OK);
    }
}
