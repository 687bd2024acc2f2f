using System.Text.RegularExpressions;

namespace WaCr.Web.Tests.Architecture;

/// <summary>Fields are those of <c>Components/Shared/Kit</c>; what stays plain HTML is listed here and, with its reason, in decision 26.</summary>
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
}
