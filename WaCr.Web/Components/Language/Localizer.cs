using Microsoft.Extensions.Localization;

namespace WaCr.Web.Components.Language;

/// <summary>
/// The staff app's texts in the user's language. A text without a translation is shown in English. Patterns are ICU messages: <c>{name}</c>
/// and <c>{count, plural, one {# contact} other {# contacts}}</c>.
/// </summary>
public sealed class Localizer(IStringLocalizer<Texts> texts)
{
    public string this[string text] => texts[text].Value;

    /// <summary>Numbers and dates among the values are formatted in the user's culture.</summary>
    public string this[string pattern, params ReadOnlySpan<(string Name, object? Value)> values] =>
        MessagePattern.Parse(texts[pattern].Value).Format(values, CultureInfo.CurrentUICulture);
}
