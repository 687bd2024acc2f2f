using WaCr.Web.Tenancy;

namespace WaCr.Web.Domain;

/// <summary>A message template of the WhatsApp Business Account, as it was when it was last synced; one row a language.</summary>
public sealed class Template : ITenantOwned
{
    public const string Approved = "APPROVED";
    public const string Authentication = "AUTHENTICATION";

    public const int NameMaxLength = 512;
    public const int LanguageMaxLength = 10;
    public const int WhatsAppIdMaxLength = 64;

    /// <summary>Of category, status, format and quality: WhatsApp adds words to these without notice, so they are kept as they come.</summary>
    public const int WordMaxLength = 40;

    public const int ReasonMaxLength = 1000;

    public long Id { get; set; }
    public long TenantId { get; set; }
    public string BusinessAccountId { get; set; } = "";
    public string WhatsAppId { get; set; } = "";
    public string Name { get; set; } = "";
    public string Language { get; set; } = "";
    public string Category { get; set; } = "";
    public string Status { get; set; } = "";

    /// <summary>POSITIONAL or NAMED.</summary>
    public string? ParameterFormat { get; set; }

    /// <summary>TEXT, IMAGE, VIDEO, DOCUMENT, NONE, and what WhatsApp adds.</summary>
    public string HeaderFormat { get; set; } = "NONE";

    public string? Quality { get; set; }
    public string? RejectedReason { get; set; }
    public int? MessageSendTtlSeconds { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset UpdatedAt { get; set; }
    public DateTimeOffset SyncedAt { get; set; }

    /// <summary>For search and lists; the truth is in <see cref="Components"/>.</summary>
    public string Body { get; set; } = "";

    /// <summary>JSON, raw.</summary>
    public string Components { get; set; } = "[]";
}
