using System.Globalization;
using WaCr.Web.Common;
using WaCr.Web.Data;
using WaCr.Web.Data.Sqlite;
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
    private const int MaxWords = ContactTextIndex.MaxWords;

    // Fewer digits with letters beside them are a name or an address.
    private const int LikePhone = 7;

    private readonly string _folded;

    private ContactSearch(string folded, List<string> needles, IReadOnlyList<string> words)
    {
        _folded = folded;
        Needles = needles;
        Words = words;
    }

    /// <summary>At most three texts, any of which a contact's search text must contain.</summary>
    public IReadOnlyList<string> Needles { get; }

    /// <summary>Or else all of these, in whatever order: the words of what was typed. Empty where it is one word, or a phone.</summary>
    public IReadOnlyList<string> Words { get; }

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
            folded = folded.Cut(MaxLength).TrimEnd();
        }

        var needles = new List<string>(TrigramLength);
        if (PhoneText.Normalize(typed) is { } written && TextKey.Digits(written) is var number
            && (number.Length >= LikePhone || !folded.Any(char.IsLetter)))
        {
            Add(folded);
            AddPhone(number);
            return new ContactSearch(folded, needles, []);
        }

        var words = folded.Split(' ').Select(word => word.Trim(',', ';')).Where(word => word.Length > 0).Distinct(StringComparer.Ordinal).ToList();
        if (words.Count is < 2 or > MaxWords)
        {
            Add(folded);
            return new ContactSearch(folded, needles, []);
        }

        // Whoever has the words one behind the other has them all, unless a short one must begin a line.
        if (words.Exists(word => Length(word) < TrigramLength))
        {
            Add(folded);
        }

        return new ContactSearch(folded, needles, words.ConvertAll(NeedleOf));

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
            // A bracket or a hyphen alone: made like a phone, with no digit in it.
            if (text.Length > 0 && NeedleOf(text) is var needle && !needles.Contains(needle))
            {
                needles.Add(needle);
            }
        }

        static int Length(string text) => text.EnumerateRunes().Count();

        static string NeedleOf(string text) => Length(text) is var length && length >= TrigramLength ? text : Contact.SearchLineStart[(length - 1)..] + text;
    }

    /// <summary>Whether the needles are trigrams themselves, so that every candidate of the index is a match.</summary>
    public bool IsExact => Needles.Concat(Words).All(needle => needle.EnumerateRunes().Count() == TrigramLength);

    /// <summary>Those of <paramref name="contacts"/> that the search is for.</summary>
    public IQueryable<ContactMatch> Testing(IQueryable<ContactMatch> contacts) => Words.Count > 0 ? TestingWords(contacts) : Needles switch
    {
        [var one] => contacts.Where(m => m.Contact.SearchText.Contains(one)),
        [var one, var two] => contacts.Where(m => m.Contact.SearchText.Contains(one) || m.Contact.SearchText.Contains(two)),
        [var one, var two, var three] => contacts.Where(m =>
            m.Contact.SearchText.Contains(one) || m.Contact.SearchText.Contains(two) || m.Contact.SearchText.Contains(three)),
        _ => throw new InvalidOperationException("A search has one to three needles."),
    };

    // One shape for any number of words: the last stands for those that are not there.
    private IQueryable<ContactMatch> TestingWords(IQueryable<ContactMatch> contacts)
    {
        var (a, b, c, d, e, f) = (Word(0), Word(1), Word(2), Word(3), Word(4), Word(5));
        return Needles.Count == 0
            ? contacts.Where(m => m.Contact.SearchText.Contains(a) && m.Contact.SearchText.Contains(b) && m.Contact.SearchText.Contains(c)
                && m.Contact.SearchText.Contains(d) && m.Contact.SearchText.Contains(e) && m.Contact.SearchText.Contains(f))
            : contacts.Where(m => m.Contact.SearchText.Contains(Needles[0])
                || (m.Contact.SearchText.Contains(a) && m.Contact.SearchText.Contains(b) && m.Contact.SearchText.Contains(c)
                    && m.Contact.SearchText.Contains(d) && m.Contact.SearchText.Contains(e) && m.Contact.SearchText.Contains(f)));

        string Word(int i) => Words[Math.Min(i, Words.Count - 1)];
    }

    public override string ToString() => _folded;
}
