using WaCr.Web.Components.Language;
using WaCr.Web.Components.Shared;
using WaCr.Web.Features.Campaigns;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Views;

namespace WaCr.Web.Components.Pages.Contacts.Grid;

/// <summary>What the list needs before its first rows.</summary>
public sealed record ListSetup(ListPreferences Preferences, IReadOnlyList<SavedViewItem> Views);

/// <summary>Loads the list's rows: only what a column or a filter needs.</summary>
public sealed class ContactListLoader(
    ContactQueries contacts, CampaignQueries campaigns, SavedViewService views, UserPreferences preferences,
    ContactChoicesLoader choicesLoader, TenantContext tenant, Localizer T,
    ILogger<ContactListLoader> logger)
{
    /// <summary>If views or settings fail to load, the list is shown without them.</summary>
    public async Task<ListSetup> SetUpAsync(CancellationToken cancellationToken)
    {
        var kept = await Attempt.RunAsync(() => preferences.FindAsync<ListPreferences>(ListPreferences.Key, cancellationToken), logger, cancellationToken);
        return new ListSetup(ContactColumns.Known(kept.Value), await ViewsAsync(cancellationToken));
    }

    public async Task<IReadOnlyList<SavedViewItem>> ViewsAsync(CancellationToken cancellationToken) =>
        (await Attempt.RunAsync(() => views.ListAsync(cancellationToken), logger, cancellationToken)).Value ?? [];

    public Task<Result<Done>> KeepAsync(ListPreferences chosen) =>
        Attempt.RunAsync(() => preferences.KeepAsync(ListPreferences.Key, chosen, CancellationToken.None), logger);

    public async Task<ContactChoices?> ChoicesAsync(CancellationToken cancellationToken) =>
        (await Attempt.RunAsync(() => choicesLoader.LoadAsync(cancellationToken), logger, cancellationToken)).Value;

    public Task<Result<ContactRows>> LoadAsync(string key, ContactListState state, ListPreferences chosen, CancellationToken cancellationToken) =>
        Attempt.RunAsync(() => ReadAsync(key, state, chosen, cancellationToken), logger, cancellationToken);

    private async Task<Result<ContactRows>> ReadAsync(
        string key, ContactListState state, ListPreferences chosen, CancellationToken cancellationToken)
    {
        var shown = chosen.Columns.Select(column => column.Id).ToHashSet(StringComparer.Ordinal);
        var found = await contacts.ListAsync(state.ToQuery(chosen.Size, IncludesFor(shown), tenant.Tenant.TimeZone), cancellationToken);
        if (!found.Succeeded)
        {
            return found.Error;
        }

        var listed = ContactFields.Listed.Where(field => shown.Contains(field.Name)).ToList();
        var needsChoices = shown.Contains(ContactColumns.Assigned) || shown.Contains(ContactColumns.Country)
            || state.Filters.Any(NeedsNames);
        var choices = needsChoices ? await ChoicesAsync(cancellationToken) : null;
        var people = NamesIn(shown.Contains(ContactColumns.Assigned) ? choices?.People : null);
        var countries = (shown.Contains(ContactColumns.Country) ? choices?.Countries : null)?.ToDictionary(choice => choice.Value, StringComparer.Ordinal) ?? [];
        return new ContactRows(
            key, [.. found.Value.Items.Select(Row)], found.Value.Total, await NamesOfAsync(state, choices, cancellationToken))
        {
            IsCounted = state.Search.Length == 0 || found.Value.Total < ContactQueries.MaxSearchTotal,
        };

        Dictionary<string, string>? TextsOf(ContactDetails contact)
        {
            Dictionary<string, string>? texts = null;
            foreach (var field in listed)
            {
                if (field.Read(contact) is { } text)
                {
                    (texts ??= new Dictionary<string, string>(StringComparer.Ordinal))
                        .Add(field.Name, ContactChoices.NameOf(T, field.Name, text) ?? text);
                }
            }

            return texts;
        }

        ContactRow Row(ContactDetails contact)
        {
            var country = contact.CountryId is { } id ? countries.GetValueOrDefault(id.ToString(CultureInfo.InvariantCulture)) : null;
            return new ContactRow(
                contact.Id, $"{contact.FirstName} {contact.LastName}", PersonHandle.Of(contact.PhoneKey, contact.Username),
                PhoneNumber.CountryOf(contact.PhoneKey) is { Length: 2 } calling ? calling : null, contact.CreatedAt, contact.UpdatedAt)
            {
                Status = contact.Status?.Name ?? "",
                StatusColor = contact.Status?.Color,
                Email = shown.Contains(ContactColumns.Email) ? contact.Email : null,
                Groups = contact.Groups is { Count: > 0 } groups ? [.. groups.Select(group => group.Name)] : null,
                LastMessageAt = contact.LastMessageAt,
                Type = contact.Type,
                Source = contact.Source?.Name,
                Assigned = contact.AssignedId is { } assigned
                    ? people.GetValueOrDefault(assigned.ToString(CultureInfo.InvariantCulture))
                    : null,
                Country = country?.Text,
                CountryCode = country?.Country,
                Consent = contact.Consent,
                Texts = TextsOf(contact),
            };
        }
    }

    // Two columns that nearly everybody shows.
    private static ContactIncludes IncludesFor(HashSet<string> shown) =>
        ContactIncludes.Status | ContactIncludes.Groups
        | (shown.Contains(ContactColumns.Source) ? ContactIncludes.Source : ContactIncludes.None)
        | (shown.Contains(ContactColumns.LastMessage) ? ContactIncludes.LastMessage : ContactIncludes.None);

    private static bool NeedsNames(ContactFilter filter) =>
        !filter.IsNothing && filter.Name is ContactFilter.Status or ContactFilter.Source or ContactFilter.Assigned or ContactFilter.Group or ContactFilter.Country;

    private static Dictionary<string, string> NamesIn(IReadOnlyList<Choice>? choices) =>
        choices?.ToDictionary(choice => choice.Value, choice => choice.Text, StringComparer.Ordinal) ?? [];

    private async Task<Dictionary<string, string>> NamesOfAsync(
        ContactListState state, ContactChoices? choices, CancellationToken cancellationToken)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var filter in state.Filters)
        {
            if (filter.Name == ContactFilter.Campaign)
            {
                var (id, _) = ContactFilter.ReadCampaign(filter.Values[0])!.Value;
                var name = await campaigns.NameAsync(id, cancellationToken);
                if (name.Value is { } known)
                {
                    names[FilterLabels.KeyOf(filter.Name, filter.Values[0])] = known;
                }

                continue;
            }

            if (choices is null)
            {
                continue;
            }


            foreach (var choice in FilterLabels.ChoicesOf(T, filter.Name, choices).Where(choice => filter.Values.Contains(choice.Value)))
            {
                names[FilterLabels.KeyOf(filter.Name, choice.Value)] = choice.Text;
            }
        }

        return names;
    }
}
