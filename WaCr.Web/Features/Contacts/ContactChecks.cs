using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Contacts;

/// <summary>
/// Checks that need the database, for any number of drafts in a few queries. Inside a write the result stays valid until its end: SQLite
/// has one writer; on PostgreSQL a unique constraint makes the write run again.
/// </summary>
internal sealed class ContactChecks
{
    private HashSet<string> _phones = [];
    private HashSet<string> _emails = [];
    private HashSet<long> _statuses = [];
    private HashSet<long> _sources = [];
    private HashSet<long> _countries = [];
    private HashSet<long> _users = [];
    private HashSet<long> _groups = [];

    private ContactChecks() { }

    /// <param name="itself">The contact being updated; its own phone and e-mail do not count as taken.</param>
    public static async Task<ContactChecks> LoadAsync(AppDbContext db, IReadOnlyCollection<ContactDraft> drafts, long? itself = null)
    {
        var phones = Distinct(drafts, draft => draft.Phone.Or(null!)?.Key);
        var emails = Distinct(drafts, draft => draft.EmailKey);
        var statuses = DistinctIds(drafts, draft => draft.StatusId.IsGiven ? draft.StatusId.Value : null);
        var sources = DistinctIds(drafts, draft => draft.SourceId.IsGiven ? draft.SourceId.Value : null);
        var countries = DistinctIds(drafts, draft => draft.CountryId.Or(null));
        var users = DistinctIds(drafts, draft => draft.AssignedId.Or(null));
        var groups = drafts.SelectMany(draft => draft.Groups.Or([])).Distinct().ToList();

        return new ContactChecks
        {
            _phones = phones.Count == 0 ? [] : await db.Contacts
                .Where(c => phones.Contains(c.PhoneKey) && c.Id != itself).Select(c => c.PhoneKey).ToHashSetAsync(),
            _emails = emails.Count == 0 ? [] : (await db.Contacts
                .Where(c => emails.Contains(c.EmailKey!) && c.Id != itself).Select(c => c.EmailKey!).ToHashSetAsync()),
            _statuses = statuses.Count == 0 ? [] : await db.Statuses.Where(s => statuses.Contains(s.Id)).Select(s => s.Id).ToHashSetAsync(),
            _sources = sources.Count == 0 ? [] : await db.Sources.Where(s => sources.Contains(s.Id)).Select(s => s.Id).ToHashSetAsync(),
            _countries = countries.Count == 0 ? [] : await db.Countries
                .Where(c => countries.Contains(c.Id)).Select(c => (long)c.Id).ToHashSetAsync(),
            _users = users.Count == 0 ? [] : await db.Memberships
                .Where(m => users.Contains(m.UserId) && m.IsActive).Select(m => m.UserId).ToHashSetAsync(),
            _groups = groups.Count == 0 ? [] : await db.Groups.Where(g => groups.Contains(g.Id)).Select(g => g.Id).ToHashSetAsync(),
        };
    }

    /// <summary>One draft's own errors and those found in the database.</summary>
    public static async Task<FieldErrors> CheckAsync(AppDbContext db, ContactDraft draft, long? itself = null) =>
        (await LoadAsync(db, [draft], itself)).Check(draft);

    public bool PhoneIsTaken(ContactDraft draft) => draft.Phone.IsGiven && _phones.Contains(draft.Phone.Value.Key);

    /// <summary>The draft's own errors and those found in the database.</summary>
    public FieldErrors Check(ContactDraft draft)
    {
        var errors = new FieldErrors().AddAll(draft.Errors);
        if (PhoneIsTaken(draft))
        {
            errors.Add(ContactFieldNames.Phone, ContactErrors.PhoneTaken);
        }

        if (draft.EmailKey is { } email && _emails.Contains(email))
        {
            errors.Add(ContactFieldNames.Email, ContactErrors.EmailTaken);
        }

        if (draft.StatusId.IsGiven && !_statuses.Contains(draft.StatusId.Value))
        {
            errors.Add(ContactFieldNames.StatusId, ContactErrors.StatusUnknown);
        }

        if (draft.SourceId.IsGiven && !_sources.Contains(draft.SourceId.Value))
        {
            errors.Add(ContactFieldNames.SourceId, ContactErrors.SourceUnknown);
        }

        if (draft.CountryId.Or(null) is { } country && !_countries.Contains(country))
        {
            errors.Add(ContactFieldNames.CountryId, ContactErrors.CountryUnknown);
        }

        if (draft.AssignedId.Or(null) is { } user && !_users.Contains(user))
        {
            errors.Add(ContactFieldNames.AssignedId, ContactErrors.UserUnknown);
        }

        if (!draft.Groups.Or([]).TrueForAll(_groups.Contains))
        {
            errors.Add(ContactFieldNames.Groups, ContactErrors.GroupsUnknown);
        }

        return errors;
    }

    /// <summary>Marks the draft's phone and e-mail as taken for later rows of the batch.</summary>
    public void Take(ContactDraft draft)
    {
        _phones.Add(draft.Phone.Value.Key);
        if (draft.EmailKey is { } email)
        {
            _emails.Add(email);
        }
    }

    private static List<string> Distinct(IReadOnlyCollection<ContactDraft> drafts, Func<ContactDraft, string?> pick) =>
        [.. drafts.Select(pick).OfType<string>().Distinct(StringComparer.Ordinal)];

    private static List<long> DistinctIds(IReadOnlyCollection<ContactDraft> drafts, Func<ContactDraft, long?> pick) =>
        [.. drafts.Select(pick).OfType<long>().Distinct()];
}
