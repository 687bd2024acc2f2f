using System.Globalization;
using System.Linq.Expressions;
using WaCr.Web.Common;
using WaCr.Web.Data;
using WaCr.Web.Features.Lists;
using WaCr.Web.Tenancy;

namespace WaCr.Web.Features.Contacts;

/// <summary>
/// What was typed into a search field, made ready: three characters and more are looked for anywhere,
/// fewer only at the start of a field. A phone is found in whatever format it was typed.
/// </summary>
internal sealed class ContactSearch
{
    private const int TrigramLength = 3;
    private const int MaxLength = 200;

    private readonly string _folded;
    private readonly string _digits;
    private readonly string _homeDigits;

    private ContactSearch(string folded, string digits, string home)
    {
        _folded = folded;
        _digits = digits;
        Needles = MakeNeedles(folded, digits, home);
        var calling = PhoneNumber.CallingCode(home);
        _homeDigits = digits.Length > 0 && calling > 0 ? calling.ToString(CultureInfo.InvariantCulture) + digits.TrimStart('0') : "";
    }

    /// <summary>Empty where the text is too short for the trigram index.</summary>
    public IReadOnlyList<string> Needles { get; }

    /// <summary>Null where there is nothing to search for.</summary>
    public static ContactSearch? From(string? typed, TenantIdentity tenant)
    {
        var folded = TextKey.Folded(typed);
        if (folded.Length == 0)
        {
            return null;
        }

        folded = folded.Length > MaxLength ? folded[..MaxLength].TrimEnd() : folded;
        var isPhone = folded.All(letter => char.IsDigit(letter) || letter is '+' or '-' or '(' or ')' or '.' or '/' or ' ');
        return new ContactSearch(folded, isPhone ? TextKey.Digits(folded) : "", tenant.Country);
    }

    /// <summary>The text index finds the rows.</summary>
    public IQueryable<ContactMatch> Driving(AppDbContext db) => Needles.Count > 0 ? db.MatchContacts(Needles) : Testing(All(db));

    /// <summary>Rows come from somewhere else, and each is tested.</summary>
    public IQueryable<ContactMatch> Testing(IQueryable<ContactMatch> contacts) => Needles switch
    {
        [var one] => contacts.Where(m => m.Contact.SearchText.Contains(one)),
        [var one, var two] => contacts.Where(m => m.Contact.SearchText.Contains(one) || m.Contact.SearchText.Contains(two)),
        [var one, var two, var three] => contacts.Where(m =>
            m.Contact.SearchText.Contains(one) || m.Contact.SearchText.Contains(two) || m.Contact.SearchText.Contains(three)),
        _ => contacts.Where(StartsWith()),
    };

    public override string ToString() => _folded;

    internal static IQueryable<ContactMatch> All(AppDbContext db) => db.Contacts.Select(c => new ContactMatch { Id = c.Id, Contact = c });

    private Expression<Func<ContactMatch, bool>> StartsWith()
    {
        var prefixes = new List<(Expression<Func<ContactMatch, string?>>, string)>
        {
            (m => m.Contact.FirstNameKey, _folded),
            (m => m.Contact.LastNameKey, _folded),
            (m => m.Contact.EmailKey, _folded),
            (m => m.Contact.CompanyKey, _folded),
        };
        if (_digits.Length > 0)
        {
            prefixes.Add((m => m.Contact.PhoneKey, _digits));
            prefixes.Add((m => m.Contact.PhoneKey, _homeDigits.Length > 0 ? _homeDigits : _digits));
        }

        return FilterExpressions.AnyStartsWith(prefixes);
    }

    private static List<string> MakeNeedles(string folded, string digits, string home)
    {
        var needles = new List<string>(TrigramLength);
        AddNeedle(folded);
        AddNeedle(digits);
        if (digits.Length > 0 && PhoneNumber.TryParse(folded, home, out var phone))
        {
            AddNeedle(phone.Key);
        }

        return needles;

        void AddNeedle(string text)
        {
            if (text.EnumerateRunes().Count() >= TrigramLength && !needles.Contains(text))
            {
                needles.Add(text);
            }
        }
    }
}
