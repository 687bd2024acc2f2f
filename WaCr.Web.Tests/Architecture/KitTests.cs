using System.Text.RegularExpressions;

namespace WaCr.Web.Tests.Architecture;

/// <summary>
/// Fields are those of <c>Components/Shared/Kit</c>; what stays plain HTML is listed here and, with its reason, in decision 26.
/// </summary>
public sealed partial class KitTests
{
    private static readonly string[] PlainFiles =
    [
        "Account/", // pages without a circuit
        "Layout/GlobalSearch.razor", // a combobox in a native dialog, which opens before the circuit answers
        "Pages/Contacts/Grid/ContactTable.razor", "Pages/Contacts/Grid/PageTick.razor", // rows of the list
        "Pages/Contacts/Import/UploadPanel.razor", // a file past the circuit
        "Pages/Conversations/MessageBox.razor", "Pages/Conversations/NoteBox.razor", // the composer
        "Pages/Lookups/ColorChoice.razor", // a palette with the browser's own colours
        "Pages/Sandbox/PhoneFrame.razor", // a picture of another program
        "Shared/Picker.razor",
    ];

    [Fact]
    public void Fields_AreThoseOfTheKit()
    {
        var files = Directory.GetFiles(Components, "*.razor", SearchOption.AllDirectories).ToDictionary(Name, File.ReadAllText);
        files.Count.ShouldBeGreaterThan(150);

        files.Where(file => !PlainFiles.Any(plain => file.Key.StartsWith(plain, StringComparison.Ordinal)))
            .SelectMany(file => Fields().Matches(file.Value).Where(field => !field.Value.Contains("type=\"hidden\"", StringComparison.Ordinal)).Select(field => $"{file.Key}: {field.Value}"))
            .ShouldBeEmpty();
    }

    /// <summary>Buttons are MudBlazor's; where a file has plain ones, how many.</summary>
    private static readonly Dictionary<string, int> PlainButtons = new(StringComparer.Ordinal)
    {
        // Work before the circuit is up, or when it is gone.
        ["Layout/AccountMenu.razor"] = 1,
        ["Layout/LanguageSwitch.razor"] = 1,
        ["Layout/ThemeSwitch.razor"] = 3,
        ["Layout/GlobalSearch.razor"] = 2,
        ["Layout/ReconnectBanner.razor"] = 2,
        // Rows of the list, and what stands in their place.
        ["Pages/Contacts/Grid/ContactTable.razor"] = 3,
        ["Pages/Contacts/Grid/CellEditor.razor"] = 1,
        ["Pages/Conversations/Composer.razor"] = 1, // the composer
        ["Pages/Sandbox/PhoneBubble.razor"] = 5,
        ["Pages/Sandbox/PhoneFrame.razor"] = 2, // a picture of another program
        ["Pages/Lookups/ColorChoice.razor"] = 2,
        ["Shared/Picker.razor"] = 1,
        ["Shared/ToastCard.razor"] = 2,
    };

    [Fact]
    public void Buttons_AreThoseOfTheKit() =>
        Directory.GetFiles(Components, "*.razor", SearchOption.AllDirectories)
            .Where(file => !Name(file).StartsWith("Account/", StringComparison.Ordinal))
            .Select(file => (Name: Name(file), Count: Buttons().Count(File.ReadAllText(file))))
            .Where(file => file.Count != PlainButtons.GetValueOrDefault(file.Name))
            .Select(file => $"{file.Name}: {file.Count}, expected {PlainButtons.GetValueOrDefault(file.Name)}")
            .ShouldBeEmpty();

    [Fact]
    public void Exceptions_AreStillNeeded()
    {
        var files = Directory.GetFiles(Components, "*.razor", SearchOption.AllDirectories).ToDictionary(Name, File.ReadAllText);

        PlainFiles.Where(plain => !files.Any(file => file.Key.StartsWith(plain, StringComparison.Ordinal) && Fields().IsMatch(file.Value))).ShouldBeEmpty();
    }

    private static string Components => Path.Combine(SourceFiles.Root, "WaCr.Web", "Components");

    private static string Name(string file) => Path.GetRelativePath(Components, file).Replace('\\', '/');

    [GeneratedRegex("<(input|select|textarea|InputFile|InputText|InputSelect|InputNumber|InputDate|InputCheckbox)\\b[^>]*>", RegexOptions.ExplicitCapture)]
    private static partial Regex Fields();

    [GeneratedRegex("<button\\b")]
    private static partial Regex Buttons();
}
