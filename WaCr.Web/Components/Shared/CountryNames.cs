using System.Collections.Concurrent;

namespace WaCr.Web.Components.Shared;

/// <summary>A country's name in English, for titles and screen readers.</summary>
public static class CountryNames
{
    private static readonly ConcurrentDictionary<string, string> Known = new(StringComparer.Ordinal);

    public static string Of(string code) => Known.GetOrAdd(code, Read);

    private static string Read(string code)
    {
        try
        {
            return new RegionInfo(code).EnglishName;
        }
        catch (ArgumentException)
        {
            // ICU has no name for some regions with calling codes (Ascension, Kosovo on some systems), so the code is shown.
            return code;
        }
    }
}
