namespace WaCr.Web.Domain;

/// <summary>A message template of the WhatsApp Business Account, as of the last sync; one row per language.</summary>
public sealed class Template : ITenantOwned
{
    public const string Approved = "APPROVED";
    public const string Archived = "ARCHIVED";
    public const string Authentication = "AUTHENTICATION";

    public const int NameMaxLength = 512;
    public const int LanguageMaxLength = 10;
    public const int WhatsAppIdMaxLength = 64;

    /// <summary>For category, status, format and quality: WhatsApp adds values without notice, so they are stored as they come.</summary>
    public const int WordMaxLength = 40;

    public const int ReasonMaxLength = 1000;
    public const int EditTimesMaxLength = 400;

    private const int MaxEdits = 10;
    private static readonly TimeSpan EditsWithin = TimeSpan.FromDays(30);
    private static readonly TimeSpan BetweenEdits = TimeSpan.FromDays(1);

    /// <summary>All statuses. Other states that WhatsApp reports (flagged, locked, a limit) leave the status unchanged.</summary>
    private static readonly string[] Statuses =
        [Approved, "PENDING", "REJECTED", "PAUSED", "DISABLED", "IN_APPEAL", "PENDING_DELETION", "DELETED", Archived];

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

    /// <summary>TEXT, IMAGE, VIDEO, DOCUMENT, NONE, and what WhatsApp adds later.</summary>
    public string HeaderFormat { get; set; } = "NONE";

    public string? Quality { get; set; }
    public string? RejectedReason { get; set; }
    public int? MessageSendTtlSeconds { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset UpdatedAt { get; set; }
    public DateTimeOffset SyncedAt { get; set; }

    /// <summary>For search and lists; <see cref="Components"/> is authoritative.</summary>
    public string Body { get; set; } = "";

    /// <summary>JSON, raw.</summary>
    public string Components { get; set; } = "[]";

    /// <summary>When its text was edited here in the last 30 days: Unix seconds with spaces between them.</summary>
    public string EditTimes { get; set; } = "";

    /// <summary>When WhatsApp takes the next edit of an approved template (one in 24 hours, ten in 30 days); null if it does now.</summary>
    public DateTimeOffset? NextEditAt(DateTimeOffset now)
    {
        var edits = Edits(now);
        var next = DateTimeOffset.MinValue;
        next = edits.Count > 0 ? edits[^1] + BetweenEdits : next;
        next = edits.Count >= MaxEdits && edits[^MaxEdits] + EditsWithin > next ? edits[^MaxEdits] + EditsWithin : next;
        return next > now ? next : null;
    }

    public void NoteEdit(DateTimeOffset now) =>
        EditTimes = string.Join(' ', Edits(now).Append(now).Select(at => at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)));

    private List<DateTimeOffset> Edits(DateTimeOffset now) => [.. EditTimes.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Select(at => DateTimeOffset.FromUnixTimeSeconds(long.Parse(at, CultureInfo.InvariantCulture)))
        .Where(at => at > now - EditsWithin)];

    /// <summary>The status after an event; null if the event does not change it.</summary>
    public static string? StatusAfter(string word) => word.ToUpperInvariant() switch
    {
        "REINSTATED" or "UNARCHIVED" or "UNPAUSED" or "UNPAUSE" or "UNLOCKED" or "UNFLAGGED" => Approved,
        var status => Array.Find(Statuses, status.Equals),
    };

    /// <summary>The status of a template in WhatsApp's list; flagged and locked templates keep being sent.</summary>
    public static string StatusOf(string word) =>
        StatusAfter(word) ?? (word.ToUpperInvariant() is "FLAGGED" or "LOCKED" ? Approved : word.ToUpperInvariant());
}
