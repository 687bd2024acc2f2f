using System.Globalization;
using Bunit;
using WaCr.Web.Components.Pages.Conversations;

namespace WaCr.Web.Tests.Components;

/// <summary>The emoji of the message box, and the tables they come from.</summary>
public sealed class EmojiPanelTests : ComponentTest
{
    private static string Folder => Path.Combine(SourceFiles.Root, "WaCr.Web", "wwwroot", "emoji");

    [Theory]
    [InlineData("en", "emoji/en.txt", "Food and drink")]
    [InlineData("pt", "emoji/pt.txt", "Comida e bebida")]
    [InlineData("ar", "emoji/en.txt", "الطعام والشراب")]
    public void Panel_ShowsTheTableOfThePagesLanguage(string language, string table, string group)
    {
        var before = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
            Browser.Render<EmojiPanel>();
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }

        var shown = Browser.JSInterop.VerifyInvoke("showEmoji");
        shown.Arguments[1].ShouldBe(table);
        shown.Arguments[2].ShouldBeOfType<string[]>().ShouldContain(group);
    }

    [Theory]
    [InlineData("en.txt", "🚀", "rocket", "space")]
    [InlineData("pt.txt", "🚀", "foguete", "espaço")]
    public async Task Table_HasNamesAndWords_InAsManyGroupsAsThePanelNames(string file, string emoji, string name, string word)
    {
        var groups = (await File.ReadAllTextAsync(Path.Combine(Folder, file))).Trim().Split("\n\n");
        Browser.Render<EmojiPanel>();

        groups.Length.ShouldBe(((string[])Browser.JSInterop.VerifyInvoke("showEmoji").Arguments[2]!).Length);
        var lines = groups.SelectMany(group => group.Split('\n')).Select(line => line.Split('\t')).ToList();
        lines.ShouldAllBe(line => line.Length >= 2 && line.Length <= 3 && line[1].Length > 0);
        lines.Select(line => line[0]).ShouldBeUnique();
        var rocket = lines.Single(line => line[0] == emoji);
        (rocket[1], rocket[2].Split(' ')).ShouldSatisfyAllConditions(
            found => found.Item1.ShouldBe(name), found => found.Item2.ShouldContain(word));
    }
}
