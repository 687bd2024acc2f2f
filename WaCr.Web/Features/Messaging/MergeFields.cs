using System.Text;

namespace WaCr.Web.Features.Messaging;

/// <summary>Fills a contact's values into a text. Unknown fields are left as they are.</summary>
public static class MergeFields
{
    public const string FirstName = "contact_first_name";
    public const string LastName = "contact_last_name";
    public const string Email = "contact_email";
    public const string Phone = "contact_phone";

    private const string Mark = "@{";

    public static readonly IReadOnlyList<string> Names = [FirstName, LastName, Email, Phone];

    /// <summary>The merge field as written in a text.</summary>
    public static string Token(string name) => $"@{{{name}}}";

    /// <summary>Replaces in one pass, so a value that looks like a merge field is not replaced.</summary>
    /// <param name="values">Values by field name.</param>
    public static string Fill(string text, IReadOnlyDictionary<string, string> values)
    {
        if (!text.Contains(Mark, StringComparison.Ordinal))
        {
            return text;
        }

        var filled = new StringBuilder(text.Length + 32);
        for (var index = 0; index < text.Length;)
        {
            var begins = text.IndexOf(Mark, index, StringComparison.Ordinal);
            var ends = begins < 0 ? -1 : text.IndexOf('}', begins);
            if (ends < 0)
            {
                return filled.Append(text, index, text.Length - index).ToString();
            }

            var known = values.TryGetValue(text[(begins + Mark.Length)..ends], out var value);
            filled.Append(text, index, begins - index).Append(known ? value : Mark);
            index = known ? ends + 1 : begins + Mark.Length;
        }

        return filled.ToString();
    }

    internal static string Fill(string text, Addressee contact) =>
        text.Contains(Mark, StringComparison.Ordinal)
            ? Fill(text, ValuesOf(contact.FirstName, contact.LastName, contact.Email, contact.Phone, contact.PhoneKey))
            : text;

    internal static IReadOnlyDictionary<string, string> ValuesOf(
        string firstName, string lastName, string? email, string phone, string phoneKey) =>
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [FirstName] = firstName,
            [LastName] = lastName,
            [Email] = email ?? "",
            [Phone] = PhoneNumber.IsNone(phoneKey) ? "" : phone,
        };
}
