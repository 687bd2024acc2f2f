using WaCr.Web.Features.Contacts;

namespace WaCr.Web.Components.Pages.Contacts;

/// <summary>
/// A contact's form fields and the loaded values: only differences are sent. Values are texts, named as in the API; "" is an empty field.
/// </summary>
public sealed class ContactFormModel
{
    /// <summary>All fields except groups, which are a set.</summary>
    public static readonly IReadOnlyList<string> Fields = [.. ContactFieldNames.All.Where(field => field != ContactFieldNames.Groups)];

    private readonly Dictionary<string, string> _typed;
    private readonly HashSet<long> _groups;
    private readonly Dictionary<string, FieldConflict> _conflicts = new(StringComparer.Ordinal);
    private Dictionary<string, string> _loaded;
    private HashSet<long> _loadedGroups;
    private bool _isNew;

    private ContactFormModel(Dictionary<string, string> loaded, IEnumerable<long> groups, long version)
    {
        _loaded = loaded;
        _typed = new Dictionary<string, string>(loaded, StringComparer.Ordinal);
        _loadedGroups = [.. groups];
        _groups = [.. _loadedGroups];
        Version = version;
    }

    /// <summary>The version that was loaded, which the next save expects.</summary>
    public long Version { get; private set; }

    public IReadOnlySet<long> Groups => _groups;

    /// <summary>The names of the fields that differ from what was loaded, groups included.</summary>
    public IReadOnlyList<string> Changes => [.. Fields.Append(ContactFieldNames.Groups).Where(IsChanged)];

    public bool HasChanges => Changes.Count > 0;

    /// <summary>Conflicts that the user has not resolved yet.</summary>
    public IReadOnlyCollection<FieldConflict> Conflicts => _conflicts.Values;

    public string this[string field]
    {
        get => _typed[field];
        set => _typed[field] = value;
    }

    /// <param name="first">Values to begin with; they are sent, but as no changes of the user's.</param>
    public static ContactFormModel ForNew(IReadOnlyDictionary<string, string>? first = null) =>
        new(Fields.ToDictionary(field => field, field => first?.GetValueOrDefault(field) ?? "", StringComparer.Ordinal), [], 0)
        {
            _isNew = true,
        };

    public static ContactFormModel From(ContactDetails contact) => new(ContactFieldValues.Of(contact), contact.GroupIds, contact.Version);

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

    /// <summary>Resolves a conflict with my value, theirs or the earlier one.</summary>
    public void Choose(string field, string value)
    {
        _typed[field] = value;
        _conflicts.Remove(field);
    }

    /// <summary>The changed fields only; an emptied one is null.</summary>
    public ContactPatch ToPatch() =>
        ContactFieldValues.ToPatch(
            Fields.Where(field => IsChanged(field) || (_isNew && _typed[field].Length > 0))
                .ToDictionary(field => field, field => _typed[field], StringComparer.Ordinal)) with
        {
            Groups = IsChanged(ContactFieldNames.Groups) ? new Optional<IReadOnlyList<long>?>([.. _groups.Order()]) : default,
        };

    /// <summary>What was loaded, of the changed fields only.</summary>
    public ContactPatch ToUndo() =>
        ContactFieldValues.ToPatch(
            Fields.Where(IsChanged).ToDictionary(field => field, field => _loaded[field], StringComparer.Ordinal)) with
        {
            Groups = IsChanged(ContactFieldNames.Groups) ? new Optional<IReadOnlyList<long>?>([.. _loadedGroups.Order()]) : default,
        };

    /// <summary>
    /// Merges a version that somebody else saved. Fields that only they changed become theirs, fields that only I changed stay mine; fields
    /// that both changed differently stay mine and become <see cref="Conflicts"/>.
    /// </summary>
    public void Rebase(ContactDetails theirs)
    {
        var fresh = ContactFieldValues.Of(theirs);
        foreach (var field in Fields)
        {
            if (!IsChanged(field))
            {
                _typed[field] = fresh[field];
            }

            Compare(field, _loaded[field], fresh[field]);
        }

        RebaseGroups([.. theirs.GroupIds]);
        _loaded = fresh;
        Version = theirs.Version;
    }

    /// <summary>What is in the form now, to compare with later.</summary>
    public ContactFormModel Copy()
    {
        var copy = new ContactFormModel(_loaded, _loadedGroups, Version);
        foreach (var field in Fields)
        {
            copy._typed[field] = _typed[field];
        }

        copy._groups.Clear();
        copy._groups.UnionWith(_groups);
        return copy;
    }

    /// <summary>Takes in what became of <paramref name="sent"/>; what was typed since then stays, as a change of it.</summary>
    public void Accept(ContactFormModel sent, ContactDetails saved)
    {
        var fresh = ContactFieldValues.Of(saved);
        foreach (var field in Fields.Where(field => _typed[field] == sent._typed[field]))
        {
            _typed[field] = fresh[field];
        }

        var (joined, left) = (_groups.Except(sent._groups).ToList(), sent._groups.Except(_groups).ToList());
        (_loaded, _loadedGroups, Version, _isNew) = (fresh, [.. saved.GroupIds], saved.Version, false);
        _groups.Clear();
        _groups.UnionWith(_loadedGroups.Concat(joined).Except(left));
        _conflicts.Clear();
    }

    /// <summary>The unsaved changes.</summary>
    public UnsavedFields ToUnsaved() => new(
        Fields.Where(IsChanged).ToDictionary(
            field => field, field => new UnsavedField(BeforeOf(field), _typed[field]), StringComparer.Ordinal),
        [.. _groups.Except(_loadedGroups).Order()],
        [.. _loadedGroups.Except(_groups).Order()]);

    /// <summary>Applies earlier unsaved changes to what is saved now.</summary>
    public void Restore(UnsavedFields unsaved)
    {
        foreach (var (field, (before, mine)) in unsaved.Fields.Where(pair => _typed.ContainsKey(pair.Key)))
        {
            _typed[field] = mine;
            Compare(field, before, _loaded[field]);
        }

        _groups.UnionWith(unsaved.Joined);
        _groups.ExceptWith(unsaved.Left);
    }

    private void Compare(string field, string before, string theirs)
    {
        var first = _conflicts.GetValueOrDefault(field)?.Before ?? before;
        if (Meaning(theirs) == Meaning(_typed[field]) || Meaning(theirs) == Meaning(first))
        {
            _conflicts.Remove(field);
        }
        else
        {
            _conflicts[field] = new FieldConflict(field, first, theirs);
        }
    }

    private string BeforeOf(string field) => _conflicts.GetValueOrDefault(field)?.Before ?? _loaded[field];

    // Joining and leaving are separate per group, so both users' changes are kept.
    private void RebaseGroups(HashSet<long> theirs)
    {
        var added = theirs.Except(_loadedGroups).ToList();
        var removed = _loadedGroups.Except(theirs).ToList();
        _groups.UnionWith(added);
        _groups.ExceptWith(removed);
        _loadedGroups = theirs;
    }

    private static string? Meaning(string text) => ContactFieldValues.Meaning(text);
}
