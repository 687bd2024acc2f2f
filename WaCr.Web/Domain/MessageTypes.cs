namespace WaCr.Web.Domain;

/// <summary>What the kinds of messages have in common.</summary>
public static class MessageTypes
{
    /// <summary>From a contact, these ask for no answer and open no 24 hours; a call does both.</summary>
    public static readonly IReadOnlyList<MessageType> AskNothing = [MessageType.Reaction, MessageType.System];

    /// <summary>Something that happened, not a message: it cannot be quoted, reacted to, forwarded or marked read.</summary>
    public static bool IsEvent(this MessageType type) => type is MessageType.System or MessageType.Call;
}
