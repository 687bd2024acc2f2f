using System.Runtime.CompilerServices;
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
        var components = Path.GetFullPath(Path.Combine(ThisFolder(), "..", "..", "WaCr.Web", "Components"));
        var files = Directory.GetFiles(components, "*.razor", SearchOption.AllDirectories);
        files.ShouldNotBeEmpty();

        files.SelectMany(file => Tags().Matches(File.ReadAllText(file))
                .Where(tag => tag.Value.Contains("@oninput", StringComparison.Ordinal) && ValueAttribute().IsMatch(tag.Value))
                .Select(tag => $"{Path.GetFileName(file)}: {tag.Value}"))
            .ShouldBeEmpty();
    }

    private static string ThisFolder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;

    [GeneratedRegex("<(input|textarea)\\b(\"[^\"]*\"|[^\">])*>", RegexOptions.ExplicitCapture)]
    private static partial Regex Tags();

    [GeneratedRegex("\\svalue=", RegexOptions.ExplicitCapture)]
    private static partial Regex ValueAttribute();
}
