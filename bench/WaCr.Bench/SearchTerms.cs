namespace WaCr.Bench;

/// <summary>What people type: three to eight letters out of a name, a company or a phone number of somebody who is there.</summary>
internal static class SearchTerms
{
    public static IEnumerable<string> From(int count, int howMany)
    {
        var random = new Random(count);
        return Enumerable.Range(0, howMany).Select(_ => Cut(random, count));
    }

    private static string Cut(Random random, int count)
    {
        while (true)
        {
            var contact = People.Create(random.Next(count));
            var text = random.Next(4) switch
            {
                0 => contact.FirstName,
                1 => contact.LastName,
                2 => contact.Company?.Split(' ')[0] ?? contact.LastName,
                _ => contact.PhoneKey,
            };
            if (text.Length >= 3)
            {
                var length = Math.Min(random.Next(3, 9), text.Length);
                return text.Substring(random.Next(text.Length - length + 1), length);
            }
        }
    }
}
