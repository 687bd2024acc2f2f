using Microsoft.Net.Http.Headers;
using WaCr.Web.Api.Answers;
using WaCr.Web.Api.Requests;
using WaCr.Web.Api.Wire;
using WaCr.Web.Features.Files;
using WaCr.Web.Features.Messaging;

namespace WaCr.Web.Api.V2;

internal static class MessagesEndpoints
{
    private const string Path = "/messages";
    private const string PathOfOne = "/messages/{id}";

    public static void MapMessages(this IEndpointRouteBuilder api)
    {
        api.MapRead(Path, ListAsync, new("listMessages", "List messages", Permissions.MessagesRead)
        {
            Description =
                "Lists messages in both directions, the newest first, with filters by kind, status, direction, contact and conversation.",
            List = MessageWire.List,
        });
        api.MapRead(PathOfOne, GetAsync, new("getMessage", "Retrieve message", Permissions.MessagesRead)
        {
            Description = "Reads one message by its id, or by the id that WhatsApp gave it.",
            Single = MessageWire.Single,
        });
        api.MapRead(PathOfOne + "/media", GetMediaAsync, new("getMessageMedia", "Download message media", Permissions.MessagesRead)
        {
            Description = "Streams the file of a message under its own name and type, whole or in parts (`Range`).",
            File = "*/*",
        });
        api.MapSends();
        api.MapDelete(PathOfOne, CancelAsync).Describe(new("cancelMessage", "Cancel scheduled message", Permissions.MessagesSend)
        {
            Description =
                "Takes back a message that waits for its time (`send_at`). One that was sent, failed or was cancelled meanwhile is a conflict.",
            Problems = [StatusCodes.Status409Conflict],
        });
        api.MapPost(PathOfOne + "/read", ReadAsync)
            .Reads(MessageSendBody.ReadTyping)
            .Describe(new("readMessage", "Mark message read", Permissions.MessagesSend)
            {
                Description =
                "Shows the customer that this message of theirs, and all before it, were read; with `typing` also that somebody writes. What staff have read stays as it is.",
                Body = MessageSendBody.ReadSchema(),
                IsBodyOptional = true,
                Example = new() { [MessageSendBody.Typing] = true },
                Data = Schemas.Object(
                ("message_id", Schemas.Text("WhatsApp's id of the message.", "wamid.HBgLMTY1")),
                ("contact_id", Schemas.Integer("Who wrote it.", 12)),
                ("chat_id", Schemas.Integer("The conversation.", 7)),
                ("chat_message_id", Schemas.Integer("What `GET /messages/{id}` takes.", 4711)),
                ("status", Schemas.Word("It, and what was written before it.", "read")),
                (MessageSendBody.Typing, Schemas.Boolean("Whether the customer sees that somebody writes.")))
                .Required("message_id", "contact_id", "chat_id", "chat_message_id", "status", MessageSendBody.Typing),
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
        return page.Answer(value => new PageAnswer<MessageDetails>(
            "Messages retrieved successfully", value, MessageWire.Shape, list.Fields));
    }

    private static Task<IResult> GetAsync(
        string id, FieldSelection selection, MessageQueries messages, CancellationToken cancellationToken) =>
        messages.GetAsync(id, MessageWire.WholeShape.AsksForContent(selection.Fields), cancellationToken)
            .AnswerAsync(found => new ItemAnswer<MessageDetails>(
                "Message retrieved successfully", found, MessageWire.WholeShape, selection.Fields));

    private static async Task<IResult> GetMediaAsync(
        string id, HttpResponse response, MessageMediaQueries media, CancellationToken cancellationToken)
    {
        var opened = await media.OpenAsync(id, cancellationToken);
        if (!opened.Succeeded)
        {
            return Problem.From(opened.Error);
        }

        var file = opened.Value;
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(file.Name); // in ASCII, and encoded (RFC 5987)
        response.Headers.ContentDisposition = disposition.ToString();
        return Results.Stream(
            file.Content, file.ContentType, entityTag: new EntityTagHeaderValue($"\"{file.ETag}\""), enableRangeProcessing: true);
    }

    private static Task<IResult> CancelAsync(string id, MessageScheduler scheduler, CancellationToken cancellationToken) =>
        scheduler.CancelAsync(RouteId.Read(id), cancellationToken).AnswerAsync(_ => new EmptyAnswer("Message cancelled successfully"));

    private static Task<IResult> ReadAsync(
        string id, Body<bool> typing, MessageReceipts receipts, CancellationToken cancellationToken) =>
        receipts.MarkReadAsync(id, typing.Value, cancellationToken)
            .AnswerAsync(read => new ObjectAnswer("Message marked as read", json =>
            {
                json.WriteString("message_id"u8, read.Wamid);
                json.WriteNumber("contact_id"u8, read.ContactId);
                json.WriteNumber("chat_id"u8, read.ConversationId);
                json.WriteNumber("chat_message_id"u8, read.Id);
                json.WriteString("status"u8, "read"u8);
                json.WriteBoolean("typing"u8, typing.Value);
            }));
}
