namespace WaCr.Web.Features.Contacts;

/// <summary>What contacts are sorted by.</summary>
internal sealed record ContactSortRow(long Id, string FirstNameKey, string LastNameKey, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    public int CompareBy(string field, ContactSortRow other) => field switch
    {
        ContactSortFields.FirstName => CompareBytes(FirstNameKey, other.FirstNameKey),
        ContactSortFields.LastName => CompareBytes(LastNameKey, other.LastNameKey),
        ContactSortFields.CreatedAt => CreatedAt.CompareTo(other.CreatedAt),
        ContactSortFields.UpdatedAt => UpdatedAt.CompareTo(other.UpdatedAt),
        _ => Id.CompareTo(other.Id),
    };

    // Compares by code point (UTF-8 bytes), as the database does, not by UTF-16 unit.
    private static int CompareBytes(string left, string right)
    {
        var (ours, theirs) = (left.EnumerateRunes(), right.EnumerateRunes());
        while (true)
        {
            var (more, moreThere) = (ours.MoveNext(), theirs.MoveNext());
            if (!more || !moreThere)
            {
                return more.CompareTo(moreThere);
            }

            var compared = ours.Current.CompareTo(theirs.Current);
            if (compared != 0)
            {
                return compared;
            }
        }
    }
}
