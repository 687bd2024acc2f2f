namespace WaCr.Web.Components.Shared;

/// <summary>Keeps a part of a sentence in its own direction, by Unicode's isolates, where there is no element for it.</summary>
public static class TextDirection
{
    private const char End = '\u2069';

    /// <summary>That of its first letter.</summary>
    public static string Own(string text) => $"\u2068{text}{End}";

    public static string LeftToRight(string text) => $"\u2066{text}{End}";
}
