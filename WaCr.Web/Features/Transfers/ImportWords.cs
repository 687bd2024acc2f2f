using System.Collections.Frozen;
using System.Globalization;
using WaCr.Web.Common;
using WaCr.Web.Domain;
using WaCr.Web.Features.Contacts;

namespace WaCr.Web.Features.Transfers;

/// <summary>The words that files of the field use, in the languages that they come in.</summary>
internal static class ImportWords
{
    /// <summary>Headers by field, folded and without punctuation; the first field that has one gets it.</summary>
    private static readonly (string Field, string[] Headers)[] Known =
    [
        (ContactFieldNames.FirstName, ["first name", "firstname", "given name", "forename", "first", "الاسم الأول", "اسم الأول", "nome próprio", "primeiro nome", "nome", "nombre", "primer nombre", "prénom", "vorname", "имя", "ad", "adı", "prenume", "voornaam", "imię"]),
        (ContactFieldNames.LastName, ["last name", "lastname", "surname", "family name", "last", "اسم العائلة", "الاسم الأخير", "اللقب", "sobrenome", "apelido", "último nome", "apellido", "apellidos", "nom de famille", "nom", "nachname", "familienname", "фамилия", "soyad", "soyadı", "cognome", "achternaam", "nazwisko"]),
        (ImportColumns.FullName, ["name", "full name", "fullname", "contact name", "contact", "customer name", "display name", "الاسم", "الاسم الكامل", "اسم العميل", "nome completo", "nombre completo", "nom complet", "vollständiger name", "фио", "полное имя", "ad soyad", "nome e cognome"]),
        (ContactFieldNames.Phone, ["phone", "phone number", "phone no", "mobile", "mobile number", "mobile phone", "cell", "cell phone", "telephone", "tel", "whatsapp", "whatsapp number", "phone 1 value", "الهاتف", "رقم الهاتف", "الجوال", "رقم الجوال", "هاتف", "واتساب", "telefone", "número de telefone", "telemóvel", "celular", "teléfono", "número de teléfono", "móvil", "téléphone", "numéro de téléphone", "portable", "telefon", "telefonnummer", "handy", "mobil", "mobilnummer", "телефон", "номер телефона", "мобильный", "cep telefonu", "telefon numarası", "telefono", "cellulare", "telefoon", "numer telefonu"]),
        (ContactFieldNames.Email, ["email", "e mail", "email address", "e mail address", "e mail 1 value", "mail", "البريد الإلكتروني", "البريد الالكتروني", "الإيميل", "بريد إلكتروني", "correo", "correo electrónico", "courriel", "adresse e mail", "adresse email", "e mail adresse", "электронная почта", "почта", "eposta", "e posta", "endereço de e mail", "posta elettronica"]),
        (ContactFieldNames.Company, ["company", "company name", "organization", "organisation", "organization name", "business", "الشركة", "اسم الشركة", "المؤسسة", "empresa", "companhia", "compañía", "entreprise", "société", "firma", "unternehmen", "компания", "организация", "şirket", "azienda", "bedrijf"]),
        (ContactFieldNames.Type, ["type", "contact type", "lifecycle stage", "النوع", "نوع جهة الاتصال", "tipo", "typ", "тип", "tür"]),
        (ContactFieldNames.StatusId, ["status", "lead status", "stage", "الحالة", "حالة", "situação", "estado do contacto", "estatus", "statut", "статус", "durum", "stato"]),
        (ContactFieldNames.SourceId, ["source", "lead source", "origin", "channel", "المصدر", "مصدر", "origem", "fonte", "origen", "fuente", "quelle", "herkunft", "источник", "kaynak", "bron"]),
        (ContactFieldNames.Groups, ["groups", "group", "tags", "tag", "labels", "label", "list", "lists", "group membership", "المجموعات", "المجموعة", "مجموعات", "الوسوم", "grupos", "grupo", "etiquetas", "groupes", "groupe", "étiquettes", "gruppen", "gruppe", "группы", "группа", "теги", "gruplar", "grup", "gruppi", "gruppo"]),
        (ContactFieldNames.AssignedId, ["assigned to", "assigned", "assignee", "owner", "contact owner", "agent", "sales rep", "المسؤول", "مسند إلى", "مُسند إلى", "معين إلى", "atribuído a", "responsável", "asignado a", "responsable", "propietario", "attribué à", "zugewiesen an", "zuständig", "ответственный", "atanan", "sorumlu"]),
        (ContactFieldNames.CountryId, ["country", "country code", "country region", "nation", "الدولة", "البلد", "دولة", "país", "pays", "land", "страна", "ülke", "paese", "kraj"]),
        (ContactFieldNames.City, ["city", "town", "المدينة", "مدينة", "cidade", "localidade", "ciudad", "ville", "stadt", "ort", "город", "şehir", "il", "città", "stad", "miasto"]),
        (ContactFieldNames.State, ["state", "state or region", "state region", "region", "province", "county", "الولاية", "المنطقة", "الولاية أو المنطقة", "المحافظة", "estado", "estado ou região", "região", "provincia", "región", "région", "département", "bundesland", "область", "регион", "bölge", "regione"]),
        (ContactFieldNames.Zip, ["zip", "zip code", "postal code", "postcode", "pin code", "pincode", "post code", "الرمز البريدي", "cep", "código postal", "code postal", "plz", "postleitzahl", "индекс", "почтовый индекс", "posta kodu", "cap"]),
        (ContactFieldNames.Address, ["address", "street", "street address", "address line 1", "mailing address", "العنوان", "عنوان الشارع", "عنوان", "endereço", "morada", "rua", "dirección", "calle", "adresse", "rue", "straße", "strasse", "anschrift", "адрес", "улица", "adres", "indirizzo"]),
        (ContactFieldNames.Description, ["notes", "note", "description", "comment", "comments", "remarks", "ملاحظات", "الملاحظات", "الوصف", "notas", "observações", "descrição", "descripción", "comentarios", "remarques", "notizen", "bemerkung", "beschreibung", "заметки", "описание", "комментарий", "notlar", "açıklama"]),
        (ImportColumns.Reason, ["import error", "import_error", "خطأ الاستيراد", "erro de importação"]),
    ];

