namespace WaCr.Web.Features.Contacts;

/// <summary>A contact's fields as text by API name, "" for none, as used by forms, history and merges.</summary>
public static class ContactFieldValues
{
    /// <summary>All fields except the groups.</summary>
    public static Dictionary<string, string> Of(ContactDetails contact) => ContactFields.All.Where(field => field is not ContactGroupsField)
        .ToDictionary(field => field.Name, field => field.TextOf(contact), StringComparer.Ordinal);

    /// <summary>A patch of exactly these fields; "" clears.</summary>
    public static ContactPatch ToPatch(IReadOnlyDictionary<string, string> values)
    {
        var patch = new ContactPatch();
        foreach (var (name, value) in values)
        {
            switch (ContactFields.Find(name))
            {
                case ContactTextField text: text.Give(patch, new Optional<string?>(Meaning(value))); break;
                case ContactReferenceField id: id.Give(patch, new Optional<long?>(IdOf(value))); break;
            }
        }

        return patch;
    }

    /// <summary>Normalizes a value for comparison: line breaks as a text area sends them and surrounding whitespace do not count.</summary>
    public static string? Meaning(string text)
    {
        var trimmed = text.ReplaceLineEndings("\n").Trim();
        return trimmed.Length == 0 ? null : trimmed;
    }

    /// <summary>Null if the text is not an id.</summary>
    public static long? IdOf(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
}
