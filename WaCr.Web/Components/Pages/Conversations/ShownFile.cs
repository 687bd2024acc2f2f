using WaCr.Web.Features.Messaging.Inbox;

namespace WaCr.Web.Components.Pages.Conversations;

/// <summary>A picture or video of a conversation.</summary>
/// <param name="Name">Who sent it.</param>
/// <param name="Text">Its caption; empty if there is none.</param>
public sealed record ShownFile(long MessageId, long FileId, bool IsVideo, string Name, DateTimeOffset At, string Text)
{
    /// <summary>Null if the file is no picture or video, or not there yet.</summary>
    public static ShownFile? Of(ConversationMessage message, string name) => Of(
        message.Id, message.Type, message.File, name, message.CreatedAt, message.Type == MessageType.Template ? "" : message.Text);

    public static ShownFile? Of(CollectedMessage message, string name) =>
        Of(message.Id, message.Type, message.File, name, message.CreatedAt, message.Type == MessageType.Template ? "" : message.Text);

    // A template's type does not tell the type of its header's file.
    private static ShownFile? Of(long id, MessageType type, ConversationFile? file, string name, DateTimeOffset at, string text)
    {
        var isTemplate = type == MessageType.Template;
        var isVideo = type == MessageType.Video || (isTemplate && file?.ContentType?.StartsWith("video/", StringComparison.Ordinal) == true);
        var isPicture = type is MessageType.Image or MessageType.Sticker
            || (isTemplate && file?.ContentType?.StartsWith("image/", StringComparison.Ordinal) == true);
        return file?.FileId is { } fileId && (isVideo || isPicture) ? new(id, fileId, isVideo, name, at, text) : null;
    }
}