    private static readonly FrozenDictionary<string, string> Headers = Known
        .SelectMany(known => known.Headers, (known, header) => (Header: FoldHeader(header), known.Field))
        .Concat(ContactFieldNames.All.Select(field => (Header: FoldHeader(field), Field: field))) // as the API calls them
        .DistinctBy(pair => pair.Header).ToFrozenDictionary(pair => pair.Header, pair => pair.Field, StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> Types = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["lead"] = ["lead", "prospect", "عميل محتمل", "potencial", "potencial cliente", "cliente potencial", "lead potencial", "prospecto", "interessent", "лид", "aday", "0"],
        ["customer"] = ["customer", "client", "عميل", "زبون", "cliente", "kunde", "клиент", "müşteri", "1"],
        ["guest"] = ["guest", "visitor", "ضيف", "زائر", "convidado", "visitante", "invitado", "invité", "gast", "гость", "misafir", "2"],
    }.SelectMany(type => type.Value, (type, word) => (Word: TextKey.Folded(word), Type: type.Key))
        .DistinctBy(pair => pair.Word).ToFrozenDictionary(pair => pair.Word, pair => pair.Type, StringComparer.Ordinal);

    private static readonly (string Name, string Code)[] OtherNames =
    [
        ("UK", "GB"), ("Great Britain", "GB"), ("England", "GB"), ("Scotland", "GB"), ("Wales", "GB"), ("United States of America", "US"), ("America", "US"),
        ("UAE", "AE"), ("Emirates", "AE"), ("KSA", "SA"), ("Holland", "NL"), ("Russia", "RU"), ("South Korea", "KR"), ("Czech Republic", "CZ"), ("Turkey", "TR"),
        ("الإمارات", "AE"), ("السعودية", "SA"), ("مصر", "EG"), ("الهند", "IN"), ("الأردن", "JO"), ("الكويت", "KW"), ("قطر", "QA"), ("البحرين", "BH"), ("عمان", "OM"),
        ("العراق", "IQ"), ("لبنان", "LB"), ("سوريا", "SY"), ("فلسطين", "PS"), ("اليمن", "YE"), ("ليبيا", "LY"), ("تونس", "TN"), ("الجزائر", "DZ"), ("المغرب", "MA"), ("السودان", "SD"),
        ("Brasil", "BR"), ("Portugal", "PT"), ("Espanha", "ES"), ("Alemanha", "DE"), ("França", "FR"), ("Itália", "IT"), ("Índia", "IN"), ("Reino Unido", "GB"),
        ("Estados Unidos", "US"), ("EUA", "US"), ("Moçambique", "MZ"), ("México", "MX"), ("Suíça", "CH"), ("Países Baixos", "NL"), ("Japão", "JP"),
        ("España", "ES"), ("Alemania", "DE"), ("Francia", "FR"), ("Deutschland", "DE"), ("Österreich", "AT"), ("Schweiz", "CH"), ("Frankreich", "FR"), ("Indien", "IN"),
        ("Allemagne", "DE"), ("Espagne", "ES"), ("Inde", "IN"), ("États Unis", "US"), ("Royaume Uni", "GB"), ("Россия", "RU"), ("Türkiye", "TR"), ("Italia", "IT"), ("भारत", "IN"),
    ];

    private static readonly FrozenDictionary<string, long> Countries = ReadCountries();

    /// <summary>The field that a header names; null where it names none that is known.</summary>
    public static string? FieldOf(string header) => Headers.GetValueOrDefault(FoldHeader(header));

    /// <summary>A word that is none of the types is left for the draft to refuse.</summary>
    public static string TypeOf(string word) => Types.GetValueOrDefault(TextKey.Folded(word)) ?? word;

    /// <summary>By alpha-2 or alpha-3 code or by name, in English or in a language that files come in.</summary>
    public static long? CountryOf(string text) => Countries.TryGetValue(FoldHeader(text), out var country) ? country : null;

    private static string FoldHeader(string header) =>
        TextKey.Folded(string.Concat(header.Select(letter => char.IsLetterOrDigit(letter) || char.GetUnicodeCategory(letter) == UnicodeCategory.NonSpacingMark ? letter : ' ')));

    private static FrozenDictionary<string, long> ReadCountries()
    {
        var countries = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var country in Country.Shipped)
        {
            countries.TryAdd(FoldHeader(country.Code), country.Id);
            countries.TryAdd(FoldHeader(country.Code3), country.Id);
        }

        foreach (var country in Country.Shipped)
        {
            countries.TryAdd(FoldHeader(country.Name), country.Id);
            foreach (var name in NamesOf(country.Code))
            {
                countries.TryAdd(FoldHeader(name), country.Id);
            }
        }

        foreach (var (name, code) in OtherNames)
        {
            countries.TryAdd(FoldHeader(name), Country.Shipped.First(country => country.Code == code).Id);
        }

        return countries.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static IEnumerable<string> NamesOf(string code)
    {
        try
        {
            var region = new RegionInfo(code);
            return [region.EnglishName, region.NativeName];
        }
        catch (ArgumentException)
        {
            // ICU does not know every region; its names of ISO stand anyway.
            return [];
        }
    }
}
