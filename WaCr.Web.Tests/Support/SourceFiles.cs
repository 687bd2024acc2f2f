using System.Runtime.CompilerServices;

namespace WaCr.Web.Tests.Support;

/// <summary>The sources that people write, for tests that read them.</summary>
internal static class SourceFiles
{
    private static readonly char Separator = Path.DirectorySeparatorChar;

    public static string Root { get; } = Path.GetFullPath(Path.Combine(ThisFolder(), "..", ".."));

    public static IEnumerable<string> OfProduct(string pattern) => In("WaCr.Web", pattern);

    public static IEnumerable<string> In(string project, string pattern) =>
        Directory.EnumerateFiles(Path.Combine(Root, project), pattern, SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Separator}obj{Separator}", StringComparison.Ordinal)
                && !file.Contains($"{Separator}bin{Separator}", StringComparison.Ordinal)
                && !file.Contains($"{Separator}Migrations{Separator}", StringComparison.Ordinal));

    private static string ThisFolder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
