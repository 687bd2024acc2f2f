using WaCr.Web.Tenancy;

namespace WaCr.Web.Data.Sqlite;

/// <summary>
/// A row of the FTS5 trigram index, which triggers on Contacts keep in step (see the Initial migration).
/// Each text starts with three private-use characters that stand for the tenant: exactly one
/// trigram, so a match names its tenant and the index is led by it like all others.
/// </summary>
internal sealed class ContactSearchEntry : IPlatformOwned
{
    private const int FirstPrivateUse = 0xE000;
    private const int Radix = 6000;

    public long RowId { get; init; }
    public string Match { get; init; } = "";

    /// <summary>The same digits as SQL, for the triggers; <c>NEW</c> is the contact's row.</summary>
    public const string TenantMarkSql =
        "char(57344 + (NEW.TenantId / 36000000) % 6000, 57344 + (NEW.TenantId / 6000) % 6000, 57344 + NEW.TenantId % 6000)";

    public static string MatchFor(long tenantId, IReadOnlyList<string> needles)
    {
        var any = string.Join(" OR ", needles.Select(Quote));
        return $"{Quote(TenantMark(tenantId))} AND ({any})";
    }

    private static string TenantMark(long tenantId) => new(
    [
        (char)(FirstPrivateUse + (tenantId / (Radix * Radix) % Radix)),
        (char)(FirstPrivateUse + (tenantId / Radix % Radix)),
        (char)(FirstPrivateUse + (tenantId % Radix)),
    ]);

    private static string Quote(string phrase) => $"\"{phrase.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
