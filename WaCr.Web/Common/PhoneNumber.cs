using System.Diagnostics.CodeAnalysis;
using PhoneNumbers;

namespace WaCr.Web.Common;

/// <summary>
/// A number as somebody wrote it, and the key by which two spellings of it are the same number.
/// The key is E.164 without the plus, in one form for the countries that have had two (<see cref="NumberingPlans"/>): Brazil's with the
/// ninth digit, Mexico's without the 1 after 52, Ivory Coast's with ten digits.
/// </summary>
public sealed record PhoneNumber(string Entered, string Key)
{
    /// <summary>What the key of somebody without a phone begins with.</summary>
    public const char NoneMark = '-';

    private const int MaxLocalNumber = 10;

    private static readonly PhoneNumberUtil Library = PhoneNumberUtil.GetInstance();

    /// <summary>
    /// Reads a number; with no country code it is taken as a number of <paramref name="homeCountry"/>
    /// (ISO 3166 alpha-2). False where it cannot be a number anywhere.
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

    /// <summary>
    /// WhatsApp's own digits for somebody, which carry the country code; null where there are none, or they are no number.
    /// </summary>
    public static PhoneNumber? FromWaId(string? waId) => waId is not null && TryParse("+" + waId, "", out var number) ? number : null;

    /// <summary>The ISO alpha-2 country that a calling code belongs to, the largest where it has several; null where it is none.</summary>
    public static string? CountryOfCallingCode(int code) =>
        Library.GetRegionCodeForCountryCode(code) is { Length: 2 } country && country != "ZZ" ? country : null;

    /// <summary>The ISO alpha-2 country of a key, or null where none fits (satellite, premium services).</summary>
    public static string? CountryOf(string key) =>
        !IsNone(key) && Read("+" + key, null) is { } parsed ? Library.GetRegionCodeForNumber(parsed) : null;

    public static bool IsNone(string key) => key.StartsWith(NoneMark);

    /// <summary>A key as people write it, for example <c>+91 95874 22369</c>.</summary>
    public static string Display(string key) =>
        IsNone(key) ? "" : Read("+" + key, null) is { } parsed ? Library.Format(parsed, PhoneNumberFormat.INTERNATIONAL) : "+" + key;

    /// <summary>The country calling code of an ISO alpha-2 country, 0 where it has none.</summary>
    public static int CallingCode(string country) => Library.GetCountryCodeForRegion(country);

    // As it was written, unless that has more in it than a number and plain separators.
    private static string Kept(string written, string plain, string digits) =>
        written.All(letter => char.IsDigit(letter) || letter is '+' or '-' or '(' or ')' or '.' or '/' or ' ' or '\u00A0')
            && TextKey.Digits(written) == digits
            ? written
            : plain;

    private static string? International(string digits) =>
        Read("+" + digits, null) is { } parsed && Library.IsPossibleNumber(parsed) ? E164(parsed) : null;

    // Without a plus a number may be a local one, or an international one whose plus got lost on the
    // way (spreadsheets do that). A valid reading wins; the local one first.
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

        // A number from before the country's plan changed.
        if (digits.Length <= MaxLocalNumber && CallingCode(homeCountry) + digits is var old && NumberingPlans.OneForm(old) is var today
            && today != old && International(today) is { } known)
        {
            return known;
        }

        // Ten digits are too few to say whose old plan they could be of.
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
            // The library's only way to say "no number"; the caller turns it into a field error.
            return null;
        }
    }

    private static string E164(PhoneNumbers.PhoneNumber number) => Library.Format(number, PhoneNumberFormat.E164)[1..];
}
