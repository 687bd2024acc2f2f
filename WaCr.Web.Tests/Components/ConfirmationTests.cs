using System.Text.RegularExpressions;

namespace WaCr.Web.Tests.Components;

/// <summary>The two buttons of every confirmation say what they do.</summary>
public sealed partial class ConfirmationTests
{
    private static readonly string[] Stays = ["Keep", "Stay"];

    // "Cancel" would be read as the deed itself where that is called so ("Cancelar mensagens").
    [Fact]
    public void No_says_what_stays_or_what_Yes_does_not_do()
    {
        var folder = Path.Combine(SourceFiles.Root, "WaCr.Web", "Components");
        var asked = Directory.EnumerateFiles(folder, "*.razor", SearchOption.AllDirectories)
            .SelectMany(file => Confirmations().Matches(File.ReadAllText(file)))
            .Select(use => (Yes: use.Groups["yes"].Value, No: use.Groups["no"].Value))
            .ToList();

        asked.Count.ShouldBeGreaterThan(10);
        asked.Where(buttons => !Fits(buttons.Yes, buttons.No)).ShouldBeEmpty();
    }

    private static bool Fits(string yes, string no) =>
        Stays.Contains(no.Split(' ')[0])
        || (no.StartsWith("Don't ", StringComparison.Ordinal) && yes.StartsWith(no["Don't ".Length..], StringComparison.OrdinalIgnoreCase));

    [GeneratedRegex("""yes: T\["(?<yes>[^"]*)"\],\s*no: T\["(?<no>[^"]*)"\]""")]
    private static partial Regex Confirmations();
}
