using System.Text.RegularExpressions;

namespace WaCr.Web.Tests.Architecture;

/// <summary>
/// A person reads a line without scrolling. Texts in quotes do not count: breaking them makes them harder to read and to find. Markup may be
/// longer, since a break between elements that stand in a line shows as a blank.
/// </summary>
public sealed partial class LineLengthTests
{
    private const int MaxOfCode = 140;
    private const int MaxOfMarkup = 180;

    // Lines from before this rule, which are wrapped as their files are changed. Only ever lowered.
    private const int StillLong = 185;

    private static readonly string[] Projects = ["WaCr.Web", "WaCr.Web.Tests", "WaCr.E2E", "bench"];

    [Fact]
    public void Lines_AreReadWithoutScrolling()
    {
        var tooLong = Projects.SelectMany(project => SourceFiles.In(project, "*.cs")).SelectMany(file => LongLines(file, MaxOfCode))
            .Concat(SourceFiles.OfProduct("*.razor").SelectMany(file => LongLines(file, MaxOfMarkup)))
            .ToList();

        tooLong.Count.ShouldBeLessThanOrEqualTo(StillLong, string.Join('\n', tooLong));
    }

    private static IEnumerable<string> LongLines(string file, int max)
    {
        var isRaw = false;
        foreach (var (index, line) in File.ReadLines(file).Index())
        {
            var was = isRaw;
            isRaw ^= line.Split("\"\"\"").Length % 2 == 0;
            if (!was && !isRaw && line.Length > max && Quoted().Replace(line, "").Length > max)
            {
                yield return $"{Path.GetFileName(file)}:{index + 1}";
            }
        }
    }

    [GeneratedRegex(""""
        """.*?"""|"(?:\\.|[^"\\])*"
        """", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Quoted();
}
