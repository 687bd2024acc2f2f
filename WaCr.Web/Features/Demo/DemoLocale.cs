namespace WaCr.Web.Features.Demo;

/// <summary>
/// Name parts and phone format of one country. A name in another script is followed by its Latin spelling for e-mail addresses
/// (<c>नेहा/neha</c>). In <paramref name="Phone"/> each <c>#</c> is a digit.
/// </summary>
internal sealed record DemoLocale(string Country, int Share, string Phone, string GivenNames, string FamilyNames, string Cities)
{
    public IReadOnlyList<DemoName> Given { get; } = Names(GivenNames);

    public IReadOnlyList<DemoName> Family { get; } = Names(FamilyNames);

    public IReadOnlyList<string> CityList { get; } = Cities.Split(',');

    private static List<DemoName> Names(string text) => [.. text.Split(' ').Select(DemoName.Of)];

    /// <summary>Shares add up to 1,000.</summary>
    public static IReadOnlyList<DemoLocale> All { get; } =
    [
        new("IN", 150, "+91 98### #####",
            "Aarav Vivaan Aditya Arjun Ishaan Rohan Kabir Ananya Diya Saanvi Aadhya Meera Kavya Priya Nandini Rahul Sneha Vikram Lakshmi Harish Tejaswini Chandrashekhar",
            "Sharma Patel Iyer Nair Reddy Gupta Mehta Joshi Kulkarni Banerjee Chatterjee Menon Desai Kapoor Bose Pillai Rao Singh Venkataraman Mukhopadhyay Solanki",
            "Mumbai,Ahmedabad,Vadodara,Bengaluru,Pune,Chennai,Kochi,Kolkata,Hyderabad,Surat"),
        new("IN", 55, "+91 97### #####",
            "राहुल/rahul नेहा/neha सुनीता/sunita अमित/amit कविता/kavita विजय/vijay पूजा/pooja संजय/sanjay रेखा/rekha मोहन/mohan दीपिका/deepika आशा/asha",
            "शर्मा/sharma वर्मा/verma गुप्ता/gupta यादव/yadav मिश्रा/mishra त्रिपाठी/tripathi चौहान/chauhan पाण्डेय/pandey सिंह/singh तिवारी/tiwari",
            "दिल्ली,लखनऊ,जयपुर,भोपाल,वाराणसी,इंदौर"),
        new("BR", 90, "+55 11 9#### ####",
            "João Maria José Ana Antônio Francisca Luiz Adriana Márcia Conceição Gustavo Beatriz Thiago Letícia Rafael Camila Otávio Inês Caetano Iolanda",
            "Silva Santos Oliveira Souza Araújo Gonçalves Magalhães Cavalcanti Nascimento Assunção Guimarães Simões Figueirêdo Brandão Falcão Leitão",
            "São Paulo,Guarulhos,Osasco,Santo André,Mogi das Cruzes"),
        new("MX", 60, "+52 55 #### ####",
            "Guadalupe José Juan María Sofía Ximena Ángel Íñigo Héctor Lucía Valentina Rocío Óscar Andrés Begoña Jesús",
            "Hernández García Martínez López González Pérez Rodríguez Sánchez Ramírez Núñez Ibáñez Peña Zúñiga Cárdenas",
            "Ciudad de México,Puebla,Toluca,Querétaro,Mérida"),
        new("US", 90, "+1 415 7## ####",
            "Emma Olivia Noah Liam Ava Elijah Sophia Mason Isabella Logan Mia Lucas Charlotte Ethan Amelia Madison Brooklyn Hunter Savannah Wyatt",
            "Smith Johnson Williams Brown Jones Miller Davis Wilson Anderson Thomas Taylor Moore Washington Jefferson O'Connor McAllister Van-Buren Featherstone",
            "San Francisco,Oakland,San Jose,Berkeley,Palo Alto"),
        new("GB", 60, "+44 7400 ######",
            "Oliver George Harry Isla Poppy Freya Alfie Archie Florence Rosie Siobhán Rhys Eilidh Callum Nigel Gwendolyn",
            "Evans Hughes Wright Thompson Fitzgerald MacDonald Llewellyn Ashworth Cholmondeley Featherstonehaugh Wood Clarke Bennett Featherby",
            "London,Manchester,Leeds,Glasgow,Cardiff,Bristol"),
        new("DE", 55, "+49 1512 #######",
            "Jürgen Björn Sören Käthe Günther Annegret Lukas Hannah Matthias Friederike Heiko Ulrike Wolfgang Jörg Mara Änne",
            "Müller Schäfer Weiß Größmann Köhler Strauß Böttcher Kühn Schröder Hoffmann Zimmermann Leutheusser-Schnarrenberger Vogel Öztürk",
            "Köln,München,Düsseldorf,Nürnberg,Berlin,Hamburg"),
        new("FR", 45, "+33 6 ## ## ## ##",
            "Chloé Zoé Léa Hélène François Jérôme Benoît Aurélie Noël Gaëlle Thérèse Rémi Loïc Maëlys Édouard Océane",
            "Lefèvre Bérénger Dubois Moreau Garçon Lemaître Châtelain Désormeaux Benoît Rousseau Hébert d'Estaing Quéméneur",
            "Paris,Lyon,Besançon,Orléans,Nîmes,Saint-Étienne"),
        new("ES", 35, "+34 6## ### ###",
            "Íker Nuria Begoña Jordi Ainhoa Álvaro Inmaculada Montserrat Joaquín Lourdes Núria Martí",
            "Muñoz Yáñez Castaño Etxeberria Puigdemont Ordóñez Peñalver Logroño Ibarra Vázquez",
            "Madrid,Málaga,A Coruña,Donostia,Cádiz"),
        new("PL", 30, "+48 601 ### ###",
            "Łukasz Małgorzata Zbigniew Grażyna Paweł Stanisław Żaneta Świętosława Michał Agnieszka",
            "Wiśniewski Wójcik Dąbrowska Łuczak Brzęczyszczykiewicz Jabłoński Żółć Kamińska Ostrowska",
            "Łódź,Kraków,Poznań,Gdańsk,Wrocław"),
        new(
            "CZ",
            15,
            "+420 601 ### ###",
            "Jiří Řehoř Zdeněk Věra Žofie Tomáš Šárka",
            "Dvořák Novotný Přibyl Křížová Šťastný Růžička",
            "Praha,Plzeň,Brno,Olomouc"),
        new("TR", 25, "+90 532 ### ## ##",
            "Çağlar Şule Ömer Gülşen İbrahim Özlem Ümit Işıl Yiğit Tuğçe", "Yıldız Öztürk Çelik Şahin Güneş Kılıç Aydoğan Büyükçekmeceli",
            "İstanbul,İzmir,Eskişehir,Muğla"),
        new(
            "SE", 15, "+46 70 ### ## ##", "Åsa Göran Märta Björn Linnéa Örjan", "Åkesson Öberg Sjöström Lindqvist Björkman",
            "Malmö,Göteborg,Umeå"),
        new(
            "VN",
            20,
            "+84 91 ### ## ##",
            "Thị-Hồng Đức Phương Quỳnh Tuấn Ngọc-Ánh Hưng",
            "Nguyễn Trần Phạm Đặng Huỳnh Võ Ng",
            "Hà-Nội,Đà-Nẵng,Cần-Thơ"),
        new("NG", 25, "+234 803 ### ####",
            "Chukwuemeka Adaeze Oluwaseun Ngozi Folasade Ifeanyi Temitope Babajide Oluwadamilola",
            "Okonkwo Adeyemi Nwachukwu Balogun Okafor Ogunleye Oyelaran-Oyeyinka", "Lagos,Abuja,Ibadan,Enugu"),
        new("SA", 30, "+966 50 ### ####",
            "محمد/mohammed فاطمة/fatima عبدالله/abdullah نورة/noura خالد/khalid سارة/sara عبدالرحمن/abdulrahman ريم/reem",
            "القحطاني/alqahtani الغامدي/alghamdi الشهري/alshehri العتيبي/alotaibi الزهراني/alzahrani الدوسري/aldosari",
            "الرياض,جدة,الدمام,مكة"),
        new("EG", 25, "+20 100 ### ####",
            "أحمد/ahmed منى/mona محمود/mahmoud هبة/heba كريم/karim ياسمين/yasmin",
            "حسن/hassan السيد/elsayed عبدالعزيز/abdelaziz منصور/mansour فؤاد/fouad", "القاهرة,الإسكندرية,الجيزة"),
        new("IL", 20, "+972 50 ### ####",
            "נועה/noa יוסף/yosef תמר/tamar אברהם/avraham מיכל/michal דוד/david",
            "כהן/cohen לוי/levi מזרחי/mizrahi פרידמן/friedman בן-דוד/bendavid", "ירושלים,חיפה,באר-שבע"),
        new("RU", 35, "+7 916 ### ## ##",
            "Александр/alexander Екатерина/ekaterina Дмитрий/dmitry Наталья/natalia Фёдор/fyodor Ольга/olga Сергей/sergey",
            "Иванов/ivanov Кузнецова/kuznetsova Соловьёв/solovyov Достоевский/dostoevsky Щербакова/shcherbakova Рождественская/rozhdestvenskaya",
            "Москва,Казань,Самара,Екатеринбург"),
        new(
            "UA",
            15,
            "+380 67 ### ## ##",
            "Їжак/izhak Оксана/oksana Андрій/andriy Юлія/yuliia",
            "Шевченко/shevchenko Ковальчук/kovalchuk Лисенко/lysenko",
            "Київ,Львів,Одеса"),
        new("CN", 35, "+86 138 #### ####",
            "伟/wei 芳/fang 娜/na 秀英/xiuying 敏/min 志强/zhiqiang 建国/jianguo 晓明/xiaoming", "王/wang 李/li 张/zhang 刘/liu 陈/chen 欧阳/ouyang 司马/sima",
            "上海,北京,广州,深圳,成都"),
        new("TH", 20, "+66 81 ### ####",
            "สมชาย/somchai สุดา/suda ปิยะ/piya นภา/napha กมลวรรณ/kamolwan",
            "ศรีสุข/srisuk วงศ์สวัสดิ์/wongsawat จันทร์เพ็ญ/chanphen รัตนโกสินทร์/rattanakosin", "กรุงเทพมหานคร,เชียงใหม่,ภูเก็ต"),
        new(
            "GR",
            10,
            "+30 694 ### ####",
            "Ελένη/eleni Γιώργος/giorgos Κωνσταντίνος/konstantinos",
            "Παπαδόπουλος/papadopoulos Ιωάννου/ioannou",
            "Αθήνα,Θεσσαλονίκη"),
        new(
            "ID", 15, "+62 812 #### ####", "Budi Siti Dewi Agus Rina Wahyuningsih", "Santoso Wijaya Kusuma Hartono Purnomo",
            "Jakarta,Surabaya,Bandung"),
        new(
            "AE",
            15,
            "+971 50 ### ####",
            "Layla/layla Omar/omar شيخة/shaikha راشد/rashid",
            "Al-Maktoum/almaktoum المنصوري/almansoori Haddad/haddad",
            "Dubai,Abu Dhabi,الشارقة"),
        new(
            "ZA", 10, "+27 82 ### ####", "Thabo Lerato Sipho Anneke Nomvula", "Dlamini Nkosi Botha Van-der-Merwe Mokoena",
            "Johannesburg,Cape Town,Durban"),
    ];
}

/// <param name="Latin">Latin spelling for e-mail addresses; equal to the name if that is Latin.</param>
internal sealed record DemoName(string Text, string Latin)
{
    /// <summary>Keeps hyphens and apostrophes, since they belong to the names.</summary>
    public static DemoName Of(string text) => text.Split('/') is [var own, var latin] ? new(own, latin) : new(text, text);
}
