namespace WaCr.Web.Features.Contacts;

/// <summary>Search for the text index: <c>Needle</c> must occur, and one of <c>Either</c> and <c>Or</c>.</summary>
internal readonly record struct TextIndexQuery(string Needle, string Either, string Or);

/// <summary>Compares other contacts with one contact.</summary>
internal sealed class DuplicateMatcher(ContactDetails contact)
{
    // The last digits stay the same when a country or area code is misread; fewer digits match by chance.
    private const int PhoneTail = 8;

    private const int Trigram = 3;
    private const int ShortestMailbox = 4;

    // Minimum share of letter pairs that two names have in common: "asha patel" and "aasha patel" 0.94, "asha patel" and "usha patil" 0.6.
    private const double LikeEnough = 0.75;

    private readonly string _first = TextKey.Folded(contact.FirstName);
    private readonly string _last = TextKey.Folded(contact.LastName);
    private readonly string _tail = Tail(contact.PhoneKey);
    private readonly string? _address = AddressKey(contact.Email);

    private string Name => $"{_first} {_last}".Trim();

    public IEnumerable<TextIndexQuery> IndexQueries
    {
        get
        {
            if (!PhoneNumber.IsNone(contact.PhoneKey))
            {
                yield return Whole(_tail);
            }

            if (_address is not null)
            {
                var mailbox = _address[.._address.LastIndexOf('@')];
                var end = mailbox[^ShortestMailbox..];
                yield return new TextIndexQuery(Contact.SearchLineStart + mailbox[..ShortestMailbox], end + "@", end + "+");
            }

            if (Name.Length >= Trigram)
            {
                yield return Whole(Contact.SearchLineStart + Name);
                var swapped = Contact.SearchLineStart + $"{_last} {_first}".Trim();
                yield return Whole(swapped);
            }

            // One wrong letter leaves two of three pieces intact.
            if (Name.Length >= 3 * Trigram)
            {
                var (one, two) = (Cut(Name.Length / 3), Cut(Name.Length - (Name.Length / 3)));
                var (start, middle, rest) = (Contact.SearchLineStart + Name[..one], Name[one..two], Name[two..]);
                yield return new TextIndexQuery(start, middle, rest);
                yield return new TextIndexQuery(middle, rest, rest);
            }
        }
    }

    /// <summary>Strongest reason first; empty if they look like two people.</summary>
    public List<DuplicateReason> ReasonsFor(ContactDetails other)
    {
        var reasons = new List<DuplicateReason>(3);
        if (Tail(other.PhoneKey) == _tail && !PhoneNumber.IsNone(contact.PhoneKey))
        {
            reasons.Add(DuplicateReason.SimilarPhone);
        }

        if (_address is not null && AddressKey(other.Email) == _address)
        {
            reasons.Add(DuplicateReason.SimilarEmail);
        }

        if (IsLike(TextKey.Folded($"{other.FirstName} {other.LastName}")))
        {
            reasons.Add(DuplicateReason.SimilarName);
        }

        return reasons;
    }

    // Never splits a surrogate pair: databases reject half of one.
    private int Cut(int index) => char.IsLowSurrogate(Name[index]) ? index - 1 : index;

    private static TextIndexQuery Whole(string needle) => new(needle, needle, needle);

    private bool IsLike(string other) => Name.Length >= Trigram && (Words(Name) == Words(other) || Pairs(Name, other) >= LikeEnough);

    internal static string Tail(string phoneKey) => phoneKey.Length <= PhoneTail ? phoneKey : phoneKey[^PhoneTail..];

    /// <summary>
    /// One for all spellings of a mailbox, without what mail servers ignore: "Asha.Patel+shop@gmail.com" and "ashapatel@googlemail.com" are
    /// the same. Null if it tells too little.
    /// </summary>
    internal static string? AddressKey(string? email)
    {
        var folded = TextKey.Folded(email);
        var end = folded.LastIndexOf('@');
        var mailbox = end < 0 ? "" : folded[..end].Split('+')[0].Replace(".", "", StringComparison.Ordinal);
        var domain = folded[(end + 1)..];
        return mailbox.Length < ShortestMailbox ? null : $"{mailbox}@{(domain == "googlemail.com" ? "gmail.com" : domain)}";
    }

    private static string Words(string name) => string.Join(' ', name.Split(' ').Order(StringComparer.Ordinal));

    private static double Pairs(string one, string two)
    {
        var (ours, theirs) = (PairsOf(one), PairsOf(two));
        var common = 0;
        foreach (var pair in ours)
        {
            common += theirs.Remove(pair) ? 1 : 0;
        }

        return 2.0 * common / Math.Max(1, ours.Count + theirs.Count + common);
    }

    private static List<string> PairsOf(string name) =>
        [.. Enumerable.Range(0, Math.Max(0, name.Length - 1)).Select(index => name.Substring(index, 2))];
}
