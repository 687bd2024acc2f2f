using System.Net.Mail;

namespace WaCr.Web.Common;

/// <summary>What every text that a person gives keeps to: there or not, made of what can be stored, at most so many characters.</summary>
public static class TextRule
{
    public static readonly FieldError Unprintable = new("text.unprintable", "The text contains characters that cannot be stored");

    public static FieldError TooLong(int max) => new("text.too_long", $"Must not be longer than {max} characters", max);

    public static FieldError TooShort(int min) => new("text.too_short", $"Must be at least {min} characters long", min);

    /// <summary>Trimmed; null where there is nothing, or where it breaks a rule, which is noted.</summary>
    /// <param name="missing">What is said where there is nothing and nothing else was said; null where it may be left out.</param>
    public static string? Check(FieldErrors errors, string field, string? given, int max, FieldError? missing = null)
    {
        var text = given?.Trim();
        if (string.IsNullOrEmpty(text))
        {
            if (missing is not null && !errors.Has(field))
            {
                errors.Add(field, missing);
            }

            return null;
        }

        if (BrokenBy(text, max) is { } broken)
        {
            errors.Add(field, broken);
            return null;
        }

        return text;
    }

    /// <summary>Null where <paramref name="text"/> can be stored and is short enough.</summary>
    public static FieldError? BrokenBy(string text, int max) =>
        !IsStorable(text) ? Unprintable : IsTooLong(text, max) ? TooLong(max) : null;

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
