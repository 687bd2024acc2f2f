using Microsoft.EntityFrameworkCore;

namespace WaCr.Web.Data.Migrations;

/// <summary>
/// A database of the build of 26 November 2026 has the schema that <c>Baseline</c> makes, but got it by fourteen migrations.
/// Its history is rewritten to name <c>Baseline</c> instead, so that it goes on from there.
/// </summary>
internal static class BaselineAdoption
{
    private const string Baseline = "20261129000000_Baseline";
    private static readonly string[] LastBefore = ["20261126020159_MessageSearch", "20261126020203_MessageSearch"];

    public static async Task<bool> IsNeededAsync(DbContext context, CancellationToken cancellationToken) =>
        (await context.Database.GetAppliedMigrationsAsync(cancellationToken)).Any(LastBefore.Contains);

    public static async Task ApplyAsync(DbContext context, CancellationToken cancellationToken)
    {
        if (!await IsNeededAsync(context, cancellationToken))
        {
            return;
        }

        await context.Database.ExecuteSqlAsync(
            $"""DELETE FROM "__EFMigrationsHistory" WHERE "MigrationId" < {Baseline} AND "MigrationId" NOT IN ({LastBefore[0]}, {LastBefore[1]})""",
            cancellationToken);

        // One statement: whatever interrupts this, the history names either the old end or the new one.
        await context.Database.ExecuteSqlAsync(
            $"""UPDATE "__EFMigrationsHistory" SET "MigrationId" = {Baseline} WHERE "MigrationId" IN ({LastBefore[0]}, {LastBefore[1]})""",
            cancellationToken);
    }
}
