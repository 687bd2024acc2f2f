using System.Collections.Concurrent;
using System.Data.Common;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace WaCr.Web.Tests.Support;

/// <summary>
/// Each statement that EF sends names the tenant of every tenant-owned table that it touches, so that an engine can send it to the one
/// machine that has the tenant. A statement that does not is refused, unless it is known why.
/// </summary>
internal sealed partial class TenantInStatements : DbCommandInterceptor
{
    // Before a tenant is known, and the operator's look at all of them: by table and the column that is looked for.
    private static readonly (string Table, string Fragment, string Why)[] Known =
    [
        ("ApiTokens", "\"Hash\"", "a token tells its tenant"),
        ("Memberships", "\"UserId\"", "a user's workspaces, at sign-in and to choose one"),
        ("Invitations", "\"Hash\"", "an invitation's link tells its workspace"),
        ("Channels", "\"PhoneNumberId\"", "WhatsApp's number tells whose event it is"),
        ("Channels", "\"VerifyToken\"", "WhatsApp's handshake tells whose number it is"),
    ];

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, string?> _judged = new(StringComparer.Ordinal);

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default)
    {
        Check(command, eventData);
        return ValueTask.FromResult(result);
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Check(command, eventData);
        return ValueTask.FromResult(result);
    }

    private void Check(DbCommand command, CommandEventData eventData)
    {
        if (eventData.CommandSource is CommandSource.Migrations || eventData.Context is not { } context)
        {
            return;
        }

        if (_judged.GetOrAdd(command.CommandText, sql => Fault(sql, TablesOf(context))) is { } table)
        {
            throw new InvalidOperationException($"No tenant for {table}: {command.CommandText}");
        }
    }

    /// <summary>The first tenant-owned table that is read or written whatever the tenant; null if there is none.</summary>
    internal static string? Fault(string sql, IReadOnlySet<string> tables) =>
        Statement().Split(sql).Select(one => FaultOfOne(one, tables)).FirstOrDefault(fault => fault is not null);

    private static string? FaultOfOne(string sql, IReadOnlySet<string> tables)
    {
        // Background work looks at all tenants, at each through its own index; and what EF knows to be empty reads nothing.
        if (EachTenant().IsMatch(sql) || Nothing().IsMatch(sql))
        {
            return null;
        }

        foreach (Match use in Use().Matches(sql))
        {
            var table = use.Groups["table"].Value;
            var alias = use.Groups["alias"] is { Success: true } given ? given.Value + "." : "";
            var names = use.Groups["word"].Value == "INSERT INTO"
                ? sql[use.Index..].Split(')')[0].Contains("\"TenantId\"", StringComparison.Ordinal)
                : Regex.IsMatch(
                    sql, $"{Regex.Escape(alias)}\"TenantId\" (=|IN)|= {Regex.Escape(alias)}\"TenantId\"", RegexOptions.None, Patience);
            if (tables.Contains(table) && !names
                && !Array.Exists(Known, known => known.Table == table && sql.Contains(known.Fragment, StringComparison.Ordinal)))
            {
                return table;
            }
        }

        return null;
    }

    private static HashSet<string> TablesOf(DbContext context) =>
    [
        .. context.Model.GetEntityTypes().Where(type => typeof(ITenantOwned).IsAssignableFrom(type.ClrType))
            .Select(type => type.GetTableName()).OfType<string>(),
    ];

    [GeneratedRegex("FROM \"Tenants\" AS \"?t\"?\\s.*(?:\"?t\"?\\.\"Id\" = \\S+\"TenantId\"|\"TenantId\" = \"?t\"?\\.\"Id\")", RegexOptions.Singleline, 1000)]
    private static partial Regex EachTenant();

    [GeneratedRegex("WHERE (?:0|FALSE)\\b", RegexOptions.None, 1000)]
    private static partial Regex Nothing();

    [GeneratedRegex(";\\s*\\n", RegexOptions.None, 1000)]
    private static partial Regex Statement();

    [GeneratedRegex(
        "(?<word>FROM|JOIN|UPDATE|INSERT INTO) \"(?<table>\\w+)\"(?: AS (?<alias>\"?\\w+\"?))?", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Use();
}
