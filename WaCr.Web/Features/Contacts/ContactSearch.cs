using System.Globalization;
using WaCr.Web.Common;
using WaCr.Web.Data;
using WaCr.Web.Domain;
using WaCr.Web.Tenancy;

namespace WaCr.Web.Features.Contacts;

/// <summary>
/// What was typed into a search field, made ready for the trigram index: three characters and more are
/// looked for anywhere, fewer only at the start of a field. A phone is found in whatever format it was typed.
/// </summary>
internal sealed class ContactSearch
{
    private const int TrigramLength = 3;
    private const int MaxLength = 200;

    // Fewer digits with letters beside them are a name or an address.
    private const int LikePhone = 7;

    private readonly string _folded;

    private ContactSearch(string folded, List<string> needles)
    {
        _folded = folded;
        Needles = needles;
    }

    /// <summary>One to three texts, any of which a contact's search text must contain.</summary>
    public IReadOnlyList<string> Needles { get; }

    /// <summary>Null where there is nothing to search for.</summary>
    public static ContactSearch? From(string? typed, TenantIdentity tenant)
    {
        var folded = TextKey.Folded(typed);
        if (folded.Length == 0)
        {
            return null;
        }

        if (folded.Length > MaxLength)
        {
            // Not between the halves of a surrogate pair: half of one is no text to a database.
            folded = folded[..(char.IsHighSurrogate(folded[MaxLength - 1]) ? MaxLength - 1 : MaxLength)].TrimEnd();
        }

        var needles = new List<string>(TrigramLength);
        Add(folded);
        if (PhoneText.Normalize(typed) is { } written && TextKey.Digits(written) is var number && (number.Length >= LikePhone || !folded.Any(char.IsLetter)))
        {
            AddPhone(number);
        }

        return new ContactSearch(folded, needles);

        void AddPhone(string digits)
        {
            Add(digits);
            if (PhoneNumber.TryParse(typed, tenant.Country, out var phone))
            {
                Add(phone.Key);
            }
            else if (digits.StartsWith('0') && PhoneNumber.CallingCode(tenant.Country) is > 0 and var calling)
            {
                Add(calling.ToString(CultureInfo.InvariantCulture) + digits.TrimStart('0')); // the start of a national number
            }
        }

        void Add(string text)
        {
            var length = text.EnumerateRunes().Count();
            if (length == 0)
            {
                return; // a bracket or a hyphen alone: made like a phone, with no digit in it
            }

            var needle = length >= TrigramLength ? text : Contact.SearchLineStart[(length - 1)..] + text;
            if (!needles.Contains(needle))
            {
                needles.Add(needle);
            }
        }
    }

    /// <summary>Whether the needles are trigrams themselves, so that every candidate of the index is a match.</summary>
    public bool IsExact => Needles.All(needle => needle.EnumerateRunes().Count() == TrigramLength);

    /// <summary>Those of <paramref name="contacts"/> that the search is for.</summary>
    public IQueryable<ContactMatch> Testing(IQueryable<ContactMatch> contacts) => Needles switch
    {
        [var one] => contacts.Where(m => m.Contact.SearchText.Contains(one)),
        [var one, var two] => contacts.Where(m => m.Contact.SearchText.Contains(one) || m.Contact.SearchText.Contains(two)),
        [var one, var two, var three] => contacts.Where(m =>
            m.Contact.SearchText.Contains(one) || m.Contact.SearchText.Contains(two) || m.Contact.SearchText.Contains(three)),
        _ => throw new InvalidOperationException("A search has one to three needles."),
    };

    public override string ToString() => _folded;
}
