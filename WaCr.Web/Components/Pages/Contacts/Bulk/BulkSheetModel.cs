using WaCr.Web.Features.Bulk;
using WaCr.Web.Features.Contacts;

namespace WaCr.Web.Components.Pages.Contacts.Bulk;

/// <summary>The choices in the bulk sheet. Untouched fields are not changed.</summary>
public sealed class BulkSheetModel
{
    private readonly Dictionary<string, string?> _fields = new(StringComparer.Ordinal);
    private readonly SortedSet<long> _groups = [];

    /// <summary>Null: no change.</summary>
    public GroupsMode? GroupsMode { get; set; }

    public IReadOnlySet<long> Groups => _groups;

    /// <summary>Null wishes stay as they are.</summary>
    public ConsentPatch Consent { get; set; } = new();

    /// <summary>Null while no field is touched, or groups are to be added or removed and none is chosen.</summary>
    public BulkAction? Action
    {
        get
        {
            var groups = GroupsMode is { } mode && (_groups.Count > 0 || mode == Features.Bulk.GroupsMode.Replace)
                ? new BulkGroups(mode, [.. _groups])
                : null;
            var consent = Consent.Marketing is null && Consent.Service is null ? null : Consent;
            return _fields.Count == 0 && groups is null && consent is null
                ? null
                : new BulkAction
                {
                    Fields = new Dictionary<string, string?>(_fields, StringComparer.Ordinal),
                    Groups = groups,
                    Consent = consent
                };
        }
    }

    /// <summary>The value to set; "" if the field stays or is cleared.</summary>
    public string this[string field] => _fields.GetValueOrDefault(field) ?? "";

    public bool IsTouched(string field) => _fields.ContainsKey(field);

    public bool IsCleared(string field) => _fields.TryGetValue(field, out var value) && value is null;

    /// <summary>A blank text leaves the field unchanged; clearing it is a separate choice.</summary>
    public void Set(string field, string? value)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            _fields.Remove(field);
        }
        else
        {
            _fields[field] = value;
        }
    }

    public void Clear(string field) => _fields[field] = null;

    public void Leave(string field) => _fields.Remove(field);

    public void SetGroup(string id, bool chosen)
    {
        var group = long.Parse(id, CultureInfo.InvariantCulture);
        _ = chosen ? _groups.Add(group) : _groups.Remove(group);
    }
}
