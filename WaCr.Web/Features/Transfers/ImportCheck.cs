using System.IO.Hashing;
using System.Text;
using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Plans;

namespace WaCr.Web.Features.Transfers;

/// <summary>Previews an import; writes nothing.</summary>
public sealed class ImportCheck(IDbContextFactory<AppDbContext> contexts, TenantContext tenant, ImportQueries queries, TimeProvider time)
{
    private const int RowsShown = 20;

    /// <param name="progress">Receives the number of checked rows.</param>
    public async Task<Result<ImportForecast>> RunAsync(
        long id, ImportSettings settings, IProgress<int> progress, CancellationToken cancellationToken)
    {
        var found = await queries.GetAsync(id, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Error;
        }

        if (await ImportRules.CheckAsync(contexts, settings, found.Value.Headers.Count, tenant, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        return await ForecastAsync(id, settings, progress, cancellationToken);
    }

    private async Task<ImportForecast> ForecastAsync(
        long id, ImportSettings settings, IProgress<int> progress, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var names = await ImportNames.LoadAsync(db, cancellationToken);
        var reader = new ImportRowReader(settings, names, tenant.Tenant.Country);
        var tally = new Tally(settings.Existing, await RoomAsync(db), tenant.Tenant.Country);
        var numbers = await db.ImportChunks.Where(chunk => chunk.ImportId == id)
            .OrderBy(chunk => chunk.Number)
            .Select(chunk => chunk.Number)
            .ToListAsync(cancellationToken);
        foreach (var number in numbers)
        {
            var packed = await db.ImportChunks.Where(chunk => chunk.ImportId == id && chunk.Number == number)
                .Select(chunk => chunk.Rows)
                .SingleOrDefaultAsync(cancellationToken);
            if (packed is null)
            {
                continue; // its job was started meanwhile
            }

            // Parsing phone numbers is expensive, so it runs off the circuit's thread.
            var rows = await Task.Run(() => ChunkPack.Unpack<TableRow>(packed).ConvertAll(reader.Read), cancellationToken);
            var known = await KnownContacts.LoadAsync(db, rows);
            rows.ForEach(row => tally.Count(row, known.Find(row)));
            progress.Report(tally.Behind);
        }

        return tally.ToForecast([.. names.New.Select(name => name.Name)]);
    }

    private async Task<long> RoomAsync(AppDbContext db)
    {
        var limit = (await SubscriptionPlans.InForceAsync(db, time.GetUtcNow())).LimitOf(Metric.Contacts);
        var used = await db.UsageCounters.Where(counter => counter.Metric == Metric.Contacts && counter.Period == "")
            .Select(counter => counter.Value)
            .SingleAsync();
        return limit is null or Plan.Unlimited ? long.MaxValue : Math.Max(0, limit.Value - used);
    }

    private sealed class Tally(ExistingPolicy existing, long room, string homeCountry)
    {
        // Hashes of phones and e-mails of earlier rows: for a million rows some 30 MB less than the texts.
        private readonly HashSet<long> _seen = [];
        private readonly Dictionary<RowOutcome, int> _counts = Enum.GetValues<RowOutcome>().ToDictionary(outcome => outcome, _ => 0);
        private readonly List<PreviewRow> _shown = [];
        private readonly NoteCounts _notes = new();
        private int _overLimit;

        public int Behind => _counts.Values.Sum();

        public void Count(ImportRow row, long? contact)
        {
            var repeats = Keys(row).Any(_seen.Contains);
            var errors = row.New.Errors;
            if (contact is not null || repeats)
            {
                // Updates have fewer required fields.
                errors = existing == ExistingPolicy.Skip ? [] : ContactDraft.ForUpdate(row.Patch, homeCountry, ChangeOrigin.Import).Errors;
            }
            else if (!errors.Any && _counts[RowOutcome.Create] >= room)
            {
                _overLimit++;
                errors = new FieldErrors().Add(ImportErrors.Row, ImportErrors.PlanFull);
            }

            var outcome = errors.Any ? RowOutcome.Error
                : contact is null && !repeats ? RowOutcome.Create
                : existing == ExistingPolicy.Skip ? RowOutcome.Skip
                : RowOutcome.Update;
            if (!errors.Any)
            {
                _seen.UnionWith(Keys(row));
            }

            if (_counts[outcome]++ < RowsShown)
            {
                var name = $"{row.New.FirstName.Or("")} {row.New.LastName.Or("")}".Trim();
                var (phone, email) = (row.Patch.Phone.Or(null) ?? "", row.Patch.Email.Or(null) ?? "");
                _shown.Add(new PreviewRow(row.Source.Line, outcome, name, phone, email, errors, row.Notes));
            }

            if (outcome is RowOutcome.Create or RowOutcome.Update)
            {
                row.Notes.ForEach(note => _notes.Add(note, row.Source.Line));
            }
        }

        public ImportForecast ToForecast(IReadOnlyList<string> newNames) => new()
        {
            Create = _counts[RowOutcome.Create],
            Update = _counts[RowOutcome.Update],
            Skip = _counts[RowOutcome.Skip],
            Error = _counts[RowOutcome.Error],
            Rows = _shown,
            NewNames = newNames,
            Notes = _notes.ToList(),
            OverLimit = _overLimit,
        };

        private static IEnumerable<long> Keys(ImportRow row) => new[] { row.PhoneKey, row.EmailKey }.OfType<string>().Select(Hash);

        // Collisions are negligible: one in some ten million files of a million keys.
        private static long Hash(string key) => unchecked((long)XxHash64.HashToUInt64(Encoding.UTF8.GetBytes(key)));
    }
}
