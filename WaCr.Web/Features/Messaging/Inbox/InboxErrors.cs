namespace WaCr.Web.Features.Messaging.Inbox;

public static class InboxErrors
{
    public static NotFoundError NotFound => new("conversation.not_found", "Conversation not found");
}
