using System.Globalization;
using WaCr.Web.Common;

namespace WaCr.Web.Features.Contacts;

/// <summary>A contact's fields as texts by their names in the API, "" for none: how forms, history and merges hold them.</summary>
public static class ContactFieldValues
{
    /// <summary>All but the groups.</summary>
    public static Dictionary<string, string> Of(ContactDetails contact) => ContactFields.All.Where(field => field is not ContactGroupsField)
        .ToDictionary(field => field.Name, field => field.TextOf(contact), StringComparer.Ordinal);

    /// <summary>An update of these fields and no others; "" clears.</summary>
    public static ContactPatch ToPatch(IReadOnlyDictionary<string, string> values)
    {
        var patch = new ContactPatch();
        foreach (var (name, value) in values)
        {
            switch (ContactFields.Find(name))
            {
                case ContactTextField text: text.Give(patch, new Optional<string?>(Meaning(value))); break;
                case ContactIdField id: id.Give(patch, new Optional<long?>(IdOf(value))); break;
            }
        }

        return patch;
    }

    /// <summary>What a value says: a text area's own line breaks and blanks around it say nothing.</summary>
    public static string? Meaning(string text)
    {
        var trimmed = text.ReplaceLineEndings("\n").Trim();
        return trimmed.Length == 0 ? null : trimmed;
    }

    /// <summary>Null where a text is no id.</summary>
    public static long? IdOf(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
}
