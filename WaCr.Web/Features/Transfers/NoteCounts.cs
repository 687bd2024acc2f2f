namespace WaCr.Web.Features.Transfers;

/// <summary>Counts rows per distinct note. Beyond a limit of distinct notes, counts per field only.</summary>
internal sealed class NoteCounts
{
    private const int MaxDifferent = 200;
    private const int LinesShown = 5;
    private const string AnyWord = "…";

    private readonly Dictionary<ImportNote, (int Rows, List<int> Lines)> _counts = [];

    public void Add(ImportNote note, int line) => Add(new ImportNoteCount(note, 1, [line]));

    public void Add(ImportNoteCount more)
    {
        var note = _counts.ContainsKey(more.Note) || _counts.Count < MaxDifferent ? more.Note : more.Note with { Word = AnyWord };
        var (rows, lines) = _counts.GetValueOrDefault(note, (0, []));
        _counts[note] = (rows + more.Rows, [.. lines.Concat(more.Lines).Take(LinesShown)]);
    }

    public List<ImportNoteCount> ToList() =>
        [.. _counts.Select(count => new ImportNoteCount(count.Key, count.Value.Rows, count.Value.Lines))
            .OrderByDescending(count => count.Rows)];

    /// <summary>The note without values that may be a person's number, so that stored notes hold nothing to erase.</summary>
    public static ImportNote Kept(ImportNote note) =>
        note.Kind == ImportNoteKind.UnknownWord || note.Word.Length == 0 ? note : note with { Word = AnyWord };
}
