using System.Globalization;

namespace WaCr.Web.Components.Language;

/// <summary>The languages of the staff app: English, and every one that has a file of texts.</summary>
public static class Languages
{
    public const string Default = "en";

    /// <summary>In the order in which they are offered.</summary>
    public static IReadOnlyList<CultureInfo> All { get; } = [CultureInfo.GetCultureInfo(Default), .. Translated()];

    // Business runs on the Gregorian calendar, and phone numbers and amounts on the digits 0 to 9: .NET writes those digits
    // in every language, so the signs between them are the ones that go with them (docs/languages.md).
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

    /// <summary>As its speakers write it.</summary>
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
