namespace WaCr.Web.Components.Language;

/// <summary>The texts of one plural, by number or by the language's category of numbers.</summary>
internal sealed class PluralForms
{
    private readonly Dictionary<string, MessagePattern> _forms = new(StringComparer.Ordinal);

    public IEnumerable<string> Names => _forms.Values.SelectMany(form => form.Names);

    public static PluralForms Read(string text)
    {
        var read = new PluralForms();
        for (var position = 0; text.AsSpan(position).IndexOf('{') is >= 0 and var ahead;)
        {
            var open = position + ahead;
            var close = MessagePattern.ClosingBrace(text, open);
            read._forms.Add(text[position..open].Trim(), new MessagePattern(text[(open + 1)..close]));
            position = close + 1;
        }

        return read._forms.ContainsKey(PluralRules.Other) ? read : throw new FormatException($"A plural needs 'other': {text}.");
    }

    public MessagePattern For(long count, CultureInfo culture) =>
        _forms.GetValueOrDefault(string.Create(CultureInfo.InvariantCulture, $"={count}"))
        ?? _forms.GetValueOrDefault(PluralRules.CategoryOf(count, culture))
        ?? _forms[PluralRules.Other];
}
