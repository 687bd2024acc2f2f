using WaCr.Web.Common;
using WaCr.Web.Domain;
using WaCr.Web.Features.Demo;

namespace WaCr.Bench;

/// <summary>
/// As many people as one likes, the same for the same number: names of the demo's 26 countries, and as many again
/// from syllables, so that a search term is neither in every row nor in none.
/// </summary>
internal static class People
{
    // Each is followed by eight digits and makes a mobile number of its country.
    private static readonly string[] PhoneStarts = ["9198", "9197", "9190", "55119", "49151", "8613", "2010", "5255"];
    private static readonly string[] Onsets =
    [
        "ba", "ka", "ma", "sha", "ven", "kri", "del", "mo", "tar", "sil", "gon", "ro", "hal", "ber", "win", "pra", "lu", "fer", "chan",
        "zor"
    ];
    private static readonly string[] Middles =
    [
        "ri", "na", "de", "lo", "mi", "ta", "ku", "ra", "ve", "si", "go", "li", "ha", "pe", "no", "bi"
    ];
    private static readonly string[] Endings =
    [
        "kar", "son", "wala", "vić", "nez", "sen", "man", "rao", "tti", "berg", "ova", "ski", "dez", "lal", "ton", "shvili", "ng", "oğlu",
        "ian", "eiro"
    ];
    private static readonly string[] Trades =
    [
        "Trading", "Textiles", "Logistics", "Foods", "Pharma", "Exports", "Digital", "Motors", "Foundry", "Organics", "Ceramics",
        "Travels", "Studio", "Wholesale", "Partners", "Labs"
    ];

    private static readonly DemoName[] Given = [.. DemoLocale.All.SelectMany(locale => locale.Given).DistinctBy(name => name.Text)];
    private static readonly DemoName[] Family = [.. DemoLocale.All.SelectMany(locale => locale.Family).DistinctBy(name => name.Text)];
    private static readonly string[] Cities = [.. DemoLocale.All.SelectMany(locale => locale.CityList).Distinct()];

    /// <param name="index">Counts from 0; no two have the same phone or e-mail.</param>
    public static Contact Create(int index)
    {
        var random = new Random(index);
        var given = random.Next(2) == 0 ? Given[random.Next(Given.Length)] : Made(random, Endings[..8]);
        var family = random.Next(2) == 0 ? Family[random.Next(Family.Length)] : Made(random, Endings);
        var contact = new Contact
        {
            FirstName = given.Text,
            LastName = family.Text,
            Company = random.Next(5) < 3 ? $"{Made(random, Endings).Text} {Trades[random.Next(Trades.Length)]}" : null,
            Email = random.Next(10) < 7
                ? $"{TextKey.Folded(given.Latin)}.{TextKey.Folded(family.Latin)}{index}@{Made(random, Endings).Latin}.example"
                : null,
            City = Cities[random.Next(Cities.Length)],
            Type = (ContactType)random.Next(3),
        };
        // 48271 and the prime modulus scatter the numbers and repeat none.
        var digits = PhoneStarts[random.Next(PhoneStarts.Length)] + $"{index * 48271L % 99_999_989:D8}";
        contact.SetPhone(new PhoneNumber("+" + digits, digits));
        return contact;
    }

    private static DemoName Made(Random random, string[] endings)
    {
        var text = Onsets[random.Next(Onsets.Length)] + (
            random.Next(2) == 0 ? Middles[random.Next(Middles.Length)] : "") + endings[random.Next(endings.Length)];
        return new DemoName(char.ToUpperInvariant(text[0]) + text[1..], TextKey.Folded(text));
    }
}
