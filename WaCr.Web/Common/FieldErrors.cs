using System.Collections;

namespace WaCr.Web.Common;

/// <summary>
/// Messages by field, in the order they were found. Keys are paths in the words of the API
/// (<c>phone</c>, <c>contacts.3.phone</c>); forms and imports use the same keys.
/// </summary>
public sealed class FieldErrors : IEnumerable<KeyValuePair<string, IReadOnlyList<string>>>
{
    private readonly Dictionary<string, List<string>> _messages = new(StringComparer.Ordinal);

    public bool Any => _messages.Count > 0;

    public bool Has(string field) => _messages.ContainsKey(field);

    public IReadOnlyList<string> this[string field] => _messages.TryGetValue(field, out var list) ? list : [];

    public FieldErrors Add(string field, string message)
    {
        if (!_messages.TryGetValue(field, out var list))
        {
            _messages[field] = list = [];
        }

        if (!list.Contains(message, StringComparer.Ordinal))
        {
            list.Add(message);
        }

        return this;
    }

    /// <summary>Takes over all of <paramref name="others"/>, each key behind <paramref name="prefix"/>.</summary>
    public FieldErrors AddAll(FieldErrors others, string prefix = "")
    {
        foreach (var (field, messages) in others)
        {
            foreach (var message in messages)
            {
                Add(prefix + field, message);
            }
        }

        return this;
    }

    /// <summary>A copy that says nothing of <paramref name="fields"/>.</summary>
    public FieldErrors Without(IReadOnlyCollection<string> fields) => Where(field => !fields.Contains(field));

    /// <summary>A copy that speaks of <paramref name="fields"/> alone.</summary>
    public FieldErrors Only(IReadOnlyCollection<string> fields) => Where(fields.Contains);

    private FieldErrors Where(Func<string, bool> condition)
    {
        var some = new FieldErrors();
        foreach (var (field, messages) in _messages.Where(pair => condition(pair.Key)))
        {
            some._messages[field] = [.. messages];
        }

        return some;
    }

    public IEnumerator<KeyValuePair<string, IReadOnlyList<string>>> GetEnumerator() =>
        _messages.Select(pair => KeyValuePair.Create(pair.Key, (IReadOnlyList<string>)pair.Value)).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
