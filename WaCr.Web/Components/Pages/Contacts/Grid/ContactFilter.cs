using WaCr.Web.Features.Contacts;

namespace WaCr.Web.Components.Pages.Contacts.Grid;

/// <summary>
/// One filter of the list, as in the URL: <c>status_id=3,4</c>, <c>group_id=!7</c>, <c>assigned_id=none</c>,
/// <c>created_at=2026-01-01..2026-03-31</c>, <c>email=yes</c>.
/// </summary>
/// <param name="Not">Excludes the values.</param>
public sealed record ContactFilter(string Name, bool Not, IReadOnlyList<string> Values)
{
    public const string Type = ContactFilterFields.Type;
    public const string Status = ContactFilterFields.StatusId;
    public const string Source = ContactFilterFields.SourceId;
    public const string Assigned = ContactFilterFields.AssignedId;
    public const string Group = ContactFilterFields.GroupId;
    public const string Country = ContactFilterFields.CountryId;
    public const string Created = ContactFilterFields.CreatedAt;
    public const string Changed = ContactFilterFields.UpdatedAt;
    public const string LastMessage = ContactFilterFields.LastMessageAt;
    public const string Unread = ContactFilterFields.Unread;
    public const string Campaign = ContactFilterFields.Campaign;
    public const string Email = ContactFilterFields.Email;
    public const string Consent = ContactFilterFields.Consent;
    public const string OptedOut = ContactFilterFields.IsOptedOut;

    /// <summary>The value for no assignee, no group, no country.</summary>
    public const string Nothing = "none";
    public const string Yes = "yes";
    public const string No = "no";

    /// <summary>What the list offers, in display order.</summary>
    public static readonly IReadOnlyList<string> Offered =
    [
        Type, Status, Source, Assigned, Group, Country, .. ContactFields.Filters.Select(field => field.Name),
        LastMessage, Unread, Created, Changed, Email, OptedOut, Consent,
    ];

    /// <summary>With the one that only a campaign's page leads to.</summary>
    public static readonly IReadOnlyList<string> Names = [.. Offered, Campaign];

    private const int MaxValues = 100;
    private const string To = "..";
    private static readonly DateOnly Earliest = new(2000, 1, 1);
    private static readonly DateOnly Latest = new(2100, 1, 1);

    public string Text => (Not ? "!" : "") + string.Join(',', Values);

    public bool IsNothing => Values is [Nothing];

    public DateOnly? From => DateOf(0);

    public DateOnly? Until => DateOf(1);

    public static bool AllowsNone(string name) => name is Assigned or Group or Country || ContactFields.FindFilter(name) is not null;

    public static bool IsYesOrNo(string name) => name is Email or OptedOut or Unread;

    public static bool IsDays(string name) => name is Created or Changed or LastMessage;

    /// <summary>Null if it is none: a campaign's id and how far its message got, as <c>12-read</c>.</summary>
    public static (long Id, CampaignReach Reach)? ReadCampaign(string value) =>
        value.Split('-') is [var number, var word] && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            && Enum.TryParse<CampaignReach>(word, ignoreCase: true, out var reach) && Enum.IsDefined(reach) && !char.IsDigit(word[0])
            ? (id, reach)
            : null;

    public static ContactFilter Of(long campaignId, CampaignReach reach) =>
        new(Campaign, false, [string.Create(CultureInfo.InvariantCulture, $"{campaignId}-{reach}").ToLowerInvariant()]);

    public static ContactFilter Between(string name, DateOnly? from, DateOnly? until) => new(name, false, [Iso(from) + To + Iso(until)]);

    /// <summary>Null if invalid.</summary>
    public static ContactFilter? Read(string name, string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        var not = text[0] == '!';
        var values = text[(not ? 1 : 0)..].Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Distinct(StringComparer.Ordinal).ToList();
        var filter = new ContactFilter(name, not, values);
        return values.Count is > 0 and <= MaxValues && filter.IsValid() ? filter : null;
    }

    public FilterTerm ToTerm(string timeZone) => Name switch
    {
        Type => Numbers([.. Values.Select(value => (long)Enum.Parse<ContactType>(value, ignoreCase: true))]),
        Created or Changed or LastMessage => Days(timeZone),
        Campaign => FilterTerm.OfNumbers(
            Name, FilterOperator.In, ReadCampaign(Values[0])!.Value.Id, (long)ReadCampaign(Values[0])!.Value.Reach),
        Consent => Numbers([.. Values.Select(value => (long)ConsentLabels.ReadFilter(value)!.Value)]),
        Email => Null(Values[0] == No),
        OptedOut or Unread => FilterTerm.OfNumbers(Name, FilterOperator.Equal, Values[0] == Yes ? 1 : 0),
        _ when IsNothing => Null(!Not),
        _ when ContactFields.FindFilter(Name) is not null => FilterTerm.OfTexts(Name, Among, Values),
        _ => Numbers([.. Values.Select(value => long.Parse(value, CultureInfo.InvariantCulture))]),
    };

    private bool IsValid() => Name switch
    {
        Type => Values.All(value => value is "lead" or "customer" or "guest"),
        Campaign => !Not && Values is [{ } value] && ReadCampaign(value) is not null,
        Consent => Values.All(value => ConsentLabels.ReadFilter(value) is not null),
        Email or OptedOut or Unread => !Not && Values is [Yes or No],
        Created or Changed or LastMessage => !Not && Values is [{ } span]
            && span.Split(To) is [var from, var until] && IsDay(from) && IsDay(until) && span != To,
        _ when AllowsNone(Name) && IsNothing => true,
        _ when ContactFields.FindFilter(Name) is { } field => Values.All(value => field.Normalize(value) is not null),
        _ => Values.All(value => long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0),
    };

    private FilterOperator Among => (Values.Count, Not) switch
    {
        (1, false) => FilterOperator.Equal,
        (1, true) => FilterOperator.NotEqual,
        (_, false) => FilterOperator.In,
        _ => FilterOperator.NotIn,
    };

    private FilterTerm Numbers(long[] values) => FilterTerm.OfNumbers(Name, Among, values);

    private FilterTerm Null(bool wanted) => FilterTerm.OfNumbers(Name, FilterOperator.Null, wanted ? 1 : 0);

    // Whole days in the workspace's time zone.
    private FilterTerm Days(string timeZone) => (From, Until) switch
    {
        ({ } from, { } until) => FilterTerm.OfNumbers(
            Name, FilterOperator.Between, Start(from, timeZone), Start(until.AddDays(1), timeZone) - 1),
        ({ } from, null) => FilterTerm.OfNumbers(Name, FilterOperator.GreaterOrEqual, Start(from, timeZone)),
        (_, var until) => FilterTerm.OfNumbers(Name, FilterOperator.LessThan, Start(until!.Value.AddDays(1), timeZone)),
    };

    private static long Start(DateOnly day, string timeZone)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out var zone))
        {
            return midnight.Ticks;
        }

        // If the clock changes at midnight, the day starts after the change.
        return TimeZoneInfo.ConvertTimeToUtc(zone.IsInvalidTime(midnight) ? midnight.AddHours(1) : midnight, zone).Ticks;
    }

    private DateOnly? DateOf(int side) =>
        IsDays(Name) && Values[0].Split(To)[side] is { Length: > 0 } text
            ? DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture) : null;

    private static bool IsDay(string text) =>
        text.Length == 0 || (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day >= Earliest && day < Latest);

    private static string Iso(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
}
