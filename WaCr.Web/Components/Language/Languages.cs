namespace WaCr.Web.Components.Language;

/// <summary>The languages of the staff app: English, and each language with a resource file.</summary>
public static class Languages
{
    public const string Default = "en";

    /// <summary>In display order.</summary>
    public static IReadOnlyList<CultureInfo> All { get; } = [CultureInfo.GetCultureInfo(Default), .. Translated()];

    // Uses the Gregorian calendar, and digits 0 to 9 as in phone numbers and amounts: .NET writes these digits in every language, so
    // separators match them (docs/languages.md).
    private static CultureInfo AsWritten(CultureInfo culture)
    {
        culture.DateTimeFormat.Calendar = culture.OptionalCalendars.OfType<GregorianCalendar>().FirstOrDefault() ?? culture.Calendar;
        if (culture.TextInfo.IsRightToLeft)
        {
            var latin = NumberFormatInfo.InvariantInfo;
            culture.NumberFormat.NumberGroupSeparator = latin.NumberGroupSeparator;
            culture.NumberFormat.NumberDecimalSeparator = latin.NumberDecimalSeparator;
            culture.NumberFormat.NegativeSign = latin.NegativeSign;
            culture.NumberFormat.PercentSymbol = latin.PercentSymbol;
        }

        return CultureInfo.ReadOnly(culture);
    }

    /// <summary>The language's own name.</summary>
    public static string OwnName(CultureInfo language) => language.TextInfo.ToTitleCase(language.NativeName);

    private static IEnumerable<CultureInfo> Translated()
    {
        var program = typeof(Languages).Assembly;
        var folder = Path.GetDirectoryName(program.Location)!;
        var file = program.GetName().Name + ".resources.dll";
        return Directory.EnumerateDirectories(folder)
            .Where(path => File.Exists(Path.Combine(path, file)))
            .Select(path => AsWritten(new CultureInfo(Path.GetFileName(path), useUserOverride: false)))
            .OrderBy(culture => culture.Name, StringComparer.Ordinal);
    }
}
