using System.Globalization;
using System.Text.RegularExpressions;

namespace WaCr.Web.Features.Templates;

/// <summary>The <c>{{1}}</c> and <c>{{first_name}}</c> in a template's texts.</summary>
internal static partial class TemplateVariables
{
    /// <summary>Each once: positional ones by their number, named ones as they first appear.</summary>
    public static IReadOnlyList<string> Of(string? text, bool named)
    {
        var found = Variable().Matches(text ?? "").Select(match => match.Groups["name"].Value).Distinct(StringComparer.Ordinal);
        return named
            ? [.. found]
            : [.. found.Where(name => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out _))
                .OrderBy(name => int.Parse(name, CultureInfo.InvariantCulture))];
    }

    /// <summary>One pass, so that a value that looks like a variable stays as it is. A variable without a value stays, too.</summary>
    public static string Replace(string text, Func<string, string?> valueOf) =>
        Variable().Replace(text, match => valueOf(match.Groups["name"].Value) ?? match.Value);

    /// <summary>Whether any variable is a word; for templates that do not say of which kind they are.</summary>
    public static bool AnyNamed(string? text) =>
        Variable().Matches(text ?? "").Any(match => !match.Groups["name"].Value.All(char.IsAsciiDigit));

    [GeneratedRegex(@"\{\{\s*(?<name>[A-Za-z0-9_]{1,100})\s*\}\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Variable();
}
