namespace WaCr.Web.Components.Language;

/// <summary>CLDR's cardinal plural categories of whole numbers, for common business languages.</summary>
internal static class PluralRules
{
    public const string Other = "other";

    public static string CategoryOf(long count, CultureInfo culture)
    {
        var n = Math.Abs(count);
        return culture.TwoLetterISOLanguageName switch
        {
            "ar" => Arabic(n),
            "ru" or "uk" or "be" => EastSlavic(n),
            "pl" => Polish(n),
            "cs" or "sk" => n == 1 ? "one" : n is >= 2 and <= 4 ? "few" : Other,
            "he" => n == 1 ? "one" : n == 2 ? "two" : Other,
            "fr" or "pt" or "hi" or "bn" or "fa" or "gu" or "am" or "zu" => n <= 1 ? "one" : Other,
            "ja" or "ko" or "zh" or "vi" or "th" or "id" or "ms" => Other,
            _ => n == 1 ? "one" : Other,
        };
    }

    private static string Arabic(long n) => n switch
    {
        0 => "zero",
        1 => "one",
        2 => "two",
        _ when n % 100 is >= 3 and <= 10 => "few",
        _ when n % 100 >= 11 => "many",
        _ => Other,
    };

    private static string EastSlavic(long n) => (n % 10, n % 100) switch
    {
        (1, not 11) => "one",
        ( >= 2 and <= 4, not (>= 12 and <= 14)) => "few",
        _ => "many",
    };

    private static string Polish(long n) => n == 1 ? "one" : EastSlavic(n) == "few" ? "few" : "many";
}
