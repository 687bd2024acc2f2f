using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Transfers;

namespace WaCr.Web.Features.Audit;

/// <summary>
/// The audit trail as a table, one row per entry, newest first. Names and actions are the stored constants, for programs to read.
/// </summary>
public sealed class AuditExport(IDbContextFactory<AppDbContext> contexts, TenantContext tenant, SecurityEvents security)
{
    private const int AtATime = 500;

    private static readonly string[] Columns =
        [
            "id", "at", "action", "entity", "entity_id", "entity_name", "actor_kind", "actor_id", "actor", "via", "address", "times",
            "request_id", "changes"
        ];

    /// <summary>Checks the permission and records the export in the audit trail.</summary>
    public async Task<Result<Done>> BeginAsync(CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.AuditRead) is { } forbidden)
        {
            return forbidden;
        }

        cancellationToken.ThrowIfCancellationRequested();
        await security.RecordAsync(AuditAction.Exported, AuditEntry.AuditType);
        return default(Done);
    }

    public async Task WriteAsync(AuditQuery query, Stream target, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var table = TableWriter.Open(TableFormat.Csv, target);
        await table.WriteAsync(Columns);
        AuditEntry? last = null;
        while (true)
        {
            var rest = AuditQueries.Matching(db, query);
            if (last is { At: var at, Id: var id })
            {
                rest = rest.Where(entry => entry.At < at || (entry.At == at && entry.Id < id));
            }

            var some = await AuditQueries.Ordered(rest).Take(AtATime).ToListAsync(cancellationToken);
            if (some.Count == 0)
            {
                return;
            }

            var names = await AuditSubjects.LoadAsync(db, some, cancellationToken);
            foreach (var entry in some)
            {
                await table.WriteAsync(
                [
                    Text(entry.Id), entry.At.UtcDateTime.ToString(
                        "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), Word(entry.Action), entry.EntityType,
                    Text(entry.EntityId), names.Of(entry), Word(entry.ActorKind), Text(entry.ActorId), entry.ActorName,
                    Word(entry.ChangeOrigin), entry.Address,
                    Text(entry.Times), entry.RequestId, entry.Changes,
                ]);
            }

            last = some[^1];
            await target.FlushAsync(cancellationToken);
        }
    }

    private static string Text(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static string Word(Enum value) => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
