using System.Text;

namespace WaCr.Web.Features.Demo;

/// <summary>Made-up contacts; the same seed gives the same contacts.</summary>
internal sealed class DemoPeople(int seed, string? onlyCountry = null)
{
    // Extreme cases for the screens: one letter, forty letters, three scripts, a name of hyphens and apostrophes.
    private static readonly (string Country, string First, string Last, string Company)[] Extremes =
    [
        ("DE", "Wilhelmina-Charlotte Friederike Annegret", "von und zu Guttenberg-Hohenlohe-Langen", "Donaudampfschifffahrtsgesellschaft mbH"),
        ("BR", "Maria da Conceição Aparecida Nascimento", "dos Santos Albuquerque de Vasconcelos", "Associação dos Produtores de Café do Vale do Paraíba"),
        ("IN", "Chandrasekhara Venkata Subrahmanya Raman", "Uppuluri Lakshminarasimha Ramachandrarao", "Sri Venkateswara General Trading & Export House (Pvt.) Ltd."),
        ("VN", "Ó", "E", "3"),
        ("CN", "李", "王", "上海进出口贸易有限责任公司"),
        ("SA", "محمد عبدالرحمن بن عبدالعزيز", "آل الشيخ القحطاني الشهري", "شركة الرياض للتجارة والمقاولات المحدودة"),
        ("GB", "Ann-Marie O'Neil-D'Arcy", "St. John-Smythe, Jr.", "D'Arcy, O'Neil & Sons"),
        ("TH", "กมลวรรณ ณ อยุธยา", "รัตนโกสินทร์มหินทรายุธยา", "บริษัท กรุงเทพการค้า จำกัด"),
        ("RU", "Нина-Анастасия", "Преображенская-Вознесенская", "ООО «Северная Звезда»"),
        ("IL", "יהודה לייב", "בן-אברהם הלוי", "מאפיית ירושלים בע\"מ"),
    ];

    private static readonly string[] CompanyPatterns =
    [
        "{0} Trading", "{0} & Sons", "{0} Logistics", "{0} Textiles", "Café {0}", "{0} Exports Pvt. Ltd.", "{0} Foods", "Studio {0}",
        "{0} Pharma", "{1} Wholesale", "{1} Auto Parts", "{1} Garden Centre", "Blue {0}", "{0} {1} Partners", "Hotel {1}", "{0} Digital",
    ];

    private static readonly string[] MailHosts = ["example.com", "example.org", "example.net", "mail.example.com", "office.example.org"];

    private static readonly string[] Notes =
    [
        "Prefers to be called in the afternoon.", "Asked for the new price list.", "Met at the trade fair, wants samples.",
        "Pays on time, orders every quarter.\nDelivery to the back gate, please.", "Speaks little English; write short messages.",
        "Wants an invoice before each shipment.", "Do not send promotions on weekends.", "Referred two friends last month.",
    ];

    private readonly Random _random = new(seed);
    private readonly HashSet<string> _phones = new(StringComparer.Ordinal);
    private readonly HashSet<string> _emails = new(StringComparer.Ordinal);
    private readonly List<DemoLocale> _locales = [.. DemoLocale.All.Where(locale => onlyCountry is null || locale.Country == onlyCountry)];

    /// <summary>Contacts with their personal fields; the caller sets references to other rows.</summary>
    public IEnumerable<Contact> Take(int count)
    {
        for (var made = 0; made < count; made++)
        {
            var extreme = onlyCountry is null ? ExtremeAt(count - made - 1) : null;
            var locale = extreme is { } special ? DemoLocale.All.First(l => l.Country == special.Country) : PickLocale();
            var given = Pick(locale.Given);
            var family = Pick(locale.Family);
            var city = Pick(locale.CityList);
            var contact = new Contact
            {
                FirstName = _random.Next(12) == 0 ? $"{given.Text} {Pick(locale.Given).Text}" : given.Text,
                LastName = family.Text,
                Company = Chance(0.55) ? CompanyOf(Pick(locale.Family).Text, city) : null,
                Email = Chance(0.7) ? EmailOf(given, family) : null,
                CountryId = CountryIds[locale.Country],
                City = Chance(0.8) ? city : null,
                Zip = Chance(0.4) ? _random.Next(10_000, 999_999).ToString(CultureInfo.InvariantCulture) : null,
                Address = Chance(0.3) ? $"{_random.Next(1, 400)}, {Pick(locale.Family).Text} Road" : null,
                Description = Chance(0.25) ? Pick(Notes) : null,
                Type = _random.Next(10) switch { < 5 => ContactType.Lead, < 9 => ContactType.Customer, _ => ContactType.Guest },
                Consent = Chance(0.03) ? Consent.Nothing : default,
            };
            if (extreme is { } person)
            {
                (_, contact.FirstName, contact.LastName, contact.Company) = person;
                contact.Email = null;
            }

            contact.Language = contact.Email is null ? null : Languages.GetValueOrDefault(locale.Country);
            contact.SetPhone(PhoneOf(locale));
            yield return contact;
        }
    }

    private static readonly Dictionary<string, string> Languages = new(StringComparer.Ordinal)
    {
        ["BR"] = "pt-BR",
        ["MX"] = "es-MX",
        ["US"] = "en-US",
        ["GB"] = "en-GB",
        ["DE"] = "de",
        ["FR"] = "fr",
        ["ES"] = "es",
        ["PL"] = "pl",
        ["CZ"] = "cs",
    };

    private static readonly Dictionary<string, int> CountryIds = Country.Shipped.ToDictionary(
        country => country.Code, country => country.Id, StringComparer.Ordinal);

    // Lists show the newest first, so these are placed on the first pages.
    private static (string Country, string First, string Last, string Company)? ExtremeAt(int fromNewest) =>
        fromNewest % 9 == 4 && fromNewest / 9 < Extremes.Length ? Extremes[fromNewest / 9] : null;

    private DemoLocale PickLocale()
    {
        var index = _random.Next(_locales.Sum(locale => locale.Share));
        return _locales.First(locale => (index -= locale.Share) < 0);
    }

    private PhoneNumber PhoneOf(DemoLocale locale)
    {
        while (true)
        {
            var text = new StringBuilder(locale.Phone);
            for (var index = 0; index < text.Length; index++)
            {
                text[index] = text[index] == '#' ? (char)('0' + _random.Next(10)) : text[index];
            }

            if (PhoneNumber.TryParse(text.ToString(), locale.Country, out var phone)
                && PhoneNumber.CountryOf(phone.Key) == locale.Country && _phones.Add(phone.Key))
            {
                return phone;
            }
        }
    }

    private string EmailOf(DemoName given, DemoName family)
    {
        var name = $"{Plain(given.Latin)}.{Plain(family.Latin)}";
        var host = Pick(MailHosts);
        var email = $"{name}@{host}";
        for (var twin = 2; !_emails.Add(email); twin++)
        {
            email = $"{name}{twin}@{host}";
        }

        return email;
    }

    private string CompanyOf(string family, string city) =>
        string.Format(CultureInfo.InvariantCulture, Pick(CompanyPatterns), family, city);

    private static string Plain(string name) =>
        new([.. TextKey.Folded(name).Where(letter => char.IsAsciiLetterLower(letter) || letter == '-')]);

    private bool Chance(double probability) => _random.NextDouble() < probability;

    private T Pick<T>(IReadOnlyList<T> from) => from[_random.Next(from.Count)];
}
