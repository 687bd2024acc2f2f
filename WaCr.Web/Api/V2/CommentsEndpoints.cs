using System.Text.Json;
using System.Text.Json.Nodes;
using WaCr.Web.Api.Answers;
using WaCr.Web.Api.Requests;
using WaCr.Web.Api.Wire;
using WaCr.Web.Features.Comments;

namespace WaCr.Web.Api.V2;

/// <summary>Comments in a conversation. Answered without envelope and <c>meta</c>, as in the v1 API.</summary>
internal static class CommentsEndpoints
{
    private const string Path = "/comments/{mobile}";

    private static readonly WireShape<CommentItem> Comment = new(
        "Comment",
        WireField.Id<CommentItem>(comment => comment.Id),
        WireField.Text<CommentItem>("message", comment => comment.Text, "The text; HTML is sanitized.", "Asked for a call back"),
        WireField.Word<CommentItem>(
            "type", comment => comment.Type, "`text`, or the kind of its file.", "text", "image", "video", "audio", "document"),
        WireField.Text<CommentItem>("status_message", comment => comment.StatusMessage, "A short label.", AddComment.DefaultStatusMessage),
        WireField.TextOrNull<CommentItem>("url", comment => comment.Url, "Where its file came from.", null),
        WireField.TextOrNull<CommentItem>("message_id", comment => comment.MessageId, "The caller's own id.", null),
        WireField.TextOrNull<CommentItem>("ref_message_id", comment => comment.RefMessageId, "The id that it refers to.", null),
        WireField.IntegerOrNull<CommentItem>("staff_id", comment => comment.StaffId, "Who wrote it; null for the API.", null),
        WireField.Time<CommentItem>("created_at", comment => comment.CreatedAt, "When."));

    public static IWireShape Shape => Comment;

    public static void MapComments(this IEndpointRouteBuilder api)
    {
        api.MapRead(Path, ListAsync, new("listComments", "List comments", Permissions.CommentsRead)
        {
            Description = "Lists the notes that staff and programs have left in the conversation with a phone number.",
            HasPages = true,
            Problems = [StatusCodes.Status422UnprocessableEntity],
            Flat = Schemas.Object(("data", Schemas.ArrayOf(Schemas.RefTo(Comment.Name), "Newest first."))),
        });
        api.MapPost(Path, AddAsync).Reads(Read).Describe(new("addComment", "Add comment", Permissions.CommentsWrite)
        {
            Description = "Leaves a note in the conversation with a phone number. The contact never sees it.",
            Body = Schemas.Object(
                (CommentFields.Text, Schemas.Text("Text or HTML.", "Asked for a call back", AddComment.TextMaxLength)),
                (CommentFields.StatusMessage,
                 Schemas.Text("A short label.", AddComment.DefaultStatusMessage, AddComment.StatusMessageMaxLength).OrNull()),
                (CommentFields.MediaUrl, Schemas.Text("A public http or https URL; the file is fetched and kept.", null).OrNull()),
                (CommentFields.MessageId, Schemas.Text("The caller's own id.", null, AddComment.ReferenceMaxLength).OrNull()),
                (CommentFields.RefMessageId, Schemas.Text("The id that it refers to.", null, AddComment.ReferenceMaxLength).OrNull()))
                .Required(CommentFields.Text),
            Example = new JsonObject { [CommentFields.Text] = "Asked for a call back" },
            Flat = Schemas.Object(
                ("message", Schemas.Text("For people.", "Comment added successfully")),
                ("tenant_id", Schemas.Integer("The workspace.", 1)),
                ("interaction_id", Schemas.Integer("The conversation.", 7)),
                ("sender_id",
                 Schemas.Text("The workspace's WhatsApp number; null while WhatsApp has not told it.", "15550783881").OrNull()),
                (CommentFields.StatusMessage, Schemas.Text("As it is kept.", AddComment.DefaultStatusMessage)),
                ("url", Schemas.Text("Where its file came from.", null).OrNull()),
                (CommentFields.MessageId, Schemas.Text("As it was given.", null).OrNull()),
                (CommentFields.RefMessageId, Schemas.Text("As it was given.", null).OrNull()),
                ("chat_message_id", Schemas.Integer("The comment.", 31))),
        });
    }

    private static async Task<IResult> ListAsync(
        string mobile, HttpRequest request, CommentQueries comments, CancellationToken cancellationToken)
    {
        // Clients of the v1 API know no pages and expect everything; they get the largest page.
        var size = request.Query.ContainsKey("page") || request.Query.ContainsKey("per_page")
            ? PageRequest.DefaultSize
            : PageRequest.MaxSize;
        var errors = new FieldErrors();
        var page = new PageRequest(
            Number(request, "page", 1, int.MaxValue, errors), Number(request, "per_page", size, PageRequest.MaxSize, errors));
        if (errors.Any)
        {
            return Problem.Invalid(errors);
        }

        var list = await comments.ListAsync(mobile, page, cancellationToken);
        return list.Answer(all => new FlatAnswer(json =>
        {
            json.WriteStartArray("data"u8);
            foreach (var comment in all)
            {
                Comment.Write(json, comment, Comment.Default);
            }

            json.WriteEndArray();
        }));
    }

    private static async Task<IResult> AddAsync(
        string mobile, Body<AddComment> body, CommentService comments, CancellationToken cancellationToken)
    {
        var added = await comments.AddAsync(mobile, body.Value, cancellationToken);
        return added switch
        {
            { Succeeded: true, Value: var comment } => new FlatAnswer(json => Write(json, comment)),
            { Error: ValidationError invalid } => Problem.InvalidTwice(invalid.Fields),
            _ => Problem.From(added.Error),
        };
    }

    private static AddComment Read(JsonElement body)
    {
        var reader = new ObjectReader(body);
        return new AddComment
        {
            Text = reader.Text(CommentFields.Text).Or(null),
            StatusMessage = reader.Text(CommentFields.StatusMessage).Or(null),
            MediaUrl = reader.Text(CommentFields.MediaUrl).Or(null),
            MessageId = reader.Text(CommentFields.MessageId).Or(null),
            RefMessageId = reader.Text(CommentFields.RefMessageId).Or(null),
            Unreadable = reader.Unreadable,
        };
    }

    private static void Write(Utf8JsonWriter json, AddedComment comment)
    {
        json.WriteString("message"u8, "Comment added successfully"u8);
        json.WriteNumber("tenant_id"u8, comment.TenantId);
        json.WriteNumber("interaction_id"u8, comment.ConversationId);
        json.WriteString("sender_id"u8, comment.SenderId);
        json.WriteString("status_message"u8, comment.StatusMessage);
        json.WriteString("url"u8, comment.Url);
        json.WriteString("message_id"u8, comment.MessageId);
        json.WriteString("ref_message_id"u8, comment.RefMessageId);
        json.WriteNumber("chat_message_id"u8, comment.Id);
    }

    private static int Number(HttpRequest request, string name, int fallback, int max, FieldErrors errors)
    {
        if (!request.Query.TryGetValue(name, out var given))
        {
            return fallback;
        }

        if (int.TryParse(given.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= max)
        {
            return number;
        }

        errors.Add(name, $"Must be an integer from 1 to {max}");
        return fallback;
    }
}
