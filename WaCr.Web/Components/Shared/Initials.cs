using System.Globalization;

namespace WaCr.Web.Components.Shared;

/// <summary>What stands for a face: the first letters of a name, on a colour that the name always has.</summary>
public static class Initials
{
    private const int Colors = 8;

    /// <summary>First letter of the first and of the last word, as the eye sees letters (an emoji is one).</summary>
    public static string Of(string name)
    {
        var words = name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return words switch
        {
            [] => "?",
            [var only] => First(only),
            [var first, .., var last] => First(first) + First(last),
        };
    }

    /// <summary>The same on every server and after every start, so not <c>GetHashCode</c>.</summary>
    public static string ColorClass(string name)
    {
        var sum = name.Aggregate(17u, (sum, letter) => (sum * 31) + letter);
        return string.Create(CultureInfo.InvariantCulture, $"avatar-{sum % Colors}");
    }

    private static string First(string word) => StringInfo.GetNextTextElement(word).ToUpperInvariant();
}
