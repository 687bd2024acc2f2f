using System.Globalization;
using WaCr.Web.Components.Language;
using WaCr.Web.Components.Shared;
using WaCr.Web.Features.Lookups;

namespace WaCr.Web.Tests.Components;

/// <summary>The one map from a field's reason to the screen's words.</summary>
public sealed class FieldErrorLabelsTests
{
    private static readonly Localizer T = new ServiceCollection().AddLogging().AddLocalization().AddSingleton<Localizer>()
        .BuildServiceProvider().GetRequiredService<Localizer>();

    [Fact]
    public void Reason_Any_HasACodeOfItsOwn()
    {
        var reasons = ErrorSamples.Reasons().ToList();

        reasons.Count.ShouldBeGreaterThan(100);
        reasons.GroupBy(reason => reason.Code).Where(same => same.Key.Length == 0
            || same.Select(reason => reason.Message).Distinct().Count() > 1)
            .Select(same => $"{same.Key}: {string.Join(" / ", same)}").ShouldBeEmpty();
    }

    [Theory, InlineData("en"), InlineData("pt"), InlineData("ar")]
    public void Reason_InEveryLanguage_HasWords(string language)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        try
        {
            var unknown = new FieldError("nobody.knows", "As it came");
            FieldErrorLabels.Of(T, unknown).ShouldBe("As it came");
            var reasons = ErrorSamples.Reasons().Concat([LookupKind.Of<Group>().NameRequired, LookupKind.Of<Group>().NameTaken,
                LookupKind.Of<Source>().NameTaken, LookupKind.Of<Status>().NameTaken]);

            // A code without words is answered by its message, whatever that is.
            reasons.Where(reason => FieldErrorLabels.Of(T, reason with { Message = "As it came" }) == "As it came")
                .Select(reason => reason.Code).ShouldBeEmpty();
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    [Fact]
    public void Reasons_Several_StandAsSentences() => FieldErrorLabels.Of(T, new[] { TextRule.Unprintable, TextRule.TooLong(80) })
        .ShouldBe("This contains characters that can't be stored. At most 80 characters");
}
