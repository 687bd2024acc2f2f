using System.Text.RegularExpressions;

namespace WaCr.Web.Tests.Architecture;

/// <summary>A test is found by the name of its file.</summary>
public sealed partial class FileNameTests
{
    [Theory]
    [InlineData("WaCr.Web.Tests")]
    [InlineData("WaCr.E2E")]
    public void Tests_AreInAFileOfTheirName(string project) =>
        SourceFiles.In(project, "*Tests.cs")
            .SelectMany(file => Classes().Matches(File.ReadAllText(file)).Select(found => found.Groups["name"].Value)
                .Where(name => name != Path.GetFileNameWithoutExtension(file)))
            .ShouldBeEmpty();

    [GeneratedRegex(@"^public (sealed |abstract |partial )*class (?<name>\w+Tests)\b", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Classes();
}
