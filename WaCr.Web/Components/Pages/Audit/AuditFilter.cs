using WaCr.Web.Components.Shared;
using WaCr.Web.Features.Audit;

namespace WaCr.Web.Components.Pages.Audit;

/// <summary>The page's filters, as in its URL.</summary>
public sealed record AuditFilter
{
    public const string User = "user";
    public const string Kind = "kind";
    public const string Event = "event";
    public const string From = "from";
    public const string To = "to";
    public const string Page = "page";

    private const string DayFormat = "yyyy-MM-dd";

    public long? UserId { get; init; }

    public string? EntityType { get; init; }

    public AuditAction? Action { get; init; }

    /// <summary>In the reader's time zone; both days included.</summary>
    public DateOnly? FirstDay { get; init; }

    public DateOnly? LastDay { get; init; }

    public int Number { get; init; } = 1;

    public bool IsEmpty => this == new AuditFilter { Number = Number };

    /// <summary>Reads the URL; invalid filters are ignored.</summary>
    public static AuditFilter Read(Func<string, string?> value) => new()
    {
        UserId = long.TryParse(value(User), NumberStyles.None, CultureInfo.InvariantCulture, out var user) ? user : null,
        EntityType = value(Kind) is { Length: > 0 and <= AuditEntry.EntityTypeMaxLength } type ? type : null,
        Action = Enum.TryParse<AuditAction>(value(Event), ignoreCase: true, out var action) && Enum.IsDefined(action) ? action : null,
        FirstDay = Day(value(From)),
        LastDay = Day(value(To)),
        Number = int.TryParse(value(Page), NumberStyles.None, CultureInfo.InvariantCulture, out var page) && page > 0 ? page : 1,
    };

    public AuditQuery ToQuery(string timeZone) => new()
    {
        UserId = UserId,
        EntityType = EntityType,
        Action = Action,
        From = FirstDay is { } first ? ZoneClock.Moment(first.ToDateTime(TimeOnly.MinValue), timeZone) : null,
        Before = LastDay is { } last && last < DateOnly.MaxValue
            ? ZoneClock.Moment(last.AddDays(1).ToDateTime(TimeOnly.MinValue), timeZone)
            : null,
        Page = Number,
    };

    public string AddressAt(string path) => path + QueryString.Create(
        new[]
        {
            (User,
             UserId?.ToString(CultureInfo.InvariantCulture)), (Kind, EntityType), (Event, Action?.ToString()
                 .ToLowerInvariant()), (From, Text(FirstDay)),
            (To, Text(LastDay)), (Page, Number == 1 ? null : Number.ToString(CultureInfo.InvariantCulture)),
        }
        .Where(pair => !string.IsNullOrEmpty(pair.Item2))
        .Select(pair => KeyValuePair.Create(pair.Item1, pair.Item2)));

    private static DateOnly? Day(string? text) =>
        DateOnly.TryParseExact(text, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year > 1
            ? day
            : null;

    private static string? Text(DateOnly? day) => day?.ToString(DayFormat, CultureInfo.InvariantCulture);
}
