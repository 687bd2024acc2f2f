using System.Diagnostics.CodeAnalysis;
using PhoneNumbers;

namespace WaCr.Web.Common;

/// <summary>
/// A number as entered, and the key that is equal for all its spellings. The key is E.164 without the plus, normalised for countries whose
/// numbers have two forms (<see cref="NumberingPlans"/>): Brazil's with the ninth digit, Mexico's without the 1 after 52, Ivory Coast's
/// with ten digits.
/// </summary>
public sealed record PhoneNumber(string Entered, string Key)
{
    /// <summary>First character of the key of a contact without a phone.</summary>
    public const char NoneMark = '-';

    private const int MaxLocalNumber = 10;

    private static readonly PhoneNumberUtil Library = PhoneNumberUtil.GetInstance();

    /// <summary>
    /// Reads a number; without a country code it is taken as a number of <paramref name="homeCountry"/> (ISO 3166 alpha-2). False if it is
    /// no valid number.
    /// </summary>
    public static bool TryParse(string? text, string homeCountry, [NotNullWhen(true)] out PhoneNumber? number)
    {
        number = null;
        if (PhoneText.Normalize(text) is not { } plain)
        {
            return false;
        }

        var digits = TextKey.Digits(plain);
        var key = plain[0] == '+' ? International(NumberingPlans.OneForm(digits)) : Local(digits, homeCountry);
        if (key is null)
        {
            return false;
        }

        number = new PhoneNumber(Kept(text!.Trim(), plain, digits), NumberingPlans.OneForm(key));
        return true;
    }

    /// <summary>Reads a wa_id, which includes the country code; null if it is absent or not a number.</summary>
    public static PhoneNumber? FromWaId(string? waId) => waId is not null && TryParse("+" + waId, "", out var number) ? number : null;

    /// <summary>
    /// The wa_ids that a person with this key may have: the key, and the number's forms from before its country changed its plan.
    /// </summary>
    public static IEnumerable<string> WaIdsOf(string key) => NumberingPlans.FormsOf(key);

    /// <summary>The ISO alpha-2 country of a calling code, the largest if several share it; null if there is none.</summary>
    public static string? CountryOfCallingCode(int code) =>
        Library.GetRegionCodeForCountryCode(code) is { Length: 2 } country && country != "ZZ" ? country : null;

    /// <summary>The ISO alpha-2 country of a key; null for satellite and premium numbers.</summary>
    public static string? CountryOf(string key) =>
        !IsNone(key) && Read("+" + key, null) is { } parsed ? Library.GetRegionCodeForNumber(parsed) : null;

    /// <summary>The ISO alpha-2 country of a key's calling code, whether or not the number is assigned; null if there is none.</summary>
    public static string? CallingCountryOf(string key) =>
        !IsNone(key) && Read("+" + key, null) is { } parsed ? CountryOfCallingCode(parsed.CountryCode) : null;

    public static bool IsNone(string key) => key.StartsWith(NoneMark);

    /// <summary>A key in international format, for example <c>+91 95874 22369</c>.</summary>
    public static string FormatKey(string key) =>
        IsNone(key) ? "" : Read("+" + key, null) is { } parsed ? Library.Format(parsed, PhoneNumberFormat.INTERNATIONAL) : "+" + key;

    /// <summary>A number as somebody wrote it or WhatsApp told it, in the same format; what is no number stays as it is.</summary>
    public static string FormatText(string text) => TryParse(text, "", out var number) ? FormatKey(number.Key) : text;

    /// <summary>The calling code of an ISO alpha-2 country; 0 if it has none.</summary>
    public static int CallingCode(string country) => Library.GetCountryCodeForRegion(country);

    // As entered, unless it holds more than a number and plain separators.
    private static string Kept(string written, string plain, string digits) =>
        written.All(letter => char.IsDigit(letter) || letter is '+' or '-' or '(' or ')' or '.' or '/' or ' ' or '\u00A0')
            && TextKey.Digits(written) == digits
            ? written
            : plain;

    private static string? International(string digits) =>
        Read("+" + digits, null) is { } parsed && Library.IsPossibleNumber(parsed) ? E164(parsed) : null;

    // Without a plus it may be a local number, or an international one whose plus was lost (spreadsheets drop it). The first valid reading
    // wins, local first.
    private static string? Local(string digits, string homeCountry)
    {
        var local = Read(digits, homeCountry);
        if (local is not null && Library.IsValidNumber(local))
        {
            return E164(local);
        }

        if (digits.StartsWith("00", StringComparison.Ordinal)
            && International(NumberingPlans.OneForm(digits.TrimStart('0'))) is { } dialled && IsValid(dialled))
        {
            return dialled;
        }

        // A number from before the country changed its plan.
        if (digits.Length <= MaxLocalNumber && CallingCode(homeCountry) + digits is var old && NumberingPlans.OneForm(old) is var today
            && today != old && International(today) is { } known)
        {
            return known;
        }

        // Ten digits are too few to tell whose old plan it is.
        var withPlus = International(digits.Length > MaxLocalNumber ? NumberingPlans.OneForm(digits) : digits);
        if (withPlus is not null && IsValid(withPlus))
        {
            return withPlus;
        }

        var localKey = local is not null && Library.IsPossibleNumber(local) ? E164(local) : null;
        return digits.Length > MaxLocalNumber ? withPlus ?? localKey : localKey ?? withPlus;
    }

    private static bool IsValid(string key) => Read("+" + key, null) is { } parsed && Library.IsValidNumber(parsed);

    private static PhoneNumbers.PhoneNumber? Read(string text, string? region)
    {
        try
        {
            return Library.Parse(text, region);
        }
        catch (NumberParseException)
        {
            // This is how the library reports "no number"; the caller makes it a field error.
            return null;
        }
    }

    private static string E164(PhoneNumbers.PhoneNumber number) => Library.Format(number, PhoneNumberFormat.E164)[1..];
}
