using System.Collections.Frozen;
using System.Text;
using WaCr.Web.Features.Contacts;

namespace WaCr.Web.Features.Transfers;

/// <summary>Known column headers of files from other programs, in many languages.</summary>
internal static class ImportHeaders
{
    /// <summary>Headers by field, folded and without punctuation; the first field with a header gets it.</summary>
    private static readonly (string Field, string[] Headers)[] Known =
    [
        (ContactFieldNames.FirstName,
        [
            "first name", "firstname", "given name", "forename", "first", "الاسم الأول", "اسم الأول", "nome próprio",
            "primeiro nome", "nome", "nombre", "primer nombre", "prénom", "vorname", "имя", "ad", "adı", "prenume", "voornaam",
            "imię"
        ]),
        (ContactFieldNames.LastName,
        [
            "last name", "lastname", "surname", "family name", "last", "اسم العائلة", "الاسم الأخير", "اللقب", "sobrenome",
            "apelido", "último nome", "apellido", "apellidos", "nom de famille", "nom", "nachname", "familienname", "фамилия",
            "soyad", "soyadı", "cognome", "achternaam", "nazwisko"
        ]),
        (ImportColumns.FullName,
        [
            "name", "full name", "fullname", "contact name", "contact", "customer name", "display name", "الاسم", "الاسم الكامل",
            "اسم العميل", "nome completo", "nombre completo", "nom complet", "vollständiger name", "фио", "полное имя",
            "ad soyad", "nome e cognome"
        ]),
        (ContactFieldNames.Phone,
        [
            "phone", "phone number", "phone no", "mobile", "mobile number", "mobile phone", "cell", "cell phone", "telephone",
            "tel", "whatsapp", "whatsapp number", "phone 1 value", "الهاتف", "رقم الهاتف", "الجوال", "رقم الجوال", "هاتف",
            "واتساب", "telefone", "número de telefone", "telemóvel", "celular", "teléfono", "número de teléfono", "móvil",
            "téléphone", "numéro de téléphone", "portable", "telefon", "telefonnummer", "handy", "mobil", "mobilnummer",
            "телефон", "номер телефона", "мобильный", "cep telefonu", "telefon numarası", "telefono", "cellulare", "telefoon",
            "numer telefonu", "phone number mobile", "whatsapp phone", "whatsapp id", "wa id", "mobile no", "contact number",
            "contact no", "phone mobile"
        ]),
        (ContactFieldNames.Email,
        [
            "email", "e mail", "email address", "e mail address", "e mail 1 value", "mail", "البريد الإلكتروني",
            "البريد الالكتروني", "الإيميل", "بريد إلكتروني", "correo", "correo electrónico", "courriel", "adresse e mail",
            "adresse email", "e mail adresse", "электронная почта", "почта", "eposta", "e posta", "endereço de e mail",
            "posta elettronica"
        ]),
        (ContactFieldNames.Company,
        [
            "company", "company name", "organization", "organisation", "organization name", "business", "firm", "الشركة", "اسم الشركة",
            "المؤسسة", "empresa", "companhia", "compañía", "entreprise", "société", "firma", "unternehmen", "компания",
            "организация", "şirket", "azienda", "bedrijf", "associated company", "company or account", "account name",
            "przedsiębiorstwo", "компания клиента",
            "organización", "organização", "organizzazione", "kuruluş"
        ]),
        (ContactFieldNames.Type,
        [
            "type", "contact type", "lifecycle stage", "النوع", "نوع جهة الاتصال", "tipo", "typ", "тип", "tür"
        ]),
        (ContactFieldNames.StatusId,
        [
            "status", "lead status", "stage", "الحالة", "حالة", "situação", "estado do contacto", "estatus", "statut", "статус",
            "durum", "stato"
        ]),
        (ContactFieldNames.SourceId,
        [
            "source", "lead source", "origin", "channel", "المصدر", "مصدر", "origem", "fonte", "origen", "fuente", "quelle",
            "herkunft", "источник", "kaynak", "bron"
        ]),
        (ContactFieldNames.Groups,
        [
            "groups", "group", "tags", "tag", "labels", "label", "list", "lists", "group membership", "المجموعات", "المجموعة",
            "مجموعات", "الوسوم", "grupos", "grupo", "etiquetas", "groupes", "groupe", "étiquettes", "gruppen", "gruppe",
            "группы", "группа", "теги", "gruplar", "grup", "gruppi", "gruppo"
        ]),
        (ContactFieldNames.AssignedId,
        [
            "assigned to", "assigned", "assignee", "owner", "contact owner", "agent", "sales rep", "المسؤول", "مسند إلى",
            "مُسند إلى", "معين إلى", "atribuído a", "responsável", "asignado a", "responsable", "propietario", "attribué à",
            "zugewiesen an", "zuständig", "ответственный", "atanan", "sorumlu"
        ]),
        (ContactFieldNames.CountryId,
        [
            "country", "country code", "country region", "nation", "الدولة", "البلد", "دولة", "país", "pays", "land", "страна",
            "ülke", "paese", "kraj",
            "land region", "pays région", "país región", "país ou região", "país região", "paese area geografica",
            "страна регион", "kraj region", "ülke bölge", "countrycode"
        ]),
        (ContactFieldNames.City,
        [
            "city", "town", "المدينة", "مدينة", "cidade", "localidade", "ciudad", "ville", "stadt", "ort", "город", "şehir",
            "il", "città", "stad", "miasto"
        ]),
        (ContactFieldNames.State,
        [
            "state", "state or region", "state region", "region", "province", "county", "الولاية", "المنطقة",
            "الولاية أو المنطقة", "المحافظة", "estado", "estado ou região", "região", "provincia", "región", "région",
            "département", "bundesland", "область", "регион", "bölge", "regione",
            "state province", "state or province", "county state", "województwo"
        ]),
        (ContactFieldNames.Zip,
        [
            "zip", "zip code", "postal code", "postcode", "pin code", "pincode", "post code", "الرمز البريدي", "cep",
            "código postal", "code postal", "plz", "postleitzahl", "индекс", "почтовый индекс", "posta kodu", "cap",
            "zip postal code"
        ]),
        (ContactFieldNames.Address,
        [
            "address", "street", "street address", "address line 1", "mailing address", "العنوان", "عنوان الشارع", "عنوان",
            "endereço", "morada", "rua", "dirección", "calle", "adresse", "rue", "straße", "strasse", "anschrift", "адрес",
            "улица", "adres", "indirizzo",
            "home address", "business address", "work address", "billing address", "shipping address", "postal address", "ulica",
            "straat", "via"
        ]),
        (ContactFieldNames.Description,
        [
            "notes", "note", "description", "comment", "comments", "remarks", "ملاحظات", "الملاحظات", "الوصف", "notas",
            "observações", "descrição", "descripción", "comentarios", "remarques", "notizen", "bemerkung", "beschreibung",
            "заметки", "описание", "комментарий", "notlar", "açıklama"
        ]),
        (ContactFieldNames.Language,
        [
            "language", "preferred language", "lang", "locale", "اللغة", "لغة", "اللغة المفضلة", "idioma", "língua", "idioma preferido",
            "lengua", "langue", "langue préférée", "sprache", "bevorzugte sprache", "язык", "dil", "lingua", "taal", "język"
        ]),
        (ImportColumns.CallingCode,
        [
            "calling code", "country calling code", "country dialing code", "dial code", "dialing code", "dialling code",
            "isd code", "isd", "phone code", "phone country code", "phone prefix", "country prefix", "international prefix",
            "ddi", "código do país", "código de país", "código país", "indicatif", "indicatif pays", "vorwahl", "ländervorwahl",
            "landesvorwahl", "landnummer", "prefisso", "prefisso internazionale", "код страны", "ülke kodu", "kod kraju",
            "رمز الدولة", "رمز الاتصال"
        ]),
        (ContactFieldNames.IsOptedOut,
        [
            "opted out of messages", "opted out", "opt out", "optout", "has opted out", "whatsapp opt out", "whatsapp opted out",
            "unsubscribed", "unsubscribe", "do not contact", "do not message", "do not disturb", "dnd", "dnc", "stop", "blocked",
            "ألغى الاشتراك في الرسائل", "ألغى الاشتراك", "não quer receber mensagens", "descadastrado", "dado de baja",
            "désabonné", "abgemeldet", "отписан", "отписался"
        ]),
        (ImportColumns.OptIn,
        [
            "allow broadcast", "allowbroadcast", "opted in", "opt in", "optin", "opted in status", "opt in status",
            "whatsapp opted in", "whatsapp opt in", "whatsapp optin", "whatsapp consent", "wa opted in", "subscribed",
            "is subscribed", "subscription status", "consent"
        ]),
        (ContactFieldNames.ConsentMarketing,
        [
            "agrees to marketing (yes or no)", "marketing", "التسويق", "marketing consent", "marketing opt in", "accepts marketing", "accepts whatsapp marketing",
            "aceita marketing (sim ou não)", "aceita marketing", "consentimento de marketing", "يوافق على التسويق (نعم أو لا)", "يوافق على التسويق",
            "acepta marketing", "accepte le marketing", "werbeeinwilligung"
        ]),
        (ContactFieldNames.ConsentSource,
        [
            "how they agreed to marketing, or refused it", "consent source", "opt in source", "optin source", "opt in method", "origem do consentimento",
            "como aceitou ou recusou marketing", "كيف وافق على التسويق أو رفضه", "مصدر الموافقة", "origen del consentimiento", "source du consentement"
        ]),
        (ContactFieldNames.ConsentProof,
        [
            "their words about marketing", "consent proof", "consent text", "proof of consent", "opt in text", "prova do consentimento",
            "palavras sobre marketing", "كلماته عن التسويق", "إثبات الموافقة", "prueba del consentimiento", "preuve du consentement"
        ]),
        (ImportColumns.Reason,
        [
            "import error", "import_error", "خطأ الاستيراد", "erro de importação"
        ]),
    ];

