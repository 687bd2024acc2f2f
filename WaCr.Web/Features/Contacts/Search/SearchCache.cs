using System.Collections.Concurrent;

namespace WaCr.Web.Features.Contacts;

/// <summary>
/// Caches what was read of a tenant's contacts until one of them changes. When it is full, everything is dropped: evicting single entries
/// would cost more than reading them again.
/// </summary>
internal sealed class SearchCache
{
    private const long MaxBytes = 16 * 1024 * 1024;
    private const int MaxTenants = 64;

    /// <summary>Approximate overhead per entry.</summary>
    private const int BytesPerEntry = 200;

    private readonly ConcurrentDictionary<long, Remembered> _ofTenant = new();

    /// <summary>Cached data of a tenant at one generation of its contacts.</summary>
    public Remembered Of(long tenantId, long generation)
    {
        var known = _ofTenant.GetOrAdd(tenantId, static (_, number) => new Remembered(number), generation);
        if (known.Generation == generation)
        {
            return known;
        }

        var fresh = new Remembered(generation);
        if (known.Generation < generation)
        {
            // The loser of a race uses its own copy, which nobody else sees.
            _ofTenant.TryUpdate(tenantId, fresh, known);
        }

        return fresh;
    }

    public void Keep(Remembered remembered, string key, object value, int bytes)
    {
        remembered.Add(key, value, bytes + BytesPerEntry + (key.Length * sizeof(char)));
        var (total, tenants) = (0L, 0);
        foreach (var (_, one) in _ofTenant)
        {
            total += one.Bytes;
            tenants++;
        }

        if (total > MaxBytes || tenants > MaxTenants)
        {
            _ofTenant.Clear();
        }
    }

    public sealed class Remembered(long generation)
    {
        private readonly ConcurrentDictionary<string, object> _values = new(StringComparer.Ordinal);
        private long _bytes;

        public long Generation => generation;

        public long Bytes => Interlocked.Read(ref _bytes);

        public T? Find<T>(string key)
            where T : class
        {
            var found = _values.GetValueOrDefault(key) as T;
            Measures.LookedUp("contact searches", found is not null);
            return found;
        }

        public void Add(string key, object value, int bytes)
        {
            if (_values.TryAdd(key, value))
            {
                Interlocked.Add(ref _bytes, bytes);
            }
        }
    }
}
