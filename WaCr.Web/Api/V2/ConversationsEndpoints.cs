using WaCr.Web.Api.Answers;
using WaCr.Web.Api.Requests;
using WaCr.Web.Api.Wire;
using WaCr.Web.Features.Messaging.Inbox;

namespace WaCr.Web.Api.V2;

internal static class ConversationsEndpoints
{
    private const string Path = "/conversations";
    private const string PathOfOne = "/conversations/{id}";

    public static void MapConversations(this IEndpointRouteBuilder api)
    {
        api.MapRead(Path, ListAsync, new("listConversations", "List conversations", Permissions.ConversationsRead)
        {
            Description = "Lists conversations, the one with the newest message first: whose they are, what is unread, and whether the 24-hour window is open.",
            List = ConversationWire.List,
        });
        api.MapRead(PathOfOne, GetAsync, new("getConversation", "Retrieve conversation", Permissions.ConversationsRead)
        {
            Description = "Reads one conversation. Its messages are those of `GET /messages` with `filter[interaction_id]`.",
            Single = ConversationWire.List,
            HasETag = true,
        });
        api.MapPatch(PathOfOne, UpdateAsync).Reads(ConversationWire.Read).Describe(new("updateConversation", "Update conversation", Permissions.ConversationsWrite)
        {
            Description = "Assigns a conversation to a user of the workspace, or to nobody with `null`.",
            Body = ConversationWire.BodySchema(),
            Example = ConversationWire.Example(),
            Data = Schemas.RefTo(ConversationWire.Shape.Name),
            HasETag = true,
        });
        api.MapPost(PathOfOne + "/read", MarkReadAsync).Describe(new("markConversationRead", "Mark conversation as read", Permissions.ConversationsWrite)
        {
            Description = "Marks all messages of the contact as read, for everybody in the workspace. The contact is not told.",
            Data = Schemas.RefTo(ConversationWire.Shape.Name),
        });
    }

    private static async Task<IResult> ListAsync(ListRequest list, ConversationQueries conversations, CancellationToken cancellationToken)
    {
        var query = new ConversationQuery(list.Page, list.Sort is [{ Descending: false }, ..], list.Filters);
        var page = await conversations.ListAsync(query, cancellationToken);
        return page.Answer(value => new PageAnswer<ConversationDetails>(
            "Conversations retrieved successfully", value, ConversationWire.Shape, list.Fields));
    }

    private static async Task<IResult> GetAsync(
        string id, FieldSelection selection, HttpRequest request, ConversationQueries conversations, CancellationToken cancellationToken)
    {
        var found = await conversations.GetAsync(RouteId.Read(id), cancellationToken);
        if (!found.Succeeded)
        {
            return Problem.From(found.Error);
        }

        return IfMatch.NoneMatches(request.Headers, ApiAnswer.TagOf(found.Value.Version))
            ? new NotModifiedAnswer(ApiAnswer.TagOf(found.Value.Version))
            : Answer("Conversation retrieved successfully", found.Value, selection.Fields);
    }

    private static Task<IResult> UpdateAsync(
        string id, Body<Optional<long?>> body, IfMatch condition, ConversationActions actions, CancellationToken cancellationToken) =>
        actions.UpdateAsync(RouteId.Read(id), body.Value, condition.Versions, cancellationToken)
            .AnswerAsync(updated => Answer("Conversation updated successfully", updated, ConversationWire.Shape.Default));

    private static Task<IResult> MarkReadAsync(string id, ConversationActions actions, CancellationToken cancellationToken) =>
        actions.MarkAllReadAsync(RouteId.Read(id), cancellationToken)
            .AnswerAsync(read => Answer("Conversation marked as read", read, ConversationWire.Shape.Default));

    private static ItemAnswer<ConversationDetails> Answer(string message, ConversationDetails conversation, ulong fields) =>
        new(message, conversation, ConversationWire.Shape, fields) { ETag = ApiAnswer.TagOf(conversation.Version) };
}
