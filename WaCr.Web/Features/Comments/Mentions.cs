namespace WaCr.Web.Features.Comments;

/// <summary>Finds users mentioned in a comment: <c>@Asha Patel</c>, ignoring case, but not as the start of a longer name.</summary>
internal static class Mentions
{
    /// <summary>If two users share the name, both are mentioned.</summary>
    public static List<long> In(string text, IEnumerable<(long Id, string Name)> people)
    {
        var found = new List<long>();
        var left = text;

        // Longest names first, and a match is consumed: "@Ann Lee" does not also mention "Ann".
        foreach (var sameName in people.Where(person => person.Name.Length > 0)
            .GroupBy(person => person.Name, StringComparer.OrdinalIgnoreCase).OrderByDescending(group => group.Key.Length))
        {
            var mark = "@" + sameName.Key;
            var isNamed = false;
            for (
                var i = left.IndexOf(mark, StringComparison.OrdinalIgnoreCase); i >= 0; i = left.IndexOf(
                    mark, i + 1, StringComparison.OrdinalIgnoreCase))
            {
                var end = i + mark.Length;
                if (end == left.Length || !char.IsLetterOrDigit(left[end]))
                {
                    isNamed = true;
                    left = left.Remove(i, mark.Length).Insert(i, new string(' ', mark.Length));
                }
            }

            if (isNamed)
            {
                found.AddRange(sameName.Select(person => person.Id));
            }
        }

        return found;
    }
}