    private static readonly FrozenDictionary<string, string> Headers = Known
        .SelectMany(known => known.Headers, (known, header) => (Header: Fold(header), known.Field))
        .Concat(ContactFieldNames.All.Select(field => (Header: Fold(field), Field: field))) // as named in the API
        .DistinctBy(pair => pair.Header).ToFrozenDictionary(pair => pair.Header, pair => pair.Field, StringComparer.Ordinal);

    // "Business Phone 2", "Telefon geschäftlich", "Téléphone (bureau)": programs have many phone headers, so one word for a phone is
    // enough.
    private static readonly FrozenSet<string> PhoneTerms = Words(
        "phone telephone tel phones telefon telefone telefono teléfono téléphone tél telefoon телефон телефона тел هاتف "
        + "الهاتف تلفون τηλέφωνο טלפון telefonu telefonszám telefonnummer puhelin puhelinnumero telefonas โทรศัพท์ 电话 電話 "
        + "전화");

    private static readonly FrozenSet<string> MobileTerms = Words(
        "mobile mobil mobiltelefon mobilnummer mobiltelefonnummer cell cellphone cellular celular móvil movil handy "
        + "portable cellulare cep whatsapp мобильный сотовый переносной telemóvel komórkowy komórka gsm الجوال جوال "
        + "المحمول محمول واتساب mobiele κινητό נייד mobilní мобілний 手机 携帯");

