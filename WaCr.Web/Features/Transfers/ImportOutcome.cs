using WaCr.Web.Features.Bulk;

namespace WaCr.Web.Features.Transfers;

/// <summary>A rejected row, stored for correction.</summary>
/// <param name="Errors">By field, as named in the API.</param>
public sealed record FailedLine(int Line, string[] Cells, Dictionary<string, List<FieldError>> Errors);

/// <summary>Undo data of one chunk: created and changed contacts.</summary>
internal sealed record ImportUndo(List<long> Created, List<ContactEdit> Edits);

/// <summary>Result of some rows.</summary>
internal sealed class ImportOutcome
{
    private readonly HashSet<long> _created = [];

    public List<long> Created { get; } = [];

    public List<ContactEdit> Edits { get; } = [];

    /// <summary>Rows, not contacts: two rows may change the same contact.</summary>
    public int Updated { get; set; }

    public int Unchanged { get; set; }

    public int Skipped { get; set; }

    /// <summary>Notes on accepted rows.</summary>
    public NoteCounts Notes { get; } = new();

    public List<FailedLine> Failed { get; } = [];

    public void AddCreated(IReadOnlyList<long> ids)
    {
        Created.AddRange(ids);
        _created.UnionWith(ids);
    }

    /// <summary>
    /// Several rows may change one contact; its undo restores the state before the first. Contacts created here need no edits: undo moves
    /// them to the trash.
    /// </summary>
    public void Add(ContactEdit edit)
    {
        if (_created.Contains(edit.Id))
        {
            return;
        }

        var index = Edits.FindIndex(other => other.Id == edit.Id);
        if (index < 0)
        {
            Edits.Add(edit);
        }
        else
        {
            Edits[index] = Edits[index].Then(edit);
        }
    }

    public void AddNotes(ImportRow row) => row.Notes.ForEach(note => Notes.Add(NoteCounts.Kept(note), row.Source.Line));

    public void Fail(ImportRow row, FieldErrors errors) => Failed.Add(new FailedLine(
        row.Source.Line, row.Source.Cells, errors.ToDictionary(error => error.Key, error => error.Value.ToList(), StringComparer.Ordinal)));
}
