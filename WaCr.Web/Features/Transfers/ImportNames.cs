using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Contacts;

namespace WaCr.Web.Features.Transfers;

/// <summary>Resolves names in a file to the workspace's statuses, sources, groups, users and countries.</summary>
internal sealed class ImportNames
{
    /// <summary>With more new names than this in a column, the column is probably something else.</summary>
    public const int MaxNew = 200;

    private readonly Dictionary<string, Dictionary<string, string>> _new = new(StringComparer.Ordinal);
    private readonly HashSet<(string Field, string Key)> _refused = [];
    private Dictionary<string, Dictionary<string, long>> _known = [];

    private ImportNames()
    {
    }

    /// <summary>Names the import would create, in their first spelling.</summary>
    public IReadOnlyList<(string Field, string Name)> New =>
        [.. _new.SelectMany(names => names.Value
            .Where(name => !_known[names.Key].ContainsKey(name.Key) && !_refused.Contains((names.Key, name.Key)))
            .Select(name => (names.Key, name.Value)))];

    public static async Task<ImportNames> LoadAsync(AppDbContext db, CancellationToken cancellationToken)
    {
        var names = new ImportNames();
        await names.ReloadAsync(db, cancellationToken);
        return names;
    }

    public async Task ReloadAsync(AppDbContext db, CancellationToken cancellationToken)
    {
        var people = await db.Memberships.Where(member => member.IsActive).OrderBy(member => member.UserId)
            .Select(member => new { member.UserId, member.User!.Name, member.User.Email }).ToListAsync(cancellationToken);
        var byName = new Dictionary<string, long>(StringComparer.Ordinal);
        people.ForEach(person => byName.TryAdd(TextKey.IgnoringCase(person.Email ?? ""), person.UserId));
        people.ForEach(person => byName.TryAdd(TextKey.IgnoringCase(person.Name), person.UserId));
        _known = new Dictionary<string, Dictionary<string, long>>(StringComparer.Ordinal)
        {
            [ContactFieldNames.StatusId] = await db.Statuses.ToDictionaryAsync(
                status => status.NameKey, status => status.Id, StringComparer.Ordinal, cancellationToken),
            [ContactFieldNames.SourceId] = await db.Sources.ToDictionaryAsync(
                source => source.NameKey, source => source.Id, StringComparer.Ordinal, cancellationToken),
            [ContactFieldNames.Groups] = await db.Groups.ToDictionaryAsync(
                group => group.NameKey, group => group.Id, StringComparer.Ordinal, cancellationToken),
            [ContactFieldNames.AssignedId] = byName,
        };
    }

    public long? Find(string field, string name) => _known[field].TryGetValue(TextKey.IgnoringCase(name), out var id) ? id : null;

    /// <summary>Plans to create a missing name; false if that is impossible.</summary>
    public bool TryPlan(string field, string name)
    {
        var key = TextKey.IgnoringCase(name);
        if (_refused.Contains((field, key)))
        {
            return false;
        }

        if (!_new.TryGetValue(field, out var names))
        {
            _new[field] = names = new Dictionary<string, string>(StringComparer.Ordinal);
        }

        return names.ContainsKey(key) || (names.Count < MaxNew && names.TryAdd(key, name));
    }

    public void Refuse(string field, string name) => _refused.Add((field, TextKey.IgnoringCase(name)));
}
