using WaCr.Web.Api.Answers;
using WaCr.Web.Api.Requests;
using WaCr.Web.Api.Wire;
using WaCr.Web.Common;
using WaCr.Web.Features.Messaging;
using WaCr.Web.Security;

namespace WaCr.Web.Api.V2;

internal static class MessagesEndpoints
{
    private const string Path = "/messages";
    private const string PathOfOne = "/messages/{id}";
    private const string Sent = "Message sent successfully";

    public static void MapMessages(this IEndpointRouteBuilder api)
    {
        api.MapRead(Path, ListAsync, new("listMessages", "List messages", Permissions.MessagesRead)
        {
            Description = "Lists messages in both directions, the newest first, with filters by kind, status, direction and conversation.",
            List = MessageWire.List,
        });
        api.MapRead(PathOfOne, GetAsync, new("getMessage", "Retrieve message", Permissions.MessagesRead)
        {
            Description = "Reads one message by its id, or by the id that WhatsApp gave it.",
            Single = MessageWire.Single,
        });
        api.MapPost("/messages/text", SendTextAsync).Reads(MessageBody.Text).Describe(new("sendText", "Send text message", Permissions.MessagesSend)
        {
            Description = "Sends a text to a contact, or to a phone number that becomes a contact. Works within 24 hours of the contact's last message; use a template after that.",
            Body = MessageBody.TextSchema(),
            Example = MessageBody.TextExample(),
            Data = MessageWire.Sent((MessageFields.Message, Schemas.Text("The text after merging.", "Hello Asha"))),
            Problems = [StatusCodes.Status404NotFound],
        });
        api.MapPost("/messages/media", SendMediaAsync).ReadsForm(MessageBody.Media, MessageBody.Form).Describe(new("sendMedia", "Send media message", Permissions.MessagesSend)
        {
            Description = "Sends an image, document, video or audio, by its URL or as an uploaded file, within 24 hours of the contact's last message.",
            Body = MessageBody.MediaSchema(asForm: false),
            Form = MessageBody.MediaSchema(asForm: true),
            Example = MessageBody.MediaExample(),
            Data = MessageWire.Sent(
                (MediaFields.MediaType, Schemas.Word("What it is.", "image", "document", "video", "audio")),
                (MediaFields.Url, Schemas.Text("Where the file is.", "https://example.com/a.jpg").OrNull()),
                (MediaFields.Caption, Schemas.Text("The caption after merging.", "Your order, Asha").OrNull()),
                (MediaFields.FileName, Schemas.Text("The file's name.", "a.jpg").OrNull())),
            Problems = [StatusCodes.Status404NotFound],
        });
        api.MapPost("/messages/template", SendTemplateAsync).ReadsForm(MessageBody.Template, MessageBody.Form).Describe(new("sendTemplate", "Send template message", Permissions.MessagesSend)
        {
            Description = "Sends an approved template with its values filled in. The only message that may open a conversation.",
            Body = MessageBody.TemplateSchema(asForm: false),
            Form = MessageBody.TemplateSchema(asForm: true),
            Example = MessageBody.TemplateExample(),
            Data = MessageWire.Sent(
                (TemplateSendFields.Name, Schemas.Text("The template.", "order_confirmation")), (TemplateSendFields.Language, Schemas.Text("Its language.", "en_US"))),
            Problems = [StatusCodes.Status404NotFound],
        });
        api.MapPost("/messages/interactive", SendInteractiveAsync).Reads(MessageBody.Interactive).Describe(new("sendInteractive", "Send interactive message", Permissions.MessagesSend)
        {
            Description = "Sends a text with up to three buttons, or with a list to choose from, within 24 hours of the contact's last message.",
            Body = MessageBody.InteractiveSchema(),
            Example = MessageBody.InteractiveExample(),
            Data = MessageWire.Sent((InteractiveFields.Type, Schemas.Word("Buttons or a list.", InteractiveDraft.Button, InteractiveDraft.List))),
            Problems = [StatusCodes.Status404NotFound],
        });
    }

    private static async Task<IResult> ListAsync(ListRequest list, MessageQueries messages, CancellationToken cancellationToken)
    {
        var query = new MessageQuery
        {
            Page = list.Page,
            Sort = list.Sort,
            Search = list.Search,
            Filters = list.Filters,
            WithContent = MessageWire.Shape.AsksForContent(list.Fields),
        };
        var page = await messages.ListAsync(query, cancellationToken);
        return page.Succeeded
            ? new PageAnswer<MessageDetails>("Messages retrieved successfully", page.Value, MessageWire.Shape, list.Fields)
            : Problem.From(page.Error);
    }

    private static async Task<IResult> GetAsync(string id, FieldSelection selection, MessageQueries messages, CancellationToken cancellationToken)
    {
        var found = await messages.GetAsync(id, MessageWire.WholeShape.AsksForContent(selection.Fields), cancellationToken);
        return found.Succeeded
            ? new ItemAnswer<MessageDetails>("Message retrieved successfully", found.Value, MessageWire.WholeShape, selection.Fields)
            : Problem.From(found.Error);
    }

    private static async Task<IResult> SendTextAsync(Body<SendText> body, MessageSender sender, CancellationToken cancellationToken)
    {
        var sent = await sender.SendAsync(body.Value, cancellationToken);
        return sent.Succeeded
            ? new ObjectAnswer(Sent, json =>
            {
                MessageWire.WriteSent(json, sent.Value);
                json.WriteString("message"u8, sent.Value.Text);
            })
            : Problem.From(sent.Error);
    }

    private static async Task<IResult> SendMediaAsync(Body<SendMedia> body, MessageSender sender, CancellationToken cancellationToken)
    {
        var request = body.Value;
        var sent = await sender.SendAsync(request, cancellationToken);
        return sent.Succeeded
            ? new ObjectAnswer(Sent, json =>
            {
                MessageWire.WriteSent(json, sent.Value);
                json.WriteString("media_type"u8, request.MediaType.Value!.Trim());
                json.WriteString("media_url"u8, sent.Value.Url);
                json.WriteString("caption"u8, sent.Value.Text.Length == 0 ? null : sent.Value.Text);
                json.WriteString("filename"u8, sent.Value.FileName);
            })
            : Problem.From(sent.Error);
    }

    private static async Task<IResult> SendTemplateAsync(Body<SendTemplate> body, MessageSender sender, CancellationToken cancellationToken)
    {
        var request = body.Value;
        var sent = await sender.SendAsync(request, cancellationToken);
        return sent.Succeeded
            ? new ObjectAnswer(Sent, json =>
            {
                MessageWire.WriteSent(json, sent.Value);
                json.WriteString("template_name"u8, request.Name.Value!.Trim());
                json.WriteString("language"u8, sent.Value.Language);
            })
            : Problem.From(sent.Error);
    }

    private static async Task<IResult> SendInteractiveAsync(Body<SendInteractive> body, MessageSender sender, CancellationToken cancellationToken)
    {
        var request = body.Value;
        var sent = await sender.SendAsync(request, cancellationToken);
        return sent.Succeeded
            ? new ObjectAnswer(Sent, json =>
            {
                MessageWire.WriteSent(json, sent.Value);
                json.WriteString("type"u8, request.Type.Value!.Trim());
            })
            : Problem.From(sent.Error);
    }
}
