using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Contacts;

namespace WaCr.Web.Features.Privacy;

/// <summary>
/// Rows with personal data that no foreign key links to the contact, found by scanning. The first scan runs outside a write; the second,
/// inside it, only sees newer rows (<paramref name="LastEvent"/> and so on).
/// </summary>
internal sealed record Leftovers(
    List<long> Events, long LastEvent, List<long> Answers, long LastAnswer, List<long> Edits, List<long> Views,
    List<(long ImportId, int Number)> Chunks)
{
    private static readonly byte[] ErasedAnswer = Encoding.UTF8.GetBytes(
        """{"success":true,"message":"The answer was erased with its contact","data":null}""");

    private static readonly Leftovers Nothing = new([], 0, [], 0, [], [], []);

    /// <param name="db">Context of the tenant.</param>
    /// <param name="traces">Data that identifies the contacts.</param>
    /// <param name="since">Result of the first scan; null when this is the first.</param>
    public static async Task<Leftovers> FindAsync(AppDbContext db, PersonTraces traces, Leftovers? since)
    {
        since ??= Nothing;
        var (events, answers) = (new List<long>(since.Events), new List<long>(since.Answers));
        var (lastEvent, lastAnswer) = (since.LastEvent, since.LastAnswer);
        await foreach (var row in db.WebhookEvents.Where(e => e.Id > since.LastEvent).OrderBy(e => e.Id)
            .Select(e => new { e.Id, e.Payload }).AsAsyncEnumerable())
        {
            lastEvent = row.Id;
            if (traces.AreIn(Encoding.UTF8.GetBytes(row.Payload)))
            {
                events.Add(row.Id);
            }
        }

        await foreach (var row in db.IdempotentRequests.Where(r => r.Id > since.LastAnswer).OrderBy(r => r.Id)
            .Select(r => new { r.Id, r.Key, r.Body, r.Location, r.StatusCode }).AsAsyncEnumerable())
        {
            // A request without an answer is scanned again, inside the write.
            lastAnswer = row.StatusCode is null ? lastAnswer : row.Id;
            if (traces.AreIn(row.Key) || (row.Body is { } body && traces.AreIn(body)) || IsOf(traces, row.Location))
            {
                answers.Add(row.Id);
            }
        }

        var edits = new List<long>();
        await foreach (var edit in db.UnsavedEdits.Where(e => e.ContactId == null).Select(e => new { e.Id, e.Fields }).AsAsyncEnumerable())
        {
            if (JsonSerializer.Deserialize<UnsavedFields>(edit.Fields)!.Fields.Values.Any(field => traces.Fit(field.Mine)
                || traces.Fit(field.Before)))
            {
                edits.Add(edit.Id);
            }
        }

        var views = new List<long>();
        await foreach (var view in db.SavedViews.Select(v => new { v.Id, v.Name, v.Query }).AsAsyncEnumerable())
        {
            if (traces.AreIn(view.Name)
                || view.Query.Split('&', '=', '?').Any(part => traces.Fit(Uri.UnescapeDataString(part.Replace('+', ' ')))))
            {
                views.Add(view.Id);
            }
        }

        return new Leftovers(
            events, lastEvent, answers, lastAnswer, edits, views,
            since == Nothing ? await ImportLeftovers.FindAsync(db, traces) : since.Chunks);
    }

    /// <summary>Erases the rows; of a file chunk only these contacts' rows.</summary>
    public async Task EraseAsync(AppDbContext db, PersonTraces traces)
    {
        foreach (var some in Events.Chunk(500))
        {
            await db.WebhookEvents.Where(e => some.Contains(e.Id)).ExecuteDeleteAsync();
        }

        await EraseAnswersAsync(db, traces);
        await db.UnsavedEdits.Where(e => Edits.Contains(e.Id)).ExecuteDeleteAsync();
        await db.SavedViews.Where(v => Views.Contains(v.Id)).ExecuteDeleteAsync();
        await ImportLeftovers.EraseAsync(db, Chunks, traces);
        await db.SaveChangesAsync();
    }

    // Keeps the key, so that a repeat still does nothing, unless the key contains the contact's own number.
    private async Task EraseAnswersAsync(AppDbContext db, PersonTraces traces)
    {
        foreach (var answer in await db.IdempotentRequests.Where(r => Answers.Contains(r.Id)).Select(r => new { r.Id, r.Key })
            .ToListAsync())
        {
            var row = db.IdempotentRequests.Where(r => r.Id == answer.Id);
            if (traces.AreIn(answer.Key))
            {
                await row.ExecuteDeleteAsync();
            }
            else
            {
                await row.Where(r => r.StatusCode != null)
                    .ExecuteUpdateAsync(set => set.SetProperty(r => r.Body, ErasedAnswer).SetProperty(r => r.Location, (string?)null));
            }
        }
    }

    private static bool IsOf(PersonTraces traces, string? location) =>
        location is not null && location.Contains("/contacts/", StringComparison.Ordinal)
        && long.TryParse(location[(location.LastIndexOf('/') + 1)..], out var id) && traces.Contacts.Contains(id);
}
