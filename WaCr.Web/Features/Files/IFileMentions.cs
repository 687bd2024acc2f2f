using WaCr.Web.Data;

namespace WaCr.Web.Features.Files;

/// <summary>Files that the text of a column names, which no foreign key shows.</summary>
public interface IFileMentions
{
    /// <summary>Their ids.</summary>
    /// <param name="tenantId">Of all tenants if null.</param>
    Task<IReadOnlyList<long>> FindAsync(AppDbContext db, long? tenantId);
}
