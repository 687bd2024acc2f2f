using WaCr.Web.Tenancy;

namespace WaCr.Web.Domain;

/// <summary>A note among colleagues inside a conversation; the customer never sees it.</summary>
public sealed class Comment : ITenantOwned
{
    public const int TextMaxLength = 5000;
    public const int StatusMessageMaxLength = 255;
    public const string DefaultStatusMessage = "Internal comment";

    public long Id { get; set; }
    public long TenantId { get; set; }
    public long ConversationId { get; set; }

    /// <summary>As it was written: plain text or HTML, made harmless where it is shown.</summary>
    public string Text { get; set; } = "";

    public string StatusMessage { get; set; } = DefaultStatusMessage;
    public long? MediaFileId { get; set; }
    public string? FileName { get; set; }

    /// <summary>Where its file came from.</summary>
    public string? Url { get; set; }

    /// <summary>The caller's own, as are references to it.</summary>
    public string? MessageId { get; set; }

    public string? RefMessageId { get; set; }
    public long? StaffId { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
}
