using WaCr.Web.Components.Language;
using WaCr.Web.Features.Messaging;

namespace WaCr.Web.Components.Pages.Templates;

/// <summary>Something of a contact that can be put into a text.</summary>
/// <param name="Insert">The merge field, or what it stands for where the contact is known.</param>
public sealed record MergeChoice(string Name, string Insert)
{
    /// <summary>As merge fields, for texts to people who are not known yet.</summary>
    public static IReadOnlyList<MergeChoice> Fields(Localizer T) => [.. MergeFields.Names.Select(name => new MergeChoice(NameOf(T, name), MergeFields.Token(name)))];

    /// <summary>As one contact's own values; those it has none of are left out.</summary>
    public static IReadOnlyList<MergeChoice> Values(Localizer T, IReadOnlyDictionary<string, string> values) =>
        [.. MergeFields.Names.Where(name => values.GetValueOrDefault(name) is { Length: > 0 }).Select(name => new MergeChoice(NameOf(T, name), values[name]))];

    private static string NameOf(Localizer T, string name) => name switch
    {
        MergeFields.FirstName => T["First name"],
        MergeFields.LastName => T["Last name"],
        MergeFields.Email => T["E-mail"],
        _ => T["Phone"],
    };
}
