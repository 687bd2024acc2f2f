using System.Globalization;
using WaCr.Web.Common;
using WaCr.Web.Features.Contacts;

namespace WaCr.Web.Components.Pages.Contacts;

/// <summary>
/// A contact's fields as a form holds them, beside what was loaded: what differs is what is sent. Values are text,
/// named as the API names them; "" is an empty field.
/// </summary>
public sealed class ContactFormModel
{
    public static readonly IReadOnlyList<string> Fields =
    [
        ContactFieldNames.FirstName, ContactFieldNames.LastName, ContactFieldNames.Company, ContactFieldNames.Type,
        ContactFieldNames.Email, ContactFieldNames.Phone, ContactFieldNames.StatusId, ContactFieldNames.SourceId,
        ContactFieldNames.Description, ContactFieldNames.City, ContactFieldNames.State, ContactFieldNames.Zip,
        ContactFieldNames.Address, ContactFieldNames.CountryId, ContactFieldNames.AssignedId,
    ];

    private readonly Dictionary<string, string> _typed;
    private readonly HashSet<long> _groups;
    private Dictionary<string, string> _loaded;
    private HashSet<long> _loadedGroups;

    private ContactFormModel(Dictionary<string, string> loaded, IEnumerable<long> groups, long version)
    {
        _loaded = loaded;
        _typed = new Dictionary<string, string>(loaded, StringComparer.Ordinal);
        _loadedGroups = [.. groups];
        _groups = [.. _loadedGroups];
        Version = version;
    }

    /// <summary>The version that was loaded; what the next save expects to find.</summary>
    public long Version { get; private set; }

    public IReadOnlySet<long> Groups => _groups;

    /// <summary>The names of the fields that differ from what was loaded, groups included.</summary>
    public IReadOnlyList<string> Changes => [.. Fields.Append(ContactFieldNames.Groups).Where(IsChanged)];

    public bool HasChanges => Changes.Count > 0;

    public string this[string field]
    {
        get => _typed[field];
        set => _typed[field] = value;
    }

    public static ContactFormModel ForNew() => new(Fields.ToDictionary(field => field, _ => "", StringComparer.Ordinal), [], 0);

    public static ContactFormModel From(ContactDetails contact) => new(Read(contact), contact.GroupIds, contact.Version);

    public bool IsChanged(string field) => field == ContactFieldNames.Groups
        ? !_groups.SetEquals(_loadedGroups)
        : Meaning(_typed[field]) != Meaning(_loaded[field]);

    public void SetGroup(long id, bool member)
    {
        if (member)
        {
            _groups.Add(id);
        }
        else
        {
            _groups.Remove(id);
        }
    }

    /// <summary>Back to what was loaded.</summary>
    public void Undo()
    {
        foreach (var field in Fields)
        {
            _typed[field] = _loaded[field];
        }

        _groups.Clear();
        _groups.UnionWith(_loadedGroups);
    }

    /// <summary>The changed fields alone; one that was emptied is given as null.</summary>
    public ContactPatch ToPatch() => new()
    {
        FirstName = Text(ContactFieldNames.FirstName),
        LastName = Text(ContactFieldNames.LastName),
        Company = Text(ContactFieldNames.Company),
        Type = Text(ContactFieldNames.Type),
        Email = Text(ContactFieldNames.Email),
        Phone = Text(ContactFieldNames.Phone),
        StatusId = Id(ContactFieldNames.StatusId),
        SourceId = Id(ContactFieldNames.SourceId),
        Description = Text(ContactFieldNames.Description),
        City = Text(ContactFieldNames.City),
        State = Text(ContactFieldNames.State),
        Zip = Text(ContactFieldNames.Zip),
        Address = Text(ContactFieldNames.Address),
        CountryId = Id(ContactFieldNames.CountryId),
        AssignedId = Id(ContactFieldNames.AssignedId),
        Groups = IsChanged(ContactFieldNames.Groups) ? new Optional<IReadOnlyList<long>?>([.. _groups.Order()]) : default,
    };

    /// <summary>
    /// Takes over what somebody else saved meanwhile. Fields that only they changed are theirs now, fields that only I
    /// changed stay mine; those that both changed, differently, stay mine too and are answered, with their value.
    /// </summary>
    public IReadOnlyDictionary<string, string> Rebase(ContactDetails theirs)
    {
        var fresh = Read(theirs);
        var conflicts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var field in Fields)
        {
            if (!IsChanged(field))
            {
                _typed[field] = fresh[field];
            }
            else if (Meaning(fresh[field]) != Meaning(_loaded[field]) && Meaning(fresh[field]) != Meaning(_typed[field]))
            {
                conflicts[field] = fresh[field];
            }
        }

        RebaseGroups([.. theirs.GroupIds]);
        _loaded = fresh;
        Version = theirs.Version;
        return conflicts;
    }

    // Joining and leaving are one change a group: both people's are kept.
    private void RebaseGroups(HashSet<long> theirs)
    {
        var added = theirs.Except(_loadedGroups).ToList();
        var removed = _loadedGroups.Except(theirs).ToList();
        _groups.UnionWith(added);
        _groups.ExceptWith(removed);
        _loadedGroups = theirs;
    }

    private Optional<string?> Text(string field) => IsChanged(field) ? new Optional<string?>(Meaning(_typed[field])) : default;

    private Optional<long?> Id(string field) => IsChanged(field)
        ? new Optional<long?>(long.TryParse(_typed[field], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null)
        : default;

    // A text area gives line breaks of its own kind back: not a change that anybody made.
    private static string? Meaning(string text)
    {
        var trimmed = text.ReplaceLineEndings("\n").Trim();
        return trimmed.Length == 0 ? null : trimmed;
    }

    private static Dictionary<string, string> Read(ContactDetails contact) => new(StringComparer.Ordinal)
    {
        [ContactFieldNames.FirstName] = contact.FirstName,
        [ContactFieldNames.LastName] = contact.LastName,
        [ContactFieldNames.Company] = contact.Company ?? "",
        [ContactFieldNames.Type] = contact.Type.ToString().ToLowerInvariant(),
        [ContactFieldNames.Email] = contact.Email ?? "",
        [ContactFieldNames.Phone] = contact.Phone,
        [ContactFieldNames.StatusId] = Text(contact.StatusId),
        [ContactFieldNames.SourceId] = Text(contact.SourceId),
        [ContactFieldNames.Description] = contact.Description ?? "",
        [ContactFieldNames.City] = contact.City ?? "",
        [ContactFieldNames.State] = contact.State ?? "",
        [ContactFieldNames.Zip] = contact.Zip ?? "",
        [ContactFieldNames.Address] = contact.Address ?? "",
        [ContactFieldNames.CountryId] = Text(contact.CountryId),
        [ContactFieldNames.AssignedId] = Text(contact.AssignedId),
    };

    private static string Text(long? id) => id?.ToString(CultureInfo.InvariantCulture) ?? "";
}
