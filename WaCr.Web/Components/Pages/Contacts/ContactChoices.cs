using WaCr.Web.Components.Language;
using WaCr.Web.Components.Shared;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Lookups;
using WaCr.Web.Features.Users;

namespace WaCr.Web.Components.Pages.Contacts;

/// <summary>What the pickers of the contact form offer.</summary>
public sealed record ContactChoices(
    IReadOnlyList<Choice> Statuses, IReadOnlyList<Choice> Sources, IReadOnlyList<Choice> Groups,
    IReadOnlyList<Choice> Countries, IReadOnlyList<Choice> People)
{
    public static IReadOnlyList<Choice> TypesIn(Localizer T) => [new("lead", T["Lead"]), new("customer", T["Customer"]), new("guest", T["Guest"])];

    /// <summary>The label of a field's value; null if it needs a workspace table, or the value is its own label.</summary>
    public static string? NameOf(Localizer T, string field, string value) =>
        field == ContactFieldNames.Type ? TypesIn(T).FirstOrDefault(type => type.Value == value)?.Text
        : IsLanguage(field) ? LanguageNames.Of(value)
        : field == ContactFieldNames.Consent ? ConsentLabels.Filters(T).FirstOrDefault(choice => choice.Value == value)?.Text
        : null;

    /// <summary>The choices of a field; null if it takes any text. Groups have their own picker.</summary>
    /// <param name="T">Translates the labels.</param>
    /// <param name="field">One of <see cref="ContactFieldNames"/>.</param>
    /// <param name="value">The current value.</param>
    public IReadOnlyList<Choice>? Of(Localizer T, string field, string value = "") => field switch
    {
        ContactFieldNames.Type => TypesIn(T),
        ContactFieldNames.Consent => ConsentLabels.Filters(T),
        ContactFieldNames.StatusId => Statuses,
        ContactFieldNames.SourceId => Sources,
        ContactFieldNames.CountryId => Countries,
        ContactFieldNames.AssignedId => People,
        _ when IsLanguage(field) => LanguageNames.Choices(value),
        _ => null,
    };

    /// <summary>Of a new contact: a name and a phone are enough, the rest has what most have.</summary>
    public IReadOnlyDictionary<string, string> FirstValues() => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [ContactFieldNames.Type] = "lead",
        [ContactFieldNames.StatusId] = FirstOf(Statuses),
        [ContactFieldNames.SourceId] =
            Sources.FirstOrDefault(source => source.Text == Source.FirstName)?.Value ?? FirstOf(Sources),
    };

    private static string FirstOf(IReadOnlyList<Choice> choices) => choices.Count > 0 ? choices[0].Value : "";

    private static bool IsLanguage(string field) => ContactFields.Find(field) is ContactTextField { Input: ContactFieldInput.Language };

    /// <summary>A copy with a newly created group.</summary>
    public ContactChoices WithGroup(long id, string name) => this with { Groups = [.. Groups, Choice.Of(id, name)] };
}

/// <summary>Loads the choices; a workspace has tens of each.</summary>
public sealed class ContactChoicesLoader(
    LookupQueries<Status> statuses, LookupQueries<Source> sources, LookupQueries<Group> groups, CountryQueries countries, UserQueries users)
{
    private static readonly LookupListQuery ByName = new() { Page = new PageRequest(1, 1_000), Sort = [new SortTerm(LookupFields.Name, false)] };

    public async Task<Result<ContactChoices>> LoadAsync(CancellationToken cancellationToken)
    {
        var allStatuses = await statuses.ListAsync(ByName with { Sort = [new SortTerm(LookupFields.Position, false)] }, cancellationToken);
        var allSources = await sources.ListAsync(ByName, cancellationToken);
        var allGroups = await groups.ListAsync(ByName, cancellationToken);
        var people = await users.ListAsync(cancellationToken);
        if ((allStatuses.Error ?? allSources.Error ?? allGroups.Error ?? people.Error) is { } error)
        {
            return error;
        }

        var allCountries = await countries.ListAsync(cancellationToken);
        return new ContactChoices(
            Of(allStatuses.Value!), Of(allSources.Value!), Of(allGroups.Value!),
            CountryNames.Choices(allCountries, country => country.Id.ToString(CultureInfo.InvariantCulture)),
            [.. people.Value!.Select(person => Choice.Of(person.Id, person.Name))]);
    }

    private static List<Choice> Of(Page<LookupDetails> page) => [.. page.Items.Select(lookup => Choice.Of(lookup.Id, lookup.Name))];
}
