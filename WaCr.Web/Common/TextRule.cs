using System.Net.Mail;

namespace WaCr.Web.Common;

/// <summary>The rule for every text that a person enters: present if required, storable, and within its length.</summary>
public static class TextRule
{
    public static readonly FieldError Unprintable = new("text.unprintable", "The text contains characters that cannot be stored");

    public static FieldError TooLong(int max) => new("text.too_long", $"Must not be longer than {max} characters", max);

    public static FieldError TooShort(int min) => new("text.too_short", $"Must be at least {min} characters long", min);

    /// <summary>The trimmed text; null if it is empty or breaks a rule, in which case the error is added.</summary>
    /// <param name="missing">The error if it is empty and nothing else is wrong; null if it may be empty.</param>
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

    /// <summary>The same for a text that may not be given at all; one that breaks a rule counts as not given.</summary>
    public static Optional<string?> Check(FieldErrors errors, string field, Optional<string?> given, int max)
    {
        if (!given.IsGiven || given.Value is null)
        {
            return given;
        }

        var text = Check(errors, field, given.Value, max);
        return text is null && errors.Has(field) ? default : new Optional<string?>(text);
    }

    /// <summary>Null if <paramref name="text"/> is storable and short enough.</summary>
    public static FieldError? BrokenBy(string text, int max) =>
        !IsStorable(text) ? Unprintable : IsTooLong(text, max) ? TooLong(max) : null;

    /// <summary>Counts characters as people, JSON Schema and PostgreSQL do: an emoji is one, not two UTF-16 units.</summary>
    public static bool IsTooLong(string? text, int max) => text?.Length > max && text.EnumerateRunes().Skip(max).Any();

    /// <summary>False for NUL, which neither engine stores, and for half surrogate pairs, which UTF-8 cannot encode.</summary>
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
