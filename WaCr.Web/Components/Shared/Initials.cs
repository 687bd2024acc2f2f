namespace WaCr.Web.Components.Shared;

/// <summary>A placeholder for a picture: initials on a colour derived from the name.</summary>
public static class Initials
{
    private const int Colors = 8;

    /// <summary>The first letters of the first and last word, as visible characters (an emoji is one).</summary>
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

    /// <summary>Stable across servers and restarts, so not <c>GetHashCode</c>.</summary>
    public static string ColorClass(string name)
    {
        var sum = name.Aggregate(17u, (sum, letter) => (sum * 31) + letter);
        return string.Create(CultureInfo.InvariantCulture, $"avatar-{sum % Colors}");
    }

    private static string First(string word) => StringInfo.GetNextTextElement(word).ToUpperInvariant();
}
