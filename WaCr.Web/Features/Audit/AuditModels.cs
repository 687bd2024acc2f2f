using WaCr.Web.Common;
using WaCr.Web.Domain;
using WaCr.Web.Tenancy;

namespace WaCr.Web.Features.Audit;

/// <summary>Which entries of the audit trail to show, the latest first.</summary>
public sealed record AuditQuery
{
    public const int DefaultSize = 50;
    public const int MaxSize = 100;

    /// <summary>By this user; null: whoever.</summary>
    public long? UserId { get; init; }

    /// <summary>About this kind of thing, as in <see cref="AuditEntry.EntityType"/>; null: all.</summary>
    public string? EntityType { get; init; }

    /// <summary>About this one alone, beside <see cref="EntityType"/>.</summary>
    public long? EntityId { get; init; }

    public AuditAction? Action { get; init; }

    /// <summary>From the start of this time, and before the end of the other.</summary>
    public DateTimeOffset? From { get; init; }

    public DateTimeOffset? Before { get; init; }

    public int Page { get; init; } = 1;

    public int Size { get; init; } = DefaultSize;
}

/// <param name="HasMore">Whether there are older ones. They are not counted: there may be millions.</param>
public sealed record AuditPage(IReadOnlyList<AuditItem> Items, bool HasMore);

/// <summary>One entry as it is shown.</summary>
/// <param name="ActorName">Empty where it was the product itself, or somebody who proved nothing.</param>
/// <param name="Subject">The name of what it is about, where it is no customer and still has one.</param>
/// <param name="Times">How often a counted event happened; null for what is written one by one.</param>
public sealed record AuditItem(
    long Id, DateTimeOffset At, AuditAction Action, string EntityType, long EntityId, string? Subject, ActorKind ActorKind, string ActorName, ChangeOrigin ChangeOrigin,
    string? Address, int? Times, IReadOnlyList<AuditField> Changes);

/// <summary>One field before and after, as text; empty where there was nothing.</summary>
public sealed record AuditField(string Name, string Before, string After);

/// <summary>Who and what can be asked for, and how long it is kept.</summary>
public sealed record AuditChoices(IReadOnlyList<AuditPerson> People, int KeptDays);

public sealed record AuditPerson(long UserId, string Name);

public static class AuditErrors
{
    public static readonly IReadOnlyList<int> KeptDaysChoices = [30, 90, 180, 365, 730, 1825, 3650];

    public static readonly FieldError NotOffered = new("audit.not_offered", "Choose one of the offered times");

    public static ValidationError KeptDays => new("audit_kept_days", NotOffered);
}
