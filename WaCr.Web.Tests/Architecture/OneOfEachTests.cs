using System.Text.RegularExpressions;

namespace WaCr.Web.Tests.Architecture;

/// <summary>One toast, dialog, menu, refusal, and formatter: a second one would look, read and behave otherwise.</summary>
public sealed partial class OneOfEachTests
{
    [Fact]
    public void NumbersAndTimes_AreFormattedByTheirLabels() => Elsewhere(
        ByCulture(),
        "Shared/NumberLabels.cs", "Shared/TimeLabels.cs", "Shared/MoneyLabels.cs",
        "Shared/Kit/TimeField.cs"); // asks whether the clock has 12 hours

    [Fact]
    public void Toasts_AreOurs() => Elsewhere(Snackbars());

    [Fact]
    public void Dialogs_AreOfThreeWidths_AndNoneIsTheBrowsers() => Elsewhere(
        Dialogs(),
        "Shared/DialogSizes.cs",
        "Pages/Conversations/MediaViewer.razor", // over the whole window
        "Layout/GlobalSearch.razor", "Shared/ShortcutsDialog.razor"); // open before the circuit answers

    [Fact]
    public void Refusals_AreShownByOnePart() => Elsewhere(
        Refusals(),
        "Pages/Sandbox/PhoneFrame.razor"); // a picture of another program

    [Fact]
    public void EmptyLists_SaySoInOnePart() => Elsewhere(
        EmptyTexts(),
        "Pages/Contacts/GroupChips.razor", // in place of chips
        "Pages/Sandbox/PhoneFrame.razor"); // a picture of another program

    [Fact]
    public void Menus_AreTheKits() => Elsewhere(
        Menus(),
        "Layout/AccountMenu.razor", "Layout/NavRail.razor", // work before the circuit answers
        "Pages/Lookups/ColorChoice.razor", // a palette
        "Pages/Sandbox/LineChooser.razor", "Pages/Sandbox/PhoneBubble.razor");

    [Fact]
    public void Panels_AreTheOnePopover() => Elsewhere(
        Panels(),
        "Shared/Popover.razor",
        "Pages/Contacts/Grid/CellEditor.razor", // one for all rows
        "Pages/Contacts/QuickEditDrawer.razor",
        "Pages/Conversations/MessageMenu.razor"); // one for all bubbles

    private static void Elsewhere(Regex second, params string[] allowed)
    {
        var files = Directory.GetFiles(Components, "*.*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".razor" or ".cs")
            .Concat(Directory.GetFiles(Path.Combine(Components, "..", "wwwroot"), "*.js"))
            .ToDictionary(file => Path.GetRelativePath(Components, file).Replace('\\', '/'), File.ReadAllText);
        files.Count.ShouldBeGreaterThan(300);

        files.Where(file => !allowed.Contains(file.Key))
            .SelectMany(file => second.Matches(file.Value).Select(use => $"{file.Key}: {use.Value}"))
            .ShouldBeEmpty();
        allowed.Where(file => !second.IsMatch(files[file])).ShouldBeEmpty("the exception is no longer needed");
    }

    private static string Components => Path.Combine(SourceFiles.Root, "WaCr.Web", "Components");

    [GeneratedRegex(
        @"CultureInfo\.CurrentCulture\b|\.ToLocalTime\(|\.To(Short|Long)(Date|Time)String\(|\.toLocale(Date|Time)?String\(|\bIntl\.",
        RegexOptions.ExplicitCapture)]
    private static partial Regex ByCulture();

    [GeneratedRegex(@"\b(ISnackbar|MudSnackbar\w*)\b", RegexOptions.ExplicitCapture)]
    private static partial Regex Snackbars();

    [GeneratedRegex(
        @"MaxWidth\.|FullScreen = true|<dialog\b|ShowMessageBox\w*|MudMessageBox|(?<![.\w])(alert|confirm|prompt)\(['""`]",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Dialogs();

    [GeneratedRegex(
        @"<(p|span)\b[^>]*class=""[^""]*\b(quiet|hint)\b[^>]*>@T\[""(No (one matches|matches|groups|messages|saved|approved|delivered)|Nothing (here|so far|yet|of)|Nobody was|This workspace has no)[^<]*",
        RegexOptions.ExplicitCapture)]
    private static partial Regex EmptyTexts();

    [GeneratedRegex(@"role=""menu""|<details class=""menu\b", RegexOptions.ExplicitCapture)]
    private static partial Regex Menus();

    [GeneratedRegex(@"role=""(alert)?dialog""", RegexOptions.ExplicitCapture)]
    private static partial Regex Panels();

    [GeneratedRegex(@"<p[^>]*>@ErrorLabels\.Of\([^)]*\)\.\w+</p>", RegexOptions.ExplicitCapture)]
    private static partial Regex Refusals();
}
