using System.Text.RegularExpressions;

namespace WaCr.Web.WhatsApp.Sandbox;

/// <summary>
/// Numbers as WhatsApp reports them however they were dialled: Brazil without the ninth digit, Mexico with a 1, Argentina with a 9. Real
/// systems create duplicate contacts from this, so the sandbox does it too.
/// </summary>
internal static partial class WaIds
{
    public static string Of(string digits) => digits switch
    {
        ['5', '5', _, _, '9', ..] when digits.Length == 13 => digits[..4] + digits[5..],
        ['5', '2', not '1', ..] when digits.Length == 12 => "521" + digits[2..],
        ['5', '4', not '9', ..] when digits.Length == 12 => "549" + digits[2..],
        _ => digits,
    };

    /// <summary>The digits of a phone as entered; null if it is no number.</summary>
    public static string? Digits(string text) =>
        Phone.IsMatch(text) && string.Concat(text.Where(char.IsAsciiDigit)) is { Length: >= 7 and <= 15 } digits ? digits : null;

    public static bool IsUserId(string text) => UserId.IsMatch(text);

    /// <summary>Whether it is an id that a parent business knows somebody by.</summary>
    public static bool IsParentId(string text) => IsUserId(text) && text.AsSpan(3).StartsWith("ENT.", StringComparison.Ordinal);

    [GeneratedRegex(@"^\+?[0-9 ()./-]+$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Phone { get; }

    [GeneratedRegex(@"^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex UserId { get; }
}
