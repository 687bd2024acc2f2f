using WaCr.Web.Features.Contacts;

namespace WaCr.Web.Components.Pages.Contacts;

/// <summary>Two contacts side by side, and which value each field gets.</summary>
public sealed class MergeModel
{
    private readonly Dictionary<string, string> _survivors;
    private readonly Dictionary<string, string> _others;
    private readonly HashSet<string> _fromOther;

    public MergeModel(ContactDetails survivor, ContactDetails other)
    {
        (Survivor, Other) = (survivor, other);
        (_survivors, _others) = (ContactFieldValues.Of(survivor), ContactFieldValues.Of(other));
        Differing = [.. ContactFieldNames.All.Where(field => _survivors.ContainsKey(field) && _survivors[field] != _others[field])];

        // Values that only the other contact has are taken by default.
        _fromOther = [.. Differing.Where(field => _survivors[field].Length == 0)];
    }

    public ContactDetails Survivor { get; }

    public ContactDetails Other { get; }

    /// <summary>The fields that need a choice.</summary>
    public IReadOnlyList<string> Differing { get; }

    /// <summary>The groups of both.</summary>
    public IReadOnlyList<long> Groups => [.. Survivor.GroupIds.Union(Other.GroupIds).Order()];

    public bool IsFromOther(string field) => _fromOther.Contains(field);

    public string ValueOf(string field, bool fromOther) => (fromOther ? _others : _survivors)[field];

    public void Choose(string field, bool fromOther)
    {
        if (fromOther)
        {
            _fromOther.Add(field);
        }
        else
        {
            _fromOther.Remove(field);
        }
    }

    public MergeContacts ToRequest() => new(Survivor.Id, Survivor.Version, Other.Id, Other.Version, _fromOther);
}
