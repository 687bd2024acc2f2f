using System.Collections.Concurrent;
using WaCr.Web.Features.Lookups;

namespace WaCr.Web.Components.Shared;

/// <summary>Countries by their names in the screen's language.</summary>
public static class CountryNames
{
    private static readonly ConcurrentDictionary<(string Screen, string Code), string> Known = new();

    /// <param name="code">ISO alpha-2; the name itself where nobody has one for it.</param>
    public static string Of(string code) =>
        Known.GetOrAdd((CultureInfo.CurrentUICulture.TwoLetterISOLanguageName, code), key => Read(key.Screen, key.Code));

    /// <summary>All of them by name, found by the English one as well.</summary>
    /// <param name="countries">Those to choose from.</param>
    /// <param name="value">What a form sends for one.</param>
    public static IReadOnlyList<Choice> Choices(IEnumerable<CountryItem> countries, Func<CountryItem, string> value) =>
    [
        .. countries.Select(country => new Choice(value(country), Of(country.Code), country.Code) { Alias = country.Name })
            .OrderBy(choice => choice.Text, StringComparer.CurrentCulture)
    ];

    // .NET knows a region's name in English and in the region's own language alone. A language's own name has it in that language, whatever the
    // screen's is: "português (Índia)". Brackets within are square there.
    private static string Read(string screen, string code)
    {
        try
        {
            var name = CultureInfo.GetCultureInfo($"{screen}-{code}").NativeName;
            var (start, end) = (name.IndexOfAny(['(', '（']), name.LastIndexOfAny([')', '）']));
            return start > 0 && end > start + 1 && name[(start + 1)..end] is var found && found != code
                ? found.Replace('[', '(').Replace(']', ')')
                : new RegionInfo(code).EnglishName;
        }
        catch (ArgumentException)
        {
            // ICU has no name for some regions with calling codes (Ascension, Kosovo on some systems), so the code is shown.
            return code;
        }
    }
}
