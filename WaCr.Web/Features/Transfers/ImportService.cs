using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Bulk;

namespace WaCr.Web.Features.Transfers;

/// <summary>Starts imports and discards uploaded files; the job is cancelled and undone like any bulk job.</summary>
public sealed class ImportService(
    IDatabaseWriter writer, IDbContextFactory<AppDbContext> contexts, TenantContext tenant, ImportQueries queries, BulkService bulk)
{
    public async Task<Result<ImportItem>> StartAsync(long id, ImportSettings settings, CancellationToken cancellationToken)
    {
        var found = await queries.GetAsync(id, cancellationToken);
        if (!found.Succeeded)
        {
            return found;
        }

        if (await ImportRules.CheckAsync(contexts, settings, found.Value.Headers.Count, tenant, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var chunks = await db.Imports.Where(import => import.Id == id).Select(import => import.Chunks).SingleAsync(cancellationToken);
        var chosen = JsonSerializer.Serialize(settings with { Delimiter = found.Value.Reading?.Delimiter });
        var action = new BulkAction { Import = new ImportedFile(id, found.Value.FileName) };
        var started = await bulk.StartImportAsync(action, chunks, found.Value.Rows, async (write, job) =>
        {
            await write.ImportFileParts.Where(part => part.ImportId == id).ExecuteDeleteAsync(); // the rows are enough from now on
            return await write.Imports.Where(import => import.Id == id && import.State == ImportState.Ready).ExecuteUpdateAsync(set => set
                .SetProperty(import => import.State, ImportState.Started)
                .SetProperty(import => import.JobId, job)
                .SetProperty(import => import.Reading, (string?)null)
                .SetProperty(import => import.Settings, chosen)) == 1
                ? null
                : ImportErrors.AlreadyStarted;
        });
        return started.Succeeded ? await queries.GetAsync(id, cancellationToken) : started.Error;
    }

    /// <summary>Deletes an import that was not started; its rows are lost.</summary>
    public async Task<Result<Done>> DiscardAsync(long id, CancellationToken cancellationToken)
    {
        if (ImportRules.Require(tenant) is { } forbidden)
        {
            return forbidden;
        }

        return await writer.WriteAsync<Done>(
            async db => await db.Imports.Where(import => import.Id == id && import.State == ImportState.Ready).ExecuteDeleteAsync() == 1
                ? default(Done)
                : ImportErrors.NotFound,
            cancellationToken);
    }
}
