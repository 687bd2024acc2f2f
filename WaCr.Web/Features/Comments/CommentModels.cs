namespace WaCr.Web.Features.Comments;

/// <summary>An internal comment to add to the conversation with a phone number.</summary>
public sealed record AddComment
{
    public const int TextMaxLength = Comment.TextMaxLength;
    public const int StatusMessageMaxLength = Comment.StatusMessageMaxLength;
    public const int ReferenceMaxLength = Message.WamidMaxLength;
    public const string DefaultStatusMessage = Comment.DefaultStatusMessage;

    public string? Text { get; init; }
    public string? StatusMessage { get; init; }

    /// <summary>URL of a file to download and attach.</summary>
    public string? MediaUrl { get; init; }

    /// <summary>The caller's own id, stored as given.</summary>
    public string? MessageId { get; init; }

    public string? RefMessageId { get; init; }

    /// <summary>Fields the caller could not parse; reported together with the service's errors.</summary>
    public FieldErrors Unreadable { get; init; } = [];
}

/// <param name="SenderId">The tenant's WhatsApp number in digits; null while unknown.</param>
public sealed record AddedComment(
    long Id, long TenantId, long ConversationId, string? SenderId, string StatusMessage, string? Url, string? MessageId,
    string? RefMessageId);

/// <param name="Text">Safe to show: HTML is sanitized, plain text is unchanged.</param>
/// <param name="Type"><c>text</c>, or the kind of the attached file: <c>image</c>, <c>video</c>, <c>audio</c> or <c>document</c>.</param>
public sealed record CommentItem(
    long Id, string Text, string Type, string StatusMessage, string? Url, string? MessageId, string? RefMessageId, long? StaffId,
    DateTimeOffset CreatedAt);

/// <summary>A comment's fields as named in the API.</summary>
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
