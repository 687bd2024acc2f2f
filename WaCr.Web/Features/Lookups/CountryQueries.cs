using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Lookups;

/// <param name="Id">ISO 3166 numeric code.</param>
public sealed record CountryItem(int Id, string Code, string Code3, string Name);

/// <summary>The same list for everybody, so it needs no permission.</summary>
public sealed class CountryQueries(IDbContextFactory<AppDbContext> contexts)
{
    /// <summary>By English name.</summary>
    public async Task<IReadOnlyList<CountryItem>> ListAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var countries = await db.Countries.AsNoTracking()
            .Select(country => new CountryItem(country.Id, country.Code, country.Code3, country.Name))
            .ToListAsync(cancellationToken);
        return [.. countries.OrderBy(country => country.Name, StringComparer.Ordinal)];
    }
}
