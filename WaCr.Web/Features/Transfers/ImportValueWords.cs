using System.Collections.Frozen;
using WaCr.Web.Features.Contacts;

namespace WaCr.Web.Features.Transfers;

/// <summary>Known values of files from other programs, in many languages.</summary>
internal static class ImportValueWords
{
    private static readonly FrozenDictionary<string, string> Types = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["lead"] =
        [
            "lead", "prospect", "عميل محتمل", "potencial", "potencial cliente", "cliente potencial", "lead potencial", "prospecto",
            "interessent", "лид", "aday", "0"
        ],
        ["customer"] = ["customer", "client", "عميل", "زبون", "cliente", "kunde", "клиент", "müşteri", "1"],
        ["guest"] = ["guest", "visitor", "ضيف", "زائر", "convidado", "visitante", "invitado", "invité", "gast", "гость", "misafir", "2"],
    }.SelectMany(type => type.Value, (type, word) => (Word: TextKey.Folded(word), Type: type.Key))
        .DistinctBy(pair => pair.Word).ToFrozenDictionary(pair => pair.Word, pair => pair.Type, StringComparer.Ordinal);

    private static readonly (string Name, string Code)[] OtherNames =
    [
        ("UK", "GB"), ("Great Britain", "GB"), ("England", "GB"), ("Scotland", "GB"), ("Wales", "GB"), (
            "United States of America", "US"), ("America", "US"),
        ("UAE", "AE"), ("Emirates", "AE"), ("KSA", "SA"), ("Holland", "NL"), ("Russia", "RU"), ("South Korea", "KR"),
        ("Czech Republic", "CZ"), ("Turkey", "TR"),
        ("الإمارات", "AE"), ("السعودية", "SA"), ("مصر", "EG"), ("الهند", "IN"), ("الأردن", "JO"), ("الكويت", "KW"), ("قطر", "QA"),
        ("البحرين", "BH"), ("عمان", "OM"),
        ("العراق", "IQ"), ("لبنان", "LB"), ("سوريا", "SY"), ("فلسطين", "PS"), ("اليمن", "YE"), ("ليبيا", "LY"), ("تونس", "TN"),
        ("الجزائر", "DZ"), ("المغرب", "MA"), ("السودان", "SD"),
        ("Brasil", "BR"), ("Portugal", "PT"), ("Espanha", "ES"), ("Alemanha", "DE"), ("França", "FR"), ("Itália", "IT"), ("Índia", "IN"),
        ("Reino Unido", "GB"),
        ("Estados Unidos", "US"), ("EUA", "US"), ("Moçambique", "MZ"), ("México", "MX"), ("Suíça", "CH"), ("Países Baixos", "NL"),
        ("Japão", "JP"),
        ("España", "ES"), ("Alemania", "DE"), ("Francia", "FR"), ("Deutschland", "DE"), ("Österreich", "AT"), ("Schweiz", "CH"),
        ("Frankreich", "FR"), ("Indien", "IN"),
        ("Allemagne", "DE"), ("Espagne", "ES"), ("Inde", "IN"), ("États Unis", "US"), ("Royaume Uni", "GB"), ("Россия", "RU"),
        ("Türkiye", "TR"), ("Italia", "IT"), ("भारत", "IN"),
    ];

    private static readonly FrozenDictionary<string, long> Countries = ReadCountries();
    private static readonly FrozenDictionary<long, string> Codes =
        Country.Shipped.ToFrozenDictionary(country => (long)country.Id, country => country.Code);

    private static readonly FrozenSet<string> Yes = Set("yes y true t 1 on x ✓ ✔ نعم sim s si sí oui ja да evet tak ano igen");
    private static readonly FrozenSet<string> No = Set("no n false f 0 off لا não nao non nein nee нет hayır nie ne nem");
    private static readonly FrozenSet<string> Out =
        Set("opted-out optedout opt-out optout out unsubscribed unsubscribe stop stopped blocked dnd revoked denied");
    private static readonly FrozenSet<string> In = Set("opted-in optedin opt-in optin in subscribed subscribe start granted allowed");

    /// <summary>Null if the word is no contact type.</summary>
    public static string? TypeOf(string word) => Types.GetValueOrDefault(TextKey.Folded(word));

    /// <summary>Whether a cell opts the contact out; null if its value is unknown.</summary>
    /// <param name="yesIsOut">Whether "yes" in this column means opted out.</param>
    public static bool? OptsOut(string cell, bool yesIsOut)
    {
        var word = TextKey.Folded(cell).Replace(' ', '-').Replace('_', '-');
        return Out.Contains(word) ? true
            : In.Contains(word) ? false
            : Yes.Contains(word) ? yesIsOut
            : No.Contains(word) ? !yesIsOut
            : yesIsOut && DateTime.TryParse(cell, CultureInfo.InvariantCulture, out _) ? true // since when
            : null;
    }

    /// <summary>Alpha-2 code of a country id.</summary>
    public static string? CodeOf(long country) => Codes.GetValueOrDefault(country);

    /// <summary>Country id by alpha-2 code, alpha-3 code or name, in English or another supported language.</summary>
    public static long? CountryOf(string text) => Countries.TryGetValue(ImportHeaders.Fold(text), out var country) ? country : null;

    private static FrozenDictionary<string, long> ReadCountries()
    {
        var countries = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var country in Country.Shipped)
        {
            countries.TryAdd(ImportHeaders.Fold(country.Code), country.Id);
            countries.TryAdd(ImportHeaders.Fold(country.Code3), country.Id);
        }

        foreach (var country in Country.Shipped)
        {
            countries.TryAdd(ImportHeaders.Fold(country.Name), country.Id);
            foreach (var name in NamesOf(country.Code))
            {
                countries.TryAdd(ImportHeaders.Fold(name), country.Id);
            }
        }

        foreach (var (name, code) in OtherNames)
        {
            countries.TryAdd(ImportHeaders.Fold(name), Country.Shipped.First(country => country.Code == code).Id);
        }

        return countries.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static FrozenSet<string> Set(string words) => words.Split(' ').Select(TextKey.Folded).ToFrozenSet(StringComparer.Ordinal);

    private static IEnumerable<string> NamesOf(string code)
    {
        try
        {
            var region = new RegionInfo(code);
            return [region.EnglishName, region.NativeName];
        }
        catch (ArgumentException)
        {
            // ICU does not know every region; the ISO names still work.
            return [];
        }
    }
}
