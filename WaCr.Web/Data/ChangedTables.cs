using System.Collections.Concurrent;
using System.Data.Common;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace WaCr.Web.Data;

/// <summary>Finds out for the <see cref="ChangeFeed"/> what statements that bypass the change tracker change.</summary>
internal sealed partial class ChangedTables : DbCommandInterceptor
{
    private static readonly ConcurrentDictionary<string, ChangeKind?> Known = new(StringComparer.Ordinal);

    public override InterceptionResult<int> NonQueryExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<int> result)
    {
        Add(command, eventData);
        return result;
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Add(command, eventData);
        return ValueTask.FromResult(result);
    }

    public override InterceptionResult<DbDataReader> ReaderExecuting(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
    {
        Add(command, eventData);
        return result;
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken =
            default)
    {
        Add(command, eventData);
        return ValueTask.FromResult(result);
    }

    /// <summary>Null if nobody subscribes to it.</summary>
    internal static ChangeKind? KindOf(string sql)
    {
        foreach (Match statement in Statement().Matches(sql))
        {
            var kind = statement.Groups["table"].Value switch
            {
                nameof(AppDbContext.Contacts) => ChangeKind.Contacts,
                nameof(AppDbContext.GroupMembers) => ChangeKind.Contacts,
                nameof(AppDbContext.Groups) => ChangeKind.Contacts,
                nameof(AppDbContext.Statuses) => ChangeKind.Contacts,
                nameof(AppDbContext.Sources) => ChangeKind.Contacts,
                nameof(AppDbContext.ChannelNotices) => ChangeKind.Channels,
                nameof(AppDbContext.BulkJobs) when Sets(sql, CommittedChanges.BulkJobColumns) => ChangeKind.BulkJobs,
                nameof(AppDbContext.Campaigns) when Sets(sql, CommittedChanges.CampaignColumns) => ChangeKind.Campaigns,
                nameof(AppDbContext.Channels) when Sets(sql, CommittedChanges.ChannelColumns) => ChangeKind.Channels,

                nameof(AppDbContext.Templates) when Sets(sql, CommittedChanges.TemplateColumns)
                    || sql.Contains("DELETE", StringComparison.Ordinal) => ChangeKind.Templates,

                // The other columns change with every delivery.
                nameof(AppDbContext.Webhooks) when Sets(sql, [nameof(Webhook.Status)])
                    || sql.Contains("DELETE", StringComparison.Ordinal) => ChangeKind.Webhooks,
                _ => (ChangeKind?)null,
            };
            if (kind is not null)
            {
                return kind;
            }
        }

        return null;
    }

    private static bool Sets(string sql, IEnumerable<string> columns) =>
        columns.Any(column => sql.Contains($"\"{column}\" = ", StringComparison.Ordinal));

    private static void Add(DbCommand command, CommandEventData eventData)
    {
        if (eventData.CommandSource is CommandSource.LinqQuery or CommandSource.SaveChanges || eventData.Context is not AppDbContext db)
        {
            return;
        }

        if (Known.GetOrAdd(command.CommandText, KindOf) is { } kind)
        {
            db.NoteChange(kind);
        }
    }

    [GeneratedRegex("^\\s*(?:UPDATE|DELETE FROM|INSERT INTO) \"(?<table>\\w+)\"", RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        1000)]
    private static partial Regex Statement();
}
