using System.Text.RegularExpressions;

namespace WaCr.Web.Features.Templates;

/// <summary>Variables in template texts: <c>{{1}}</c>, <c>{{first_name}}</c>.</summary>
internal static partial class TemplateVariables
{
    /// <summary>Distinct variables: positional ones by number, named ones by first appearance.</summary>
    public static IReadOnlyList<string> Of(string? text, bool named)
    {
        var found = Variable().Matches(text ?? "").Select(match => match.Groups["name"].Value).Distinct(StringComparer.Ordinal);
        return named
            ? [.. found]
            : [.. found.Where(name => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out _))
                .OrderBy(name => int.Parse(name, CultureInfo.InvariantCulture))];
    }

    /// <summary>Replaces in one pass, so a value that looks like a variable is not replaced. A variable without a value stays.</summary>
    public static string Replace(string text, Func<string, string?> valueOf) =>
        Variable().Replace(text, match => valueOf(match.Groups["name"].Value) ?? match.Value);

    /// <summary>Whether any variable is named; for templates that do not state their format.</summary>
    public static bool AnyNamed(string? text) =>
        Variable().Matches(text ?? "").Any(match => !match.Groups["name"].Value.All(char.IsAsciiDigit));

    [GeneratedRegex(@"\{\{\s*(?<name>[A-Za-z0-9_]{1,100})\s*\}\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Variable();
}
