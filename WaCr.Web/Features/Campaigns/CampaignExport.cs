using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Audit;
using WaCr.Web.Features.Transfers;

namespace WaCr.Web.Features.Campaigns;

/// <summary>A recipient's result, as shown in the list.</summary>
public enum CampaignOutcome
{
    Waiting = 0,
    Sent = 1,
    Delivered = 2,
    Read = 3,
    Failed = 4,
    Uncertain = 5,
    Cancelled = 6,
    LeftOut = 7,
    HeldByWhatsapp = 8, // the API's held_by_whatsapp
}

internal static class CampaignOutcomes
{
    public static CampaignOutcome Of(OutboxState? state, MessageStatus status) => (state, status) switch
    {
        (OutboxState.Dead, _) => CampaignOutcome.Failed,
        (_, >= MessageStatus.Read) => CampaignOutcome.Read,
        (_, MessageStatus.Delivered) => CampaignOutcome.Delivered,
        (OutboxState.Sent, _) => CampaignOutcome.Sent,
        (OutboxState.HeldByWhatsApp, _) => CampaignOutcome.HeldByWhatsapp,
        (OutboxState.Uncertain, _) => CampaignOutcome.Uncertain,
        (OutboxState.Cancelled, _) => CampaignOutcome.Cancelled,
        _ => CampaignOutcome.Waiting,
    };
}

/// <summary>Localized column names and outcomes of the export.</summary>
public sealed record CampaignExportLabels(
    IReadOnlyList<string> Headers, Func<CampaignOutcome, string> Outcome, Func<CampaignExclusionReason, string> Excluded,
    Func<int?, string, string> Failed);

/// <summary>Exports all recipients of a campaign, including excluded ones.</summary>
public sealed class CampaignExport(IDbContextFactory<AppDbContext> contexts, TenantContext tenant, SecurityEvents security)
{
    private const int AtATime = 500;

    /// <summary>Returns the campaign's name, for the file name.</summary>
    public async Task<Result<string>> FindAsync(long id, CancellationToken cancellationToken)
    {
        if ((tenant.Require(Permissions.MessagesRead) ?? tenant.Require(Permissions.ContactsExport)) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.Campaigns.Where(c => c.Id == id).Select(c => c.Name).SingleOrDefaultAsync(cancellationToken) is not { } name)
        {
            return CampaignErrors.NotFound;
        }

        await security.RecordAsync(AuditAction.Exported, AuditEntry.MessagesType, id);
        return name;
    }

    public async Task WriteAsync(
        long id, TableFormat format, CampaignExportLabels words, Stream target, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var table = TableWriter.Open(format, target);
        await table.WriteAsync(words.Headers);
        var last = 0L;
        while (true)
        {
            var some = await db.Messages.AsNoTracking()
                .Where(m => m.CampaignId == id && m.ContactId > last)
                .OrderBy(m => m.ContactId)
                .Take(AtATime)
                .Select(m => new Row(m.ContactId, m.State, m.Status, m.ErrorCode, m.Error, m.SentAt, m.DeliveredAt, m.ReadAt))
                    .ToListAsync(cancellationToken);
            if (some.Count == 0)
            {
                break;
            }

            foreach (var (row, person) in some.Zip(await CampaignPeople.ReadAsync(db, some.ConvertAll(row => row.ContactId),
                cancellationToken)))
            {
                var outcome = CampaignOutcomes.Of(row.State, row.Status);
                await table.WriteAsync(
                [
                    Number(row.ContactId), person.Name, person.Phone, words.Outcome(outcome),
                    outcome == CampaignOutcome.Failed
                        ? words.Failed(row.ErrorCode, row.Error ?? "")
                        : "", Time(row.SentAt), Time(row.DeliveredAt), Time(row.ReadAt),
                ]);
            }

            last = some[^1].ContactId;
            await target.FlushAsync(cancellationToken);
        }

        await WriteExcludedAsync(db, id, table, words, target, cancellationToken);
    }

    private static async Task WriteExcludedAsync(
        AppDbContext db, long id, ITableWriter table, CampaignExportLabels words, Stream target, CancellationToken cancellationToken)
    {
        var last = 0L;
        while (true)
        {
            var some = await db.CampaignExclusions.AsNoTracking()
                .Where(e => e.CampaignId == id && e.ContactId > last)
                .OrderBy(e => e.ContactId)
                .Take(AtATime)
                .Select(e => new { e.ContactId, e.Reason }).ToListAsync(cancellationToken);
            if (some.Count == 0)
            {
                return;
            }

            foreach (var (row, person) in some.Zip(await CampaignPeople.ReadAsync(db, some.ConvertAll(row => row.ContactId),
                cancellationToken)))
            {
                await table.WriteAsync(
                    [
                        Number(row.ContactId), person.Name, person.Phone, words.Outcome(CampaignOutcome.LeftOut),
                        words.Excluded(row.Reason), "", "", ""
                    ]);
            }

            last = some[^1].ContactId;
            await target.FlushAsync(cancellationToken);
        }
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Time(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? "";

    private sealed record Row(
        long ContactId, OutboxState? State, MessageStatus Status, int? ErrorCode, string? Error, DateTimeOffset? SentAt,
        DateTimeOffset? DeliveredAt, DateTimeOffset? ReadAt);
}