    private static readonly FrozenSet<string> EmailTerms = Words(
        "email mail emails mails eposta epost courriel correo почта البريد");

    // Words that, next to a word for phone, address or e-mail, still mean that field.
    private static readonly FrozenSet<string> About = Words(
        "label type typ tipo kind fax faks факс pager ext extension assistant assistants assistentin assistent callback "
        + "rückruf rappel tty tdd telex radio verified verification validated status date created display id opt opted "
        + "optin optout consent marketing subscribed unsubscribed count list format name carrier");

    // Words that programs put before or after a field name.
    private static readonly FrozenSet<string> Qualifiers = Words(
        "business home work other primary main office contact customer person billing shipping mailing address addresses "
        + "adresse adres dirección endereço indirizzo value 1 personal private default geschäftlich privat firma arbeit "
        + "del de do da di du op het the bureau domicile privé professionnel travail trabajo particular casa comercial "
        + "residencial ufficio abitazione lavoro werk thuis zakelijk рабочий домашний служебный раб дом адрес służbowy "
        + "służbowa służbowe domowy iş ev العمل المنزل");

    private static readonly FrozenSet<string> Spelled = Known.SelectMany(known => known.Headers).SelectMany(header => header.Split(' '))
        .Where(word => !Ascii.IsValid(word)).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a word with non-ASCII letters is spelled exactly like a known header: "Imię", not "Imiê".</summary>
    public static bool IsSpelledRight(string header) => header.Split(' ').Any(Spelled.Contains);

    /// <summary>Whether it is the column of reasons in a file of failed rows.</summary>
    public static bool IsReason(string header) => FieldOf(header) == ImportColumns.Reason;

    /// <summary>Field of a header; null if unknown.</summary>
    public static string? FieldOf(string header)
    {
        var folded = Fold(header);
        if (folded.Length is 0 or > 100 || header.Contains('@', StringComparison.Ordinal))
        {
            return null;
        }

        if (Headers.TryGetValue(folded, out var field))
        {
            return field;
        }

        var words = folded.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (Array.Exists(words, PhoneTerms.Contains) || Array.Exists(words, MobileTerms.Contains))
        {
            return IsAbout(words) ? null : ImportColumns.OtherPhone;
        }

        if (Array.Exists(words, EmailTerms.Contains))
        {
            return IsAbout(words) ? null : ImportColumns.OtherEmail;
        }

        var rest = string.Join(' ', words.Where(word => !Qualifiers.Contains(word)));
        return rest.Length > 0 && rest.Length < folded.Length && Headers.GetValueOrDefault(rest) is { } qualified
            && IsAddress(qualified) ? qualified : null;
    }

    /// <summary>Whether a header means a mobile phone, the one likely to be on WhatsApp.</summary>
    public static bool IsMobile(string header) => Fold(header).Split(' ').Any(MobileTerms.Contains);

    public static string Fold(string header) =>
        TextKey.Folded(string.Concat(header.Select(letter => char.IsLetterOrDigit(letter) || char.GetUnicodeCategory(letter) == UnicodeCategory.NonSpacingMark ? letter : ' ')));

    private static bool IsAbout(string[] words) => Array.Exists(words, About.Contains);

    private static bool IsAddress(string field) => field == ContactFieldNames.Company
        || ContactFields.Find(field) is { Place.Section: ContactFormSection.Address, Name: not ContactFieldNames.Description };

    private static FrozenSet<string> Words(string list) => list.Split(' ').Select(Fold).ToFrozenSet(StringComparer.Ordinal);
}
