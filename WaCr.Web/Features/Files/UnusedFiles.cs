using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Files;

/// <summary>Files that nothing references any more, of any tenant.</summary>
internal static class UnusedFiles
{
    /// <summary>Deletes the row of a file, unless something references it. Returns whether it did; its bytes are the caller's.</summary>
    public static async Task<bool> DeleteAsync(AppDbContext db, long tenantId, long id)
    {
        // The EF model lists every table that references files; a campaign's values name theirs in JSON.
        var users = db.Model.FindEntityType(typeof(MediaFile))!.GetReferencingForeignKeys()
            .Where(key => key.Properties.Count == 2)
            .Select(key => (Table: key.DeclaringEntityType.GetTableName(), Column: key.Properties[1].GetColumnName()))
            .Select(user => $"AND NOT EXISTS (SELECT 1 FROM \"{user.Table}\" WHERE \"TenantId\" = {{0}} AND \"{user.Column}\" = {{1}})")
            .Append("AND NOT EXISTS (SELECT 1 FROM \"Campaigns\" WHERE \"TenantId\" = {0} AND \"Values\" LIKE {2})");
        var inJson = string.Create(CultureInfo.InvariantCulture, $"%\"File\":{{\"Id\":{id},%");
#pragma warning disable EF1002 // Names are the model's own.
        return await db.Database.ExecuteSqlRawAsync(
            $"DELETE FROM \"MediaFiles\" WHERE \"TenantId\" = {{0}} AND \"Id\" = {{1}} {string.Join(' ', users)}", tenantId, id, inJson) > 0;
#pragma warning restore EF1002
    }
}
