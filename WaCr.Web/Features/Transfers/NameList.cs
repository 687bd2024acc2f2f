using System.Text;

namespace WaCr.Web.Features.Transfers;

/// <summary>Several names in one cell: <c>VIP; Paris</c>. A name containing a separator is quoted.</summary>
internal static class NameList
{
    private const char Quote = '"';
    private static readonly char[] Special = [';', ',', '|', '\n', '\r', Quote];

    public static string Write(IEnumerable<string> names) => string.Join("; ", names.Select(name =>
        name.IndexOfAny(Special) < 0 ? name : Quote + name.Replace("\"", "\"\"", StringComparison.Ordinal) + Quote));

    /// <summary>Splits at semicolons, commas, vertical bars and line breaks; blank names are skipped.</summary>
    public static List<string> Read(string cell)
    {
        var names = new List<string>();
        var name = new StringBuilder();
        var quoted = false;
        for (var index = 0; index < cell.Length; index++)
        {
            var letter = cell[index];
            if (quoted && letter == Quote && index + 1 < cell.Length && cell[index + 1] == Quote)
            {
                name.Append(Quote);
                index++;
            }
            else if (letter == Quote && (quoted || string.IsNullOrWhiteSpace(name.ToString())))
            {
                quoted = !quoted;
            }
            else if (!quoted && letter is (';' or ',' or '|' or '\n' or '\r'))
            {
                Add();
            }
            else
            {
                name.Append(letter);
            }
        }

        Add();
        return names;

        void Add()
        {
            if (name.ToString().Trim() is { Length: > 0 } trimmed && !names.Contains(trimmed, StringComparer.OrdinalIgnoreCase))
            {
                names.Add(trimmed);
            }

            name.Clear();
        }
    }
}
