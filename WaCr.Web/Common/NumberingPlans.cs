namespace WaCr.Web.Common;

/// <summary>
/// Countries that changed the form of their numbers. WhatsApp keeps the form that a person signed up with, so one person has two numbers:
/// the one in the contact, and WhatsApp's. Here both get the same form.
/// </summary>
internal static class NumberingPlans
{
    private const string IvoryCoast = "225";
    private const string Benin = "229";
    private const string Cameroon = "237";
    private const string Gabon = "241";
    private const string Colombia = "57";
    private const string Ecuador = "593";
    private const string Vietnam = "84";

    /// <summary>Old four-digit prefixes and their replacements.</summary>
    private static readonly Dictionary<string, string> VietnamesePrefixes = new(StringComparer.Ordinal)
    {
        ["120"] = "70",
        ["121"] = "79",
        ["122"] = "77",
        ["126"] = "76",
        ["128"] = "78",
        ["123"] = "83",
        ["124"] = "84",
        ["125"] = "85",
        ["127"] = "81",
        ["129"] = "82",
        ["162"] = "32",
        ["163"] = "33",
        ["164"] = "34",
        ["165"] = "35",
        ["166"] = "36",
        ["167"] = "37",
        ["168"] = "38",
        ["169"] = "39",
        ["186"] = "56",
        ["188"] = "58",
        ["199"] = "59",
    };

    /// <param name="digits">With the country code, without a plus.</param>
    public static string OneForm(string digits) => digits switch
    {
        // Brazil's ninth digit (2012 to 2016); Mexico's 1 and Argentina's 9, which only calls from abroad used.
        ['5', '5', _, _, >= '6' and <= '9', ..] when digits.Length == 12 => digits[..4] + "9" + digits[4..],
        ['5', '2', '1', ..] when digits.Length == 13 => "52" + digits[3..],
        ['5', '4', '9', ..] when digits.Length == 13 => "54" + digits[3..],

        // 2021: eight digits became ten, prefixed with the operator's two.
        _ when Has(digits, IvoryCoast, 8) => IvoryCoast + IvorianOperator(digits[3..]) + digits[3..],

        // 2024: eight digits became ten, prefixed with 01.
        _ when Has(digits, Benin, 8) => Benin + "01" + digits[3..],

        // 2014: eight digits became nine, prefixed with 2 (fixed) or 6 (mobile).
        _ when Has(digits, Cameroon, 8) => Cameroon + (digits[3] is '2' or '3' ? "2" : "6") + digits[3..],

        // 2019: seven digits, often written with a leading 0, became eight, prefixed with the operator's digit.
        _ when Has(digits, Gabon, 7) => Gabon + GaboneseOperator(digits[3]) + digits[3..],
        _ when Has(digits, Gabon, 8) && digits[3] == '0' => OneForm(Gabon + digits[4..]),

        // 2012: mobile numbers were prefixed with 9.
        _ when Has(digits, Ecuador, 8) && digits[3] is '8' or '9' => Ecuador + "9" + digits[3..],

        // 2018: three-digit mobile prefixes became two-digit ones.
        _ when Has(digits, Vietnam, 10) && VietnamesePrefixes.TryGetValue(digits[2..5], out var prefix) => Vietnam + prefix + digits[5..],

        // 2021: fixed lines were prefixed with 60.
        _ when Has(digits, Colombia, 8) && digits[2] is '1' or '2' or (>= '4' and <= '8') => Colombia + "60" + digits[2..],
        _ => digits,
    };

    /// <summary>A key and the older forms of the same number, any of which WhatsApp may know the person by.</summary>
    /// <param name="key">As from <see cref="OneForm"/>.</param>
    public static IEnumerable<string> FormsOf(string key) =>
        OlderForms(key).Where(older => older != key && OneForm(older) == key).Prepend(key);

    // Each is checked with OneForm, which alone knows the rules.
    private static IEnumerable<string> OlderForms(string key) => key switch
    {
        ['5', '5', ..] when key.Length == 13 => [key.Remove(4, 1)],
        ['5', '2', ..] when key.Length == 12 => [key.Insert(2, "1")],
        ['5', '4', ..] when key.Length == 12 => [key.Insert(2, "9")],
        _ when Has(key, IvoryCoast, 10) || Has(key, Benin, 10) => [key.Remove(3, 2)],
        _ when Has(key, Cameroon, 9) => [key.Remove(3, 1)],
        _ when Has(key, Gabon, 8) => [key.Remove(3, 1), Gabon + "0" + key[4..]],
        _ when Has(key, Ecuador, 9) => [key.Remove(3, 1)],
        _ when Has(key, Vietnam, 9) => VietnamesePrefixes.Where(prefix => prefix.Value == key[2..4])
            .Select(prefix => Vietnam + prefix.Key + key[4..]),
        _ when Has(key, Colombia, 10) => [key.Remove(2, 2)],
        _ => [],
    };

    private static bool Has(string digits, string country, int length) =>
        digits.Length == country.Length + length && digits.StartsWith(country, StringComparison.Ordinal);

    // The operator is the third digit of a fixed line (20 to 36), the second of a mobile number.
    private static string IvorianOperator(string number) => number switch
    {
        ['2' or '3', _, '8', ..] => "21",
        ['2' or '3', _, '0', ..] => "25",
        ['2' or '3', ..] => "27",
        [_, <= '3', ..] => "01",
        [_, <= '6', ..] => "05",
        _ => "07",
    };

    private static string GaboneseOperator(char first) => first switch
    {
        '1' => "1",
        '2' or '5' or '6' => "6",
        '4' or '7' => "7",
        _ => "",
    };
}
