namespace WaCr.Web.Features.Audit;

/// <summary>Filter for the audit trail; newest entries first.</summary>
public sealed record AuditQuery
{
    public const int DefaultSize = 50;
    public const int MaxSize = 100;

    /// <summary>Only this user's actions; null for everybody's.</summary>
    public long? UserId { get; init; }

    /// <summary>Only this kind, as in <see cref="AuditEntry.EntityType"/>; null for all.</summary>
    public string? EntityType { get; init; }

    /// <summary>Only this row; used together with <see cref="EntityType"/>.</summary>
    public long? EntityId { get; init; }

    public AuditAction? Action { get; init; }

    /// <summary>Inclusive start; the end is exclusive.</summary>
    public DateTimeOffset? From { get; init; }

    public DateTimeOffset? Before { get; init; }

    public int Page { get; init; } = 1;

    public int Size { get; init; } = DefaultSize;
}

/// <param name="HasMore">Whether older entries exist. They are not counted: there may be millions.</param>
public sealed record AuditPage(IReadOnlyList<AuditItem> Items, bool HasMore);

/// <summary>One entry as it is shown.</summary>
/// <param name="ActorName">Empty for the product itself and for anonymous requests.</param>
/// <param name="Subject">Name of the entity; empty for contacts and for deleted entities.</param>
/// <param name="Times">How often a counted event happened; null for entries written one by one.</param>
public sealed record AuditItem(
    long Id, DateTimeOffset At, AuditAction Action, string EntityType, long EntityId, string? Subject, ActorKind ActorKind,
    string ActorName, ChangeOrigin ChangeOrigin,
    string? Address, int? Times, IReadOnlyList<AuditField> Changes);

/// <summary>A field's old and new value as text; empty for no value.</summary>
public sealed record AuditField(string Name, string Before, string After);

/// <summary>Values the filter offers, and the retention in days.</summary>
public sealed record AuditChoices(IReadOnlyList<AuditPerson> People, int KeptDays);

public sealed record AuditPerson(long UserId, string Name);

public static class AuditErrors
{
    public static readonly IReadOnlyList<int> KeptDaysChoices = [30, 90, 180, 365, 730, 1825, 3650];

    public static readonly FieldError NotOffered = new("audit.not_offered", "Choose one of the offered times");

    public static ValidationError KeptDays => new("audit_kept_days", NotOffered);
}
