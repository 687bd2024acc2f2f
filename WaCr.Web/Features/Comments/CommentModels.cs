using WaCr.Web.Common;
using WaCr.Web.Domain;

namespace WaCr.Web.Features.Comments;

/// <summary>A note to add to the conversation with a phone number.</summary>
public sealed record AddComment
{
    public const int TextMaxLength = Comment.TextMaxLength;
    public const int StatusMessageMaxLength = Comment.StatusMessageMaxLength;
    public const int ReferenceMaxLength = Message.WamidMaxLength;
    public const string DefaultStatusMessage = Comment.DefaultStatusMessage;

    public string? Text { get; init; }
    public string? StatusMessage { get; init; }

    /// <summary>Where a file is that is fetched and kept with it.</summary>
    public string? MediaUrl { get; init; }

    /// <summary>The caller's own ids, kept as they come.</summary>
    public string? MessageId { get; init; }

    public string? RefMessageId { get; init; }

    /// <summary>What the door could not read; reported beside the service's own findings.</summary>
    public FieldErrors Unreadable { get; init; } = [];
}

/// <param name="SenderId">The tenant's WhatsApp number as digits; null while WhatsApp has not told it.</param>
public sealed record AddedComment(
    long Id, long TenantId, long ConversationId, string? SenderId, string StatusMessage, string? Url, string? MessageId, string? RefMessageId);

/// <param name="Text">Harmless: what was HTML is sanitized, what was text is as it was written.</param>
/// <param name="Type">text, or the kind of its file: image, video, audio or document.</param>
public sealed record CommentItem(
    long Id, string Text, string Type, string StatusMessage, string? Url, string? MessageId, string? RefMessageId, long? StaffId, DateTimeOffset CreatedAt);

/// <summary>The fields of a comment in the words of the API.</summary>
public static class CommentFields
{
    public const string Text = "comment";
    public const string StatusMessage = "status_message";
    public const string MediaUrl = "media_url";
    public const string MessageId = "message_id";
    public const string RefMessageId = "ref_message_id";
}

public static class CommentErrors
{
    public static readonly FieldError TextRequired = new("comment.text_required", "Comment is required");
}
