namespace WaCr.Web.Domain;

/// <summary>A file that the tenant sent or received, stored once; its bytes are in the file store under the hash.</summary>
public sealed class MediaFile : ITenantOwned
{
    public const int HashLength = 32;
    public const int ContentTypeMaxLength = 100;

    public long Id { get; set; }
    public long TenantId { get; set; }

    /// <summary>SHA-256 of the bytes.</summary>
    public byte[] Hash { get; set; } = [];

    public long Size { get; set; }

    /// <summary>Detected from the content, not from a name or header.</summary>
    public string ContentType { get; set; } = "";

    public DateTimeOffset CreatedAt { get; set; }
}

public enum MediaState
{
    /// <summary>Not downloaded from WhatsApp yet.</summary>
    Waiting = 0,
    Stored = 1,

    /// <summary>Given up; see the error.</summary>
    Failed = 2,
}

/// <summary>The file of a message.</summary>
public sealed class MessageMedia : ILeased
{
    public const int WhatsAppIdMaxLength = 100;
    public const int FileNameMaxLength = 255;
    public const int ContentTypeMaxLength = 255;
    public const int ErrorMaxLength = 500;

    public long TenantId { get; set; }
    public long MessageId { get; set; }

    /// <summary>Null until downloaded.</summary>
    public long? MediaFileId { get; set; }

    public MediaState State { get; set; }

    /// <summary>Meta's id of the file; Meta deletes inbound files after 7 days.</summary>
    public string? WhatsAppId { get; set; }

    /// <summary>The name that the sender gave it; for display, never used as a path.</summary>
    public string? FileName { get; set; }

    /// <summary>The type that the sender claims.</summary>
    public string? ClaimedContentType { get; set; }

    public bool IsVoice { get; set; }
    public int Attempts { get; set; }
    public DateTimeOffset? DueAt { get; set; }
    public Guid? LeaseOwner { get; set; }
    public string? Error { get; set; }
}
