using System.Collections;

namespace WaCr.Web.Common;

/// <summary>
/// Errors by field, in the order found. Keys are API paths (<c>phone</c>, <c>contacts.3.phone</c>); forms and imports use the same keys.
/// </summary>
public sealed class FieldErrors : IEnumerable<KeyValuePair<string, IReadOnlyList<FieldError>>>
{
    private readonly Dictionary<string, List<FieldError>> _reasons = new(StringComparer.Ordinal);

    public bool Any => _reasons.Count > 0;

    public bool Has(string field) => _reasons.ContainsKey(field);

    public IReadOnlyList<FieldError> this[string field] => _reasons.TryGetValue(field, out var list) ? list : [];

    public FieldErrors Add(string field, FieldError reason)
    {
        if (!_reasons.TryGetValue(field, out var list))
        {
            _reasons[field] = list = [];
        }

        // Two rules may give the same message; it is reported once.
        if (!list.Exists(other => other.Message == reason.Message))
        {
            list.Add(reason);
        }

        return this;
    }

    /// <summary>Adds all of <paramref name="others"/>, each key prefixed with <paramref name="prefix"/>.</summary>
    public FieldErrors AddAll(FieldErrors others, string prefix = "")
    {
        foreach (var (field, reasons) in others)
        {
            foreach (var reason in reasons)
            {
                Add(prefix + field, reason);
            }
        }

        return this;
    }

    /// <summary>A copy without the errors of <paramref name="fields"/>.</summary>
    public FieldErrors Without(IReadOnlyCollection<string> fields) => Where(field => !fields.Contains(field));

    /// <summary>A copy with the errors of <paramref name="fields"/> only.</summary>
    public FieldErrors Only(IReadOnlyCollection<string> fields) => Where(fields.Contains);

    private FieldErrors Where(Func<string, bool> condition)
    {
        var some = new FieldErrors();
        foreach (var (field, reasons) in _reasons.Where(pair => condition(pair.Key)))
        {
            some._reasons[field] = [.. reasons];
        }

        return some;
    }

    public IEnumerator<KeyValuePair<string, IReadOnlyList<FieldError>>> GetEnumerator() =>
        _reasons.Select(pair => KeyValuePair.Create(pair.Key, (IReadOnlyList<FieldError>)pair.Value)).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
