namespace WaCr.Web.Domain;

/// <summary>An internal comment in a conversation; the contact never sees it.</summary>
public sealed class Comment : ITenantOwned
{
    public const int TextMaxLength = 5000;
    public const int StatusMessageMaxLength = 255;
    public const string DefaultStatusMessage = "Internal comment";

    public long Id { get; set; }
    public long TenantId { get; set; }
    public long ConversationId { get; set; }

    /// <summary>As written: plain text or HTML, sanitised when shown.</summary>
    public string Text { get; set; } = "";

    public string StatusMessage { get; set; } = DefaultStatusMessage;
    public long? MediaFileId { get; set; }
    public string? FileName { get; set; }

    /// <summary>The URL that its file came from.</summary>
    public string? Url { get; set; }

    /// <summary>The API caller's own id, as are references to it.</summary>
    public string? MessageId { get; set; }

    public string? RefMessageId { get; set; }
    public long? StaffId { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
}
