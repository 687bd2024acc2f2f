using WaCr.Web.Features.Messaging.Inbox;

namespace WaCr.Web.Components.Pages.Conversations;

/// <summary>A picture or video of a conversation.</summary>
/// <param name="Name">Who sent it.</param>
/// <param name="Text">Its caption; empty if there is none.</param>
public sealed record MediaItem(long MessageId, long FileId, bool IsVideo, string Name, DateTimeOffset At, string Text)
{
    /// <summary>Null if the file is no picture or video, or not there yet.</summary>
    public static MediaItem? Of(ConversationMessage message, string name) => Of(
        message.Id, message.Type, message.File, name, message.CreatedAt, message.Type == MessageType.Template ? "" : message.Text);

    public static MediaItem? Of(CollectedMessage message, string name) =>
        Of(message.Id, message.Type, message.File, name, message.CreatedAt, message.Type == MessageType.Template ? "" : message.Text);

    public static bool IsPictureFile(MessageType type, ConversationFile? file) =>
        type is MessageType.Image or MessageType.Sticker || IsHeader(type, file, "image/");

    public static bool IsVideoFile(MessageType type, ConversationFile? file) => type == MessageType.Video || IsHeader(type, file, "video/");

    private static MediaItem? Of(long id, MessageType type, ConversationFile? file, string name, DateTimeOffset at, string text) =>
        file?.FileId is { } fileId && (IsVideoFile(type, file) || IsPictureFile(type, file))
            ? new(id, fileId, IsVideoFile(type, file), name, at, text)
            : null;

    // A template's type does not tell the type of its header's file.
    private static bool IsHeader(MessageType type, ConversationFile? file, string kind) =>
        type == MessageType.Template && file?.ContentType?.StartsWith(kind, StringComparison.Ordinal) == true;
}
