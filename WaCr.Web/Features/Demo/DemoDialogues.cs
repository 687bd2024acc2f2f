namespace WaCr.Web.Features.Demo;

/// <summary>A line of a dialogue. <paramref name="Words"/> is a text, a template name after <c>#</c>, or a file after <c>@</c>.</summary>
internal sealed record DemoLine(bool FromCustomer, string Words)
{
    public string? Template => Words.StartsWith('#') ? Words[1..] : null;

    public string? File => Words.StartsWith('@') ? Words[1..].Split(' ', 2)[0] : null;

    public string Text => File is null ? Words : Words.Split(' ', 2) is [_, var caption] ? caption : "";
}

/// <summary>Sample dialogues between contacts and staff, by language.</summary>
internal static class DemoDialogues
{
    private static readonly Dictionary<string, string> LanguageOfCountry = new(StringComparer.Ordinal)
    {
        ["BR"] = "pt",
        ["MX"] = "es",
        ["ES"] = "es",
        ["DE"] = "de",
        ["FR"] = "fr",
        ["SA"] = "ar",
        ["EG"] = "ar",
        ["AE"] = "ar",
    };

    /// <summary>Dialogues by language. <c>&lt;</c> marks the contact's lines, <c>&gt;</c> the company's.</summary>
    private static readonly Dictionary<string, IReadOnlyList<IReadOnlyList<DemoLine>>> All = new(StringComparer.Ordinal)
    {
        ["en"] = Read(
            """
            < Hi! Do you still have the blue ceramic set in stock?
            > Hello {name}, yes: 14 sets are left. Shall I put one aside for you?
            < Two please, if you can deliver before Friday
            > Of course. Delivery on Thursday between 10 and 13, is that fine?
            < Perfect, thank you 🙏

            > #order_update
            < Thanks! The tracking page says it is still in the warehouse?
            > The carrier scans it tonight, {name}. It arrives tomorrow.
            < Great, I will be at home

            < @picture Is this the right part number?
            > Yes, that is the one. We have it for 42.50.
            < Please send me the invoice
            > @document Here is your invoice, {name}.
            < Paid. Thanks for the quick help!

            > #seasonal_offer
            < Show me
            > With pleasure: what are you looking for, table or kitchen?
            < Kitchen. And something for a present 🎁

            < Good morning, can I change the address of my order?
            > Good morning! As long as it has not left, yes. What is the new address?
            < 14 Harbour Street, second floor
            > Changed. You get a confirmation by e-mail.
            < 👍

            > #appointment_reminder
            < I will come
            > Wonderful, see you then!

            < What are your opening hours on Saturday?
            > 9 to 18, {name}. On Sunday we are closed.
            """),
        ["hi"] = Read(
            """
            < नमस्ते, क्या यह साड़ी अभी भी उपलब्ध है?
            > नमस्ते {name} जी, हाँ, तीन रंगों में उपलब्ध है।
            < कृपया लाल वाली की फोटो भेजिए
            > @picture यह रही लाल वाली।
            < बहुत सुंदर! मैं ले लूँगी 🙏

            < Bhaiya, delivery kab tak ho jayegi?
            > {name} ji, kal shaam tak aapke paas pahunch jayegi.
            < Theek hai, dhanyavaad

            < मेरा ऑर्डर अभी तक नहीं आया
            > क्षमा कीजिए {name} जी, मैं अभी देखता हूँ।
            > आपका पार्सल आज शाम 6 बजे तक आ जाएगा।
            < ठीक है
            """),
        ["pt"] = Read(
            """
            < Oi! Vocês entregam em Campinas?
            > Oi {name}! Sim, em até dois dias úteis.
            < Ótimo. Quanto fica o frete?
            > Para pedidos acima de R$ 150 é grátis 😊
            < Perfeito, vou fechar o pedido hoje

            > #pedido_enviado
            < Obrigada! Chega hoje ainda?
            > Chega amanhã de manhã, {name}.
            < Combinado

            < @picture A xícara chegou quebrada 😢
            > Que pena, {name}! Enviamos outra hoje mesmo, sem custo.
            < Muito obrigado pela atenção!
            """),
        ["es"] = Read(
            """
            < Hola, ¿tienen esta talla en color verde?
            > ¡Hola {name}! Sí, nos quedan dos. ¿Te aparto una?
            < Sí, por favor. ¿Puedo pasar mañana?
            > Claro, abrimos a las 10.
            < Gracias, ¡hasta mañana!

            < Buenas tardes, necesito una factura
            > Por supuesto, {name}. ¿A qué nombre?
            < A nombre de la empresa, como siempre
            > @document Aquí está.
            """),
        ["de"] = Read(
            """
            < Guten Tag, ist der Termin am Dienstag noch frei?
            > Guten Tag {name}, ja: 10:30 oder 14 Uhr. Was passt besser?
            < 14 Uhr bitte
            > Eingetragen. Bis Dienstag!
            < Danke schön

            < Die Lieferung war unvollständig, es fehlen zwei Kartons
            > Das tut uns leid, {name}. Wir prüfen es sofort.
            > Die zwei Kartons gehen heute noch heraus.
            """),
        ["fr"] = Read(
            """
            < Bonjour, faites-vous des livraisons le samedi ?
            > Bonjour {name}, oui, le matin entre 9 h et midi.
            < Parfait, je commande pour samedi alors
            > C'est noté. Merci pour votre confiance !
            """),
        ["ar"] = Read(
            """
            < السلام عليكم، هل المنتج متوفر؟
            > وعليكم السلام {name}، نعم متوفر بثلاثة ألوان.
            < كم سعر التوصيل إلى الرياض؟
            > التوصيل مجاني للطلبات فوق 200 ريال.
            < ممتاز، سأطلب اليوم

            < @picture وصلني هذا اللون بدل الأزرق
            > نعتذر {name}، سنبدله لك غداً.
            < شكراً جزيلاً 🌹
            """),
    };

    public static IReadOnlyList<DemoLine> OptOut { get; } = Read("> #seasonal_offer\n< STOP")[0];

    public static IReadOnlyList<DemoLine> Unreachable { get; } = Read("> #order_update")[0];

    /// <summary>In India some contacts write Hindi, most English.</summary>
    public static IReadOnlyList<IReadOnlyList<DemoLine>> For(string country, Random random) =>
        country == "IN" && random.Next(3) == 0 ? All["hi"] : All[LanguageOfCountry.GetValueOrDefault(country, "en")];

    private static IReadOnlyList<IReadOnlyList<DemoLine>> Read(string text) =>
    [
        .. text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
            .Select(dialogue =>
                dialogue.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                    .Select(line => new DemoLine(line[0] == '<', line[2..]))
                    .ToList()),
    ];
}
