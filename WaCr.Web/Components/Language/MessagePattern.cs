using System.Collections.Concurrent;
using System.Text;

namespace WaCr.Web.Components.Language;

/// <summary>
/// The subset of ICU's message format that the texts use: <c>{name}</c>, and <c>{name, plural, =0 {none} one {# thing} other {#
/// things}}</c>. There is no quoting, so texts cannot contain literal braces.
/// </summary>
internal sealed class MessagePattern
{
    // Bounded: one per text in the program.
    private static readonly ConcurrentDictionary<string, MessagePattern> Parsed = new(StringComparer.Ordinal);

    private readonly List<Part> _parts = [];

    internal MessagePattern(string text)
    {
        var position = 0;
        while (position < text.Length)
        {
            var open = text.IndexOf('{', position);
            if (open < 0)
            {
                open = text.Length;
            }

            if (open > position)
            {
                _parts.Add(new Part(text[position..open], null, null));
            }

            if (open == text.Length)
            {
                return;
            }

            var close = ClosingBrace(text, open);
            _parts.Add(Argument(text[(open + 1)..close]));
            position = close + 1;
        }
    }

    /// <exception cref="FormatException">The pattern is malformed: a mistake of ours or of a translation.</exception>
    public static MessagePattern Parse(string text) => Parsed.GetOrAdd(text, static pattern => new MessagePattern(pattern));

    /// <summary>The names of its values.</summary>
    public IEnumerable<string> Names =>
        _parts.SelectMany(part => part.Name is null ? [] : (part.Plural?.Names ?? []).Prepend(part.Name)).Distinct();

    public string Format(ReadOnlySpan<(string Name, object? Value)> values, CultureInfo culture)
    {
        var written = new StringBuilder();
        Write(written, values, culture, number: null);
        return written.ToString();
    }

    private void Write(StringBuilder written, ReadOnlySpan<(string Name, object? Value)> values, CultureInfo culture, long? number)
    {
        foreach (var part in _parts)
        {
            if (part.Text is { } text)
            {
                written.Append(number is { } shown ? text.Replace("#", shown.ToString("N0", culture), StringComparison.Ordinal) : text);
                continue;
            }

            var value = ValueOf(part.Name!, values);
            if (part.Plural is null)
            {
                written.Append(Written(value, culture));
                continue;
            }

            var count = Convert.ToInt64(value, CultureInfo.InvariantCulture);
            part.Plural.For(count, culture).Write(written, values, culture, count);
        }
    }

    private static string Written(object? value, CultureInfo culture) => value switch
    {
        int or long => ((IFormattable)value).ToString("N0", culture),
        IFormattable formattable => formattable.ToString(null, culture),
        _ => value?.ToString() ?? "",
    };

    private static object? ValueOf(string name, ReadOnlySpan<(string Name, object? Value)> values)
    {
        foreach (var (given, value) in values)
        {
            if (given == name)
            {
                return value;
            }
        }

        throw new FormatException($"The text needs the argument {name}, which was not given.");
    }

    private static Part Argument(string inner)
    {
        var comma = inner.IndexOf(',', StringComparison.Ordinal);
        if (comma < 0)
        {
            return new Part(null, inner.Trim(), null);
        }

        var rest = inner[(comma + 1)..].TrimStart();
        const string keyword = "plural,";
        return rest.StartsWith(keyword, StringComparison.Ordinal)
            ? new Part(null, inner[..comma].Trim(), PluralForms.Read(rest[keyword.Length..]))
            : throw new FormatException($"Unknown kind of argument: {inner}.");
    }

    internal static int ClosingBrace(string text, int open)
    {
        var depth = 0;
        for (var index = open; index < text.Length; index++)
        {
            depth += text[index] switch { '{' => 1, '}' => -1, _ => 0 };
            if (depth == 0)
            {
                return index;
            }
        }

        throw new FormatException($"A brace is not closed: {text}.");
    }

    private sealed record Part(string? Text, string? Name, PluralForms? Plural);
}
