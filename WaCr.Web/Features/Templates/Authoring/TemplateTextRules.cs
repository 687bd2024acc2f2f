using System.Text.Json;
using System.Text.RegularExpressions;

namespace WaCr.Web.Features.Templates.Authoring;

/// <summary>Which example belongs to a text; WhatsApp nests them differently.</summary>
internal enum ExampleKind
{
    Header = 0,
    Body = 1,
}

/// <summary>Rules for texts with variables.</summary>
internal static partial class TemplateTextRules
{
    /// <summary>Words, variables included, for each variable.</summary>
    public const int WordsPerVariable = 3;

    /// <summary>A required single line; null if it is missing.</summary>
    public static string? Line(TemplateRuleCheck check, TemplatePart part, int maxLength)
    {
        if (part.Text("text") is not { } text || string.IsNullOrWhiteSpace(text))
        {
            check.Add(part.At("text"), TemplateRuleErrors.TextRequired);
            return null;
        }

        if (TextRule.BrokenBy(text, maxLength) is { } broken)
        {
            check.Add(part.At("text"), broken);
        }

        if (text.AsSpan().ContainsAny('\n', '\r', '\t'))
        {
            check.Add(part.At("text"), TemplateRuleErrors.OneLine);
        }

        return text;
    }

    /// <summary>The text's variables, once each, after their rules and their examples were checked.</summary>
    public static IReadOnlyList<string> Variables(TemplateRuleCheck check, TemplatePart part, string text, ExampleKind kind)
    {
        var field = part.At("text");
        var names = Variable.Matches(text).Select(match => match.Groups["name"].Value).Distinct(StringComparer.Ordinal).ToList();
        if (Variable.Replace(text, "") is var rest && (rest.Contains("{{", StringComparison.Ordinal) || rest.Contains("}}", StringComparison.Ordinal)))
        {
            check.Add(field, TemplateRuleErrors.VariableMalformed);
        }

        var numbers = names.Where(name => name.All(char.IsAsciiDigit)).ToList();
        if (check.IsNamed && numbers.Count > 0)
        {
            check.Add(field, TemplateRuleErrors.VariableNames);
        }
        else if (!check.IsNamed && numbers.Count < names.Count)
        {
            check.Add(field, TemplateRuleErrors.VariableNumbers);
        }
        else if (!check.IsNamed && Enumerable.Range(1, numbers.Count).Any(number => !numbers.Contains(number.ToString(CultureInfo.InvariantCulture))))
        {
            check.Add(field, TemplateRuleErrors.VariableGap);
        }
        else if (!HasExamples(check, part, names, kind))
        {
            check.Add(part.At("example"), TemplateRuleErrors.ExampleRequired);
        }

        return names;
    }

    public static void CheckSurroundings(TemplateRuleCheck check, string field, string text, int variables)
    {
        var trimmed = text.Trim();
        if (trimmed.StartsWith("{{", StringComparison.Ordinal) || trimmed.EndsWith("}}", StringComparison.Ordinal))
        {
            check.Add(field, TemplateRuleErrors.VariableAtEdge);
        }

        if (trimmed.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length < variables * WordsPerVariable)
        {
            check.Add(field, TemplateRuleErrors.TooManyVariables);
        }
    }

    private static bool HasExamples(TemplateRuleCheck check, TemplatePart part, List<string> names, ExampleKind kind)
    {
        if (names.Count == 0)
        {
            return true;
        }

        if (check.IsNamed)
        {
            var given = (part.Example(kind == ExampleKind.Header ? "header_text_named_params" : "body_text_named_params") ?? default).Items()
                .Select(example => new TemplatePart(example, "")).ToList();
            return names.TrueForAll(name => given.Exists(example => example.Text("param_name") == name && !string.IsNullOrWhiteSpace(example.Text("example"))));
        }

        var texts = part.Example(kind == ExampleKind.Header ? "header_text" : "body_text") ?? default;
        if (kind == ExampleKind.Body && texts.ValueKind == JsonValueKind.Array && texts.GetArrayLength() > 0 && texts[0].ValueKind == JsonValueKind.Array)
        {
            texts = texts[0]; // a list of lists
        }

        return texts.ValueKind == JsonValueKind.Array && texts.GetArrayLength() >= names.Count
            && texts.EnumerateArray()
                .All(example => example.ValueKind == JsonValueKind.String && !string.IsNullOrWhiteSpace(example.GetString()));
    }

    [GeneratedRegex(@"\{\{(?<name>[1-9][0-9]{0,2}|[a-z][a-z0-9_]{0,99})\}\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Variable { get; }
}
