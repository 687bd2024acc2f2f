using System.Text;

namespace WaCr.Web.Features.Transfers.Reading;

/// <summary>A vCard, parsed property by property.</summary>
internal sealed class VCard
{
    private const int MaxValues = 20;

    private readonly List<(int Rank, string Number)> _phones = [];
    private readonly List<string> _emails = [];
    private readonly List<string> _groups = [];
    private readonly List<string> _notes = [];
    private IReadOnlyList<string> _name = [];
    private IReadOnlyList<string> _address = [];
    private string _fullName = "";
    private string _company = "";

    public void Add(string line)
    {
        var colon = EndOfName(line);
        if (colon < 0)
        {
            return;
        }

        var labels = line[..colon].Split(';');
        var value = line[(colon + 1)..];
        value = labels.Any(label => label.Contains("QUOTED-PRINTABLE", StringComparison.OrdinalIgnoreCase)) ? Decode(value, labels) : value;
        Set(labels[0][(labels[0].LastIndexOf('.') + 1)..].ToUpperInvariant(), value, string.Join(';', labels.Skip(1)).ToUpperInvariant());
    }

    /// <summary>Cells in the order of the table's headers; null for a card without a person.</summary>
    public string[]? ToCells()
    {
        var (last, first) = (Part(_name, 0), string.Join(' ', new[] { Part(_name, 1), Part(_name, 2) }.Where(name => name.Length > 0)));
        var full = first.Length + last.Length == 0 && _fullName != _company ? _fullName : "";
        var cells = new[]
        {
            first, last, full, CellValues.Join(_phones.OrderBy(phone => phone.Rank).Select(phone => phone.Number)),
                CellValues.Join(_emails), _company,
            string.Join('\n', _notes), NameList.Write(_groups), Part(_address, 2), Part(_address, 3), Part(_address, 4),
                Part(_address, 5), Part(_address, 6),
        };
        return Array.Exists(cells, cell => cell.Length > 0) ? cells : null;
    }

    private void Set(string name, string value, string labels)
    {
        switch (name)
        {
            case "N":
                _name = Split(value, ';');
                break;
            case "FN":
                _fullName = Unescape(value);
                break;
            case "ORG":
                _company = Part(Split(value, ';'), 0);
                break;
            case "TEL" when _phones.Count < MaxValues:
                _phones.Add((RankOf(labels), Unescape(value)));
                break;
            case "EMAIL" when _emails.Count < MaxValues:
                _emails.Add(Unescape(value));
                break;
            case "NOTE" when _notes.Count < MaxValues:
                _notes.Add(Unescape(value));
                break;
            case "CATEGORIES" when _groups.Count < MaxValues:
                _groups.AddRange(Split(value, ',').Where(group => group.Length > 0));
                break;
            case "ADR" when _address.All(part => part.Length == 0):
                _address = Split(value, ';');
                break;
        }
    }

    // Prefers a mobile phone over a preferred one, because it is likely to be on WhatsApp.
    private static int RankOf(string labels) =>
        labels.Contains("FAX", StringComparison.Ordinal) || labels.Contains("PAGER", StringComparison.Ordinal) ? 3
        : labels.Contains("CELL", StringComparison.Ordinal) || labels.Contains("MOBILE", StringComparison.Ordinal)
            || labels.Contains("IPHONE", StringComparison.Ordinal) ? 0
        : labels.Contains("PREF", StringComparison.Ordinal) ? 1
        : 2;

    private static string Part(IReadOnlyList<string> parts, int index) => index < parts.Count ? parts[index] : "";

    private static int EndOfName(string line)
    {
        var quoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            quoted ^= line[i] == '"';
            if (line[i] == ':' && !quoted)
            {
                return i;
            }
        }

        return -1;
    }

    private static List<string> Split(string value, char separator)
    {
        var (parts, start) = (new List<string>(), 0);
        for (var i = 0; i <= value.Length; i++)
        {
            if (i < value.Length && value[i] == '\\')
            {
                i++;
            }
            else if (i == value.Length || value[i] == separator)
            {
                parts.Add(Unescape(value[start..i]));
                start = i + 1;
            }
        }

        return parts;
    }

    private static string Unescape(string value)
    {
        var text = new StringBuilder(value.Length);
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] == '\\' && i + 1 < value.Length)
            {
                text.Append(value[++i] is 'n' or 'N' ? '\n' : value[i]);
            }
            else
            {
                text.Append(value[i]);
            }
        }

        return text.ToString().Trim();
    }

    private static string Decode(string value, string[] labels)
    {
        var bytes = new List<byte>(value.Length);
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] == '=' && i + 2 < value.Length && byte.TryParse(value.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier,
                CultureInfo.InvariantCulture, out var coded))
            {
                bytes.Add(coded);
                i += 2;
            }
            else
            {
                bytes.AddRange(Encoding.UTF8.GetBytes(value, i, char.IsHighSurrogate(value[i]) && i + 1 < value.Length ? 2 : 1));
                i += char.IsHighSurrogate(value[i]) ? 1 : 0;
            }
        }

        var named = Array.Find(labels, label => label.StartsWith("CHARSET=", StringComparison.OrdinalIgnoreCase))?[8..];
        var encoding = ReadingChoice.Encodings.FirstOrDefault(known => string.Equals(known, named, StringComparison.OrdinalIgnoreCase))
            ?? "utf-8";
        return ReadingChoice.EncodingOf(encoding).GetString([.. bytes]);
    }
}
