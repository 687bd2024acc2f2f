using WaCr.Web.Components.Language;
using WaCr.Web.Features.Messaging;

namespace WaCr.Web.Components.Pages.Templates;

/// <summary>A contact field that can be inserted into a text.</summary>
/// <param name="Insert">The merge field, or its value if the contact is known.</param>
public sealed record MergeChoice(string Name, string Insert)
{
    /// <summary>As merge fields, for texts to contacts not known yet.</summary>
    public static IReadOnlyList<MergeChoice> Fields(Localizer T) =>
        [.. MergeFields.Names.Select(name => new MergeChoice(NameOf(T, name), MergeFields.Token(name)))];

    /// <summary>As one contact's values; empty ones are omitted.</summary>
    public static IReadOnlyList<MergeChoice> Values(Localizer T, IReadOnlyDictionary<string, string> values) =>
        [
            .. MergeFields.Names.Where(name => values.GetValueOrDefault(name) is { Length: > 0 })
                .Select(name => new MergeChoice(NameOf(T, name), values[name]))
        ];

    private static string NameOf(Localizer T, string name) => name switch
    {
        MergeFields.FirstName => T["First name"],
        MergeFields.LastName => T["Last name"],
        MergeFields.Email => T["E-mail"],
        _ => T["Phone"],
    };
}
