using System.Text.RegularExpressions;

namespace WaCr.Web.Tests.Architecture;

public sealed partial class MarkupTests
{
    /// <summary>
    /// A field whose value is set without telling the renderer which event changes it is overwritten with an older answer of the server
    /// while somebody types: <c>@bind</c> with <c>@bind:event="oninput"</c> loses nothing.
    /// </summary>
    [Fact]
    public void Fields_ThatAreTypedInto_AreBound()
    {
        var files = Directory.GetFiles(Components, "*.razor", SearchOption.AllDirectories);
        files.ShouldNotBeEmpty();

        files.SelectMany(file => Tags().Matches(File.ReadAllText(file))
                .Where(tag => tag.Value.Contains("@oninput", StringComparison.Ordinal) && ValueAttribute().IsMatch(tag.Value))
                .Select(tag => $"{Path.GetFileName(file)}: {tag.Value}"))
            .ShouldBeEmpty();
    }

    /// <summary>Scoped rules reach what their own component renders; a part that moved into a child loses its own in silence.</summary>
    [Fact]
    public void ScopedRules_NameClassesOfTheirOwnComponent()
    {
        var orphans = new List<string>();
        foreach (var file in Directory.GetFiles(Components, "*.razor.css", SearchOption.AllDirectories))
        {
            var markup = File.ReadAllText(file[..^".css".Length]);
            var rules = Declarations().Replace(Comments().Replace(File.ReadAllText(file), ""), ",");
            foreach (var selector in rules.Split(',', '{', '}').Where(selector => !selector.Contains("::deep", StringComparison.Ordinal)))
            {
                // The component's mark is put on the last part of a selector: that is what has to be its own.
                var classes = ClassName().Matches(LastPart().Match(selector).Value).Select(name => name.Groups["name"].Value).ToList();
                if (classes.Count > 0 && !classes.Exists(name => markup.Contains(name, StringComparison.Ordinal)))
                {
                    orphans.Add($"{Path.GetFileName(file)}: {selector.Trim()}");
                }
            }
        }

        orphans.ShouldBeEmpty();
    }

    private static string Components => Path.Combine(SourceFiles.Root, "WaCr.Web", "Components");

    [GeneratedRegex("<(input|textarea)\\b(\"[^\"]*\"|[^\">])*>", RegexOptions.ExplicitCapture)]
    private static partial Regex Tags();

    [GeneratedRegex("/\\*.*?\\*/", RegexOptions.Singleline)]
    private static partial Regex Comments();

    [GeneratedRegex("\\{[^{}]*\\}")]
    private static partial Regex Declarations();

    [GeneratedRegex("[^\\s>+~]*\\s*$")]
    private static partial Regex LastPart();

    [GeneratedRegex("\\.(?<name>[a-z][\\w-]*)", RegexOptions.ExplicitCapture)]
    private static partial Regex ClassName();

    [GeneratedRegex("\\svalue=", RegexOptions.ExplicitCapture)]
    private static partial Regex ValueAttribute();
}
