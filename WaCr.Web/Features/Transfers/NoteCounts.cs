namespace WaCr.Web.Features.Transfers;

/// <summary>
/// Notes of many rows, each once, with how many rows have it. Past so many different ones they are counted by field alone.
/// </summary>
internal sealed class NoteCounts
{
    private const int MaxDifferent = 200;
    private const int LinesShown = 5;

    private readonly Dictionary<ImportNote, (int Rows, List<int> Lines)> _counts = [];

    public void Add(ImportNote note, int line)
    {
        note = _counts.ContainsKey(note) || _counts.Count < MaxDifferent ? note : note with { Word = "…" };
        var (rows, lines) = _counts.GetValueOrDefault(note, (0, []));
        if (rows < LinesShown)
        {
            lines.Add(line);
        }

        _counts[note] = (rows + 1, lines);
    }

    public List<ImportNoteCount> ToList() =>
        [.. _counts.Select(count => new ImportNoteCount(count.Key, count.Value.Rows, count.Value.Lines))
            .OrderByDescending(count => count.Rows)];
}
