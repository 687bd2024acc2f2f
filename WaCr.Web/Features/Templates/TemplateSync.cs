using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Channels;
using WaCr.Web.WhatsApp;

namespace WaCr.Web.Features.Templates;

/// <summary>
/// Copies the templates from WhatsApp. Each page is one short write. Concurrent syncs are safe: neither deletes a template the other has
/// just seen.
/// </summary>
public sealed class TemplateSync(
    IWhatsAppClient whatsApp, ChannelDirectory channels, IDatabaseWriter writer, TenantContext tenant, TimeProvider time)
{
    /// <summary>More pages than any account has. A limit, because a faulty cursor could loop.</summary>
    private const int MaxPages = 1_000;

    /// <summary>The actor of the daily sync.</summary>
    public static readonly CurrentActor Job = new(
        ActorKind.Job, null, "Templates", ChangeOrigin.System, System.Collections.Frozen.FrozenSet<string>.Empty);

    /// <summary>Syncs every business account of the tenant's numbers. Tries all; reports the first error.</summary>
    public async Task<Result<TemplateSyncResult>> RunAsync(CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.TemplatesSync) is { } forbidden)
        {
            return forbidden;
        }

        var accounts = await channels.ListAccountsAsync(cancellationToken);
        if (accounts.Count == 0)
        {
            return new WhatsAppNotConfiguredError();
        }

        var (all, failure) = (new TemplateSyncResult(0, 0, 0, 0, time.GetUtcNow()), default(AppError));
        foreach (var channelId in accounts)
        {
            var synced = await RunAsync(channelId, cancellationToken);
            failure ??= synced.Error;
            all = synced.Succeeded ? all.Plus(synced.Value) : all;
        }

        return failure is null ? all : failure;
    }

    /// <summary>Syncs the account of one channel.</summary>
    internal async Task<Result<TemplateSyncResult>> RunAsync(long channelId, CancellationToken cancellationToken)
    {
        var opened = await channels.OpenAsync(channelId, cancellationToken);
        if (!opened.Succeeded)
        {
            return opened.Error;
        }

        var synced = await RunAsync(opened.Value.Access, cancellationToken);
        await channels.NoteAsync(opened.Value, synced.Error);
        return synced.Error is WhatsAppRefused or WhatsAppUnavailable or WhatsAppUncertain
            ? TemplateSyncFailedError.Of(synced.Error)
            : synced;
    }

    private async Task<Result<TemplateSyncResult>> RunAsync(WhatsAppChannel channel, CancellationToken cancellationToken)
    {
        var startedAt = time.GetUtcNow();
        var counts = new Counts();
        string? cursor = null;
        var skipped = new List<string>();
        var cursors = new HashSet<string>(StringComparer.Ordinal);
        for (var pages = 0; pages < MaxPages; pages++)
        {
            var page = await whatsApp.ListTemplatesAsync(channel, cursor, cancellationToken);
            if (!page.Succeeded)
            {
                return page.Error;
            }

            List<TemplateDescription> fit = [.. page.Value.Templates.Where(Fits).DistinctBy(template => template.Id, StringComparer.Ordinal)];
            var unfit = page.Value.Templates.Where(template => !Fits(template)).Select(template => template.Name);
            skipped.AddRange(page.Value.Skipped.Concat(unfit).Select(Shown));
            var now = time.GetUtcNow();
            var written = await writer.WriteAsync<Counts>(db => StoreAsync(db, channel.BusinessAccountId, fit, now), cancellationToken);
            counts = counts.Plus(written.OrThrow());
            cursor = page.Value.NextCursor;
            if (cursor is null)
            {
                var deleted = await writer.WriteAsync<int>(
                    db => RemoveGoneAsync(db, channel.BusinessAccountId, startedAt, skipped), cancellationToken);
                return new TemplateSyncResult(counts.Synced, counts.Created, counts.Updated, deleted.OrThrow(), startedAt) { Skipped = skipped };
            }

            if (!cursors.Add(cursor))
            {
                return new WhatsAppUnavailable(WhatsAppUnavailable.Circle);
            }
        }

        return new WhatsAppUnavailable(WhatsAppUnavailable.Circle);
    }

    private static async Task<Result<Counts>> StoreAsync(
        AppDbContext db, string accountId, List<TemplateDescription> page, DateTimeOffset now)
    {
        var ids = page.Select(template => template.Id).ToList();
        var names = page.Select(template => template.Name).Distinct(StringComparer.Ordinal).ToList();
        var rows = await db.Templates
            .Where(row => ids.Contains(row.WhatsAppId) || (row.BusinessAccountId == accountId && names.Contains(row.Name)))
            .ToListAsync();
        // If a recreated account reuses an id for another template, the old row with that id is replaced.
        var wanted = page.ToDictionary(template => template.Id, template => (template.Name, template.Language), StringComparer.Ordinal);
        var foreign = rows.Where(row => wanted.TryGetValue(row.WhatsAppId, out var key) && key != (row.Name, row.Language)).ToList();
        db.RemoveRange(foreign);
        var known = rows.Except(foreign).Where(row => row.BusinessAccountId == accountId || ids.Contains(row.WhatsAppId))
            .ToDictionary(row => (row.Name, row.Language));
        var (created, updated) = (0, 0);
        foreach (var template in page)
        {
            if (known.TryGetValue((template.Name, template.Language), out var row))
            {
                TemplateRows.Copy(template, accountId, row);
                updated += db.Entry(row).State == EntityState.Modified ? 1 : 0;
            }
            else
            {
                row = new Template { CreatedAt = now, UpdatedAt = now, SyncedAt = now };
                TemplateRows.Copy(template, accountId, row);
                db.Add(row);
                known.Add((row.Name, row.Language), row);
                created++;
            }
        }

        await db.SaveChangesAsync();

        // Past the change tracker, since being seen is no change; never moves the time back, because another sync may have seen it later.
        var seen = known.Values.Where(row => ids.Contains(row.WhatsAppId)).Select(row => row.Id).ToList();
        await db.Templates.Where(row => seen.Contains(row.Id) && row.SyncedAt < now)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.SyncedAt, now));
        return new Counts(page.Count, created, updated);
    }

    // A template that could not be parsed still exists, so it is not removed.
    private static async Task<Result<int>> RemoveGoneAsync(AppDbContext db, string accountId, DateTimeOffset startedAt, List<string> skipped) =>
        await db.Templates
            .Where(row => row.BusinessAccountId == accountId && row.SyncedAt < startedAt && !skipped.Contains(row.Name))
            .ExecuteDeleteAsync();

    /// <summary>Skips a template with impossible values, so that the others are synced.</summary>
    private static bool Fits(TemplateDescription template) =>
        template.Id.Length is > 0 and <= Template.WhatsAppIdMaxLength && TextRule.IsStorable(template.Id)
        && template.Name.Length is > 0 and <= Template.NameMaxLength && TextRule.IsStorable(template.Name)
        && template.Language.Length is > 0 and <= Template.LanguageMaxLength && TextRule.IsStorable(template.Language)
        && TextRule.IsStorable(template.Category) && TextRule.IsStorable(template.Status)
        && TextRule.IsStorable(template.ParameterFormat ?? "");

    private static string Shown(string name) =>
        name.Length is > 0 and <= Template.NameMaxLength && TextRule.IsStorable(name) ? name : "?";

    private sealed record Counts(int Synced = 0, int Created = 0, int Updated = 0)
    {
        public Counts Plus(Counts others) => new(Synced + others.Synced, Created + others.Created, Updated + others.Updated);
    }
}
