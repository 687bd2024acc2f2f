using System.Globalization;

namespace WaCr.Web.Components.Language;

/// <summary>The languages of the staff app: English, and every one that has a file of texts.</summary>
public static class Languages
{
    public const string Default = "en";

    /// <summary>In the order in which they are offered.</summary>
    public static IReadOnlyList<CultureInfo> All { get; } = [CultureInfo.GetCultureInfo(Default), .. Translated()];

    private static IEnumerable<CultureInfo> Translated()
    {
        var program = typeof(Languages).Assembly;
        var folder = Path.GetDirectoryName(program.Location)!;
        var file = program.GetName().Name + ".resources.dll";
        return Directory.EnumerateDirectories(folder)
            .Where(path => File.Exists(Path.Combine(path, file)))
            .Select(path => CultureInfo.GetCultureInfo(Path.GetFileName(path)))
            .OrderBy(culture => culture.Name, StringComparer.Ordinal);
    }
}
