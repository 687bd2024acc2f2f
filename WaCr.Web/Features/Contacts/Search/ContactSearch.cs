using WaCr.Web.Data;
using WaCr.Web.Data.Sqlite;

namespace WaCr.Web.Features.Contacts;

/// <summary>
/// Search text prepared for the trigram index. Three or more characters match anywhere, fewer only at the start of a field. A phone matches
/// in any format.
/// </summary>
internal sealed class ContactSearch
{
    private const int TrigramLength = 3;
    private const int MaxLength = 200;
    private const int MaxWords = ContactTextIndex.MaxWords;

    // With letters around them, fewer digits than this are part of a name or address.
    private const int LikePhone = 7;

    private readonly string _folded;

    private ContactSearch(string folded, List<string> needles, IReadOnlyList<string> words)
    {
        _folded = folded;
        Needles = needles;
        Words = words;
    }

    /// <summary>At most three alternatives; a contact's search text must contain one of them.</summary>
    public IReadOnlyList<string> Needles { get; }

    /// <summary>Words that must all occur, in any order. Empty for a single word or a phone.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <summary>Null if there is nothing to search for.</summary>
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

        var words = folded.Split(' ')
            .Select(word => word.Trim(',', ';'))
            .Where(word => word.Length > 0)
            .Distinct(StringComparer.Ordinal)
            .ToList();
        if (words.Count is < 2 or > MaxWords)
        {
            Add(folded);
            return new ContactSearch(folded, needles, []);
        }

        // Adjacent words in the right order also satisfy the separate-words search, except that a short word must start a line.
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
            // Only punctuation, such as a bracket: looks like a phone but has no digits.
            if (text.Length > 0 && NeedleOf(text) is var needle && !needles.Contains(needle))
            {
                needles.Add(needle);
            }
        }

        static int Length(string text) => text.EnumerateRunes().Count();

        static string NeedleOf(string text) =>
            Length(text) is var length && length >= TrigramLength ? text : Contact.SearchLineStart[(length - 1)..] + text;
    }

    /// <summary>Whether every term is exactly one trigram, so that each index candidate is a match.</summary>
    public bool IsExact => Needles.Concat(Words).All(needle => needle.EnumerateRunes().Count() == TrigramLength);

    /// <summary>Filters <paramref name="contacts"/> by the search.</summary>
    public IQueryable<ContactMatch> Filter(IQueryable<ContactMatch> contacts) => Words.Count > 0 ? FilterByWords(contacts) : Needles switch
    {
        [var one] => contacts.Where(m => m.Contact.SearchText.Contains(one)),
        [var one, var two] => contacts.Where(m => m.Contact.SearchText.Contains(one) || m.Contact.SearchText.Contains(two)),
        [var one, var two, var three] => contacts.Where(m =>
            m.Contact.SearchText.Contains(one) || m.Contact.SearchText.Contains(two) || m.Contact.SearchText.Contains(three)),
        _ => throw new InvalidOperationException("A search has one to three words."),
    };

    // One query shape for any number of words: unused slots repeat the last word.
    private IQueryable<ContactMatch> FilterByWords(IQueryable<ContactMatch> contacts)
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
