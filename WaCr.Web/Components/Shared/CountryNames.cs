using System.Collections.Concurrent;
using System.Globalization;

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
            // A region that phones know and ICU does not (Ascension, Kosovo on some systems): its code is its name.
            return code;
        }
    }
}
