using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Audit;

/// <summary>Reads the workspace's audit trail and sets its retention.</summary>
public sealed class AuditQueries(IDbContextFactory<AppDbContext> contexts, IDatabaseWriter writer, TenantContext tenant)
{
    public async Task<Result<AuditPage>> ListAsync(AuditQuery query, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.AuditRead) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var size = Math.Clamp(query.Size, 1, AuditQuery.MaxSize);
        var skip = (int)Math.Min(int.MaxValue, (Math.Max(1, query.Page) - 1L) * size);
        var rows = await Ordered(Matching(db, query)).Skip(skip).Take(size + 1).ToListAsync(cancellationToken);
        return new AuditPage(await DescribeAsync(db, [.. rows.Take(size)], cancellationToken), rows.Count > size);
    }

    public async Task<Result<AuditChoices>> ChoicesAsync(CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.AuditRead) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var people = await db.Memberships.AsNoTracking()
            .Select(member => new AuditPerson(member.UserId, member.User!.Name))
            .ToListAsync(cancellationToken);
        var row = await db.Tenants.AsNoTracking().SingleAsync(row => row.Id == tenant.TenantId, cancellationToken);
        return new AuditChoices([.. people.OrderBy(person => person.Name, StringComparer.OrdinalIgnoreCase)], row.AuditDays);
    }

    /// <summary>Sets the retention in days; older entries are deleted within the hour. The change is itself audited.</summary>
    public async Task<Result<Done>> KeepForAsync(int days, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.AuditRead) is { } forbidden)
        {
            return forbidden;
        }

        if (!AuditErrors.KeptDaysChoices.Contains(days))
        {
            return AuditErrors.KeptDays;
        }

        return await writer.WriteAsync<Done>(
            async db =>
            {
                (await db.Tenants.SingleAsync(row => row.Id == tenant.TenantId)).AuditKeptDays = days;
                await db.SaveChangesAsync();
                return default(Done);
            },
            cancellationToken);
    }

    internal static IQueryable<AuditEntry> Matching(AppDbContext db, AuditQuery query)
    {
        var entries = db.AuditEntries.AsNoTracking();
        if (query.UserId is { } user)
        {
            // Includes anonymous attempts on the user's account.
            entries = entries.Where(entry => (entry.ActorKind == ActorKind.User && entry.ActorId == user)
                || (entry.EntityType == AuditEntry.AccountType && entry.EntityId == user));
        }

        if (query.EntityType is { } type)
        {
            entries = entries.Where(entry => entry.EntityType == type);
        }

        if (query.EntityId is { } id)
        {
            entries = entries.Where(entry => entry.EntityId == id);
        }

        if (query.Action is { } action)
        {
            entries = entries.Where(entry => entry.Action == action);
        }

        if (query.From is { } from)
        {
            entries = entries.Where(entry => entry.At >= from);
        }

        return query.Before is { } before ? entries.Where(entry => entry.At < before) : entries;
    }

    internal static IQueryable<AuditEntry> Ordered(IQueryable<AuditEntry> entries) =>
        entries.OrderByDescending(entry => entry.At).ThenByDescending(entry => entry.Id);

    internal static async Task<IReadOnlyList<AuditItem>> DescribeAsync(
        AppDbContext db, List<AuditEntry> rows, CancellationToken cancellationToken)
    {
        var names = await AuditSubjects.LoadAsync(db, rows, cancellationToken);
        return rows.ConvertAll(row => new AuditItem(
            row.Id, row.At, row.Action, row.EntityType, row.EntityId, names.Of(row), row.ActorKind,
            row.ActorKind is ActorKind.System or ActorKind.Anonymous
                ? ""
                : row.ActorName, row.ChangeOrigin, row.Address, row.Times, ReadChanges(row.Changes)));
    }

    private static List<AuditField> ReadChanges(string changes)
    {
        using var json = JsonDocument.Parse(changes);
        return [.. json.RootElement.EnumerateObject().Select(pair => new AuditField(pair.Name, Text(pair.Value[0]), Text(pair.Value[1])))];
    }

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => "",
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(item => item.ToString())),
        _ => value.GetRawText(),
    };
}
