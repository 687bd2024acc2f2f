using System.Net.Mail;

namespace WaCr.Web.Common;

/// <summary>Rules that every text field shares, and their messages.</summary>
public static class TextRules
{
    public const string Unprintable = "The text contains characters that cannot be stored";

    public static string TooLong(int max) => $"Must not be longer than {max} characters";

    public static string TooShort(int min) => $"Must be at least {min} characters long";

    /// <summary>
    /// Counts characters as people, JSON Schema and PostgreSQL do: an emoji is one, not the two code units that .NET keeps it in.
    /// </summary>
    public static bool IsTooLong(string? text, int max) => text?.Length > max && text.EnumerateRunes().Skip(max).Any();

    /// <summary>NUL and half surrogate pairs: neither engine stores the one, and UTF-8 cannot express the other.</summary>
    public static bool IsStorable(string text)
    {
        for (var index = 0; index < text.Length; index++)
        {
            if (text[index] == '\0' || char.IsLowSurrogate(text[index]))
            {
                return false;
            }

            if (char.IsHighSurrogate(text[index]) && (++index == text.Length || !char.IsLowSurrogate(text[index])))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>One address, with a dot in its domain and without a display name.</summary>
    public static bool IsEmail(string text)
    {
        var index = text.LastIndexOf('@');
        return index > 0
            && !text.Any(letter => char.IsWhiteSpace(letter) || char.IsControl(letter) || letter is '<' or '>' or ',' or ';' or '"')
            && text.AsSpan(index + 1).Trim('.').Contains('.') && !text.EndsWith('.') && !text.Contains("..", StringComparison.Ordinal)
            && MailAddress.TryCreate(text, out var address) && address.Address == text;
    }
}
