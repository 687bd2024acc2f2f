using System.Text.RegularExpressions;
using System.Xml.Linq;
using WaCr.Web.Components.Language;
using WaCr.Web.Features.Contacts;

namespace WaCr.Web.Tests.Components;

/// <summary>Every text on the screen has its translation, and every translation its text.</summary>
public sealed partial class TranslationTests
{
    private static readonly string Product = Path.Combine(SourceFiles.Root, "WaCr.Web");

    private static readonly string Sources = string.Concat(
        Directory.EnumerateFiles(Path.Combine(Product, "Components"), "*", SearchOption.AllDirectories)
            .Where(file => file.EndsWith(".razor", StringComparison.Ordinal) || file.EndsWith(".cs", StringComparison.Ordinal))
            .Select(File.ReadAllText)
            .Concat(ContactFields.All.Select(field => $"\"{field.Label}\"")));

    public static TheoryData<string> Translations =>
        [.. Languages.All.Select(language => language.Name).Where(name => name != Languages.Default)];

    [Fact]
    public void Arabic_and_Portuguese_are_there() => Languages.All.Select(language => language.Name).ShouldBe(["en", "ar", "pt"]);

    [Theory, MemberData(nameof(Translations))]
    public void Every_text_is_translated(string language)
    {
        var texts = TextsOf(language);
        WordUses().Matches(Sources).Select(use => Regex.Unescape(use.Groups["text"].Value)).Distinct()
            .Where(text => !texts.ContainsKey(text))
            .ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Translations))]
    public void Every_field_of_a_contact_is_translated(string language)
    {
        var texts = TextsOf(language);
        ContactFields.All.Select(field => field.Label).Where(label => !texts.ContainsKey(label)).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Translations))]
    public void No_translation_outlives_its_text(string language) =>
        TextsOf(language).Keys.Where(text =>
            !Sources.Contains('"' + text.Replace("\"", "\\\"", StringComparison.Ordinal) + '"', StringComparison.Ordinal))
            .ShouldBeEmpty();

    [Theory, MemberData(nameof(Translations))]
    public void A_translation_names_the_same_values(string language)
    {
        foreach (var (text, translation) in TextsOf(language))
        {
            Names(translation).ShouldBe(Names(text), $"“{text}”");
        }
    }

    private static Dictionary<string, string> TextsOf(string language) =>
        XDocument.Load(Path.Combine(Product, "Components", "Language", $"Texts.{language}.resx")).Root!.Elements("data")
            .ToDictionary(text => text.Attribute("name")!.Value, text => text.Element("value")!.Value, StringComparer.Ordinal);

    private static IEnumerable<string> Names(string pattern) => MessagePattern.Parse(pattern).Names.Order(StringComparer.Ordinal);

    [GeneratedRegex("""\bT\["(?<text>(?:[^"\\]|\\.)*)"[,\]]""")]
    private static partial Regex WordUses();
}
