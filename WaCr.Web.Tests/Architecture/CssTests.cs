using System.Text.RegularExpressions;

namespace WaCr.Web.Tests.Architecture;

/// <summary>The css that is written by hand beside MudBlazor's and the theme: <c>app.css</c> and the files of components.</summary>
public sealed partial class CssTests
{
    // Lower it when rules go. A part of MudBlazor's, or a rule of app.css that fits, saves one.
    private const int MaxBytes = 96_400;

    [Fact]
    public void Classes_AreNamedByMarkupOrCode()
    {
        var named = new[] { "*.razor", "*.cs", "*.js" }.SelectMany(SourceFiles.OfProduct)
            .SelectMany(file => Names().Matches(File.ReadAllText(file)).Select(name => name.Value)).ToHashSet(StringComparer.Ordinal);

        Files.SelectMany(file => Classes().Matches(Selectors(File.ReadAllText(file))).Select(name => name.Groups["name"].Value)
                .Where(name => !named.Contains(name) && !ComposedNames().IsMatch(name)).Distinct().Select(name => $"{Path.GetFileName(file)}: .{name}"))
            .ShouldBeEmpty();
    }

    [Fact]
    public void Css_DoesNotGrow() => Files.Sum(file => new FileInfo(file).Length).ShouldBeInRange(1, MaxBytes);

    private static List<string> Files => [.. SourceFiles.OfProduct("*.css").Where(file => Path.GetFileName(file) != "roboto.css")];

    private static string Selectors(string css) => Declarations().Replace(Comments().Replace(css, ""), " ");

    /// <summary>Of MudBlazor and of Blazor's script, and made of a number, a column or a kind.</summary>
    [GeneratedRegex("^(mud|components-reconnect|avatar|cell|toast)-")]
    private static partial Regex ComposedNames();

    [GeneratedRegex("[A-Za-z][\\w-]*")]
    private static partial Regex Names();

    [GeneratedRegex("/\\*.*?\\*/", RegexOptions.Singleline)]
    private static partial Regex Comments();

    [GeneratedRegex("\\{[^{}]*\\}")]
    private static partial Regex Declarations();

    [GeneratedRegex("\\.(?<name>[A-Za-z][\\w-]*)", RegexOptions.ExplicitCapture)]
    private static partial Regex Classes();
}
