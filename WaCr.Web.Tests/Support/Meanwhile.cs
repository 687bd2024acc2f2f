using System.Data.Common;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace WaCr.Web.Tests.Support;

/// <summary>
/// Does something beside the first statement of this form that changes rows, as another process would, until it is done or has to wait.
/// PostgreSQL alone lets it run.
/// </summary>
/// <param name="isBefore">Whether it happens before the statement and not after it.</param>
internal sealed class Meanwhile(string statement, bool isBefore = false) : DbCommandInterceptor
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private Func<Task>? _do;
    private Task? _done;

    public Func<Task> Do
    {
        set => _do = value;
    }

    public Task EndAsync() => _done.ShouldNotBeNull("There was no such statement.");

    public override async ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        await (isBefore ? ActAsync(command) : Task.CompletedTask);
        return result;
    }

    public override async ValueTask<int> NonQueryExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        await (isBefore ? Task.CompletedTask : ActAsync(command));
        return result;
    }

    /// <summary>A save runs its statements as one read.</summary>
    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default)
    {
        await (isBefore ? ActAsync(command) : Task.CompletedTask);
        return result;
    }

    private async Task ActAsync(DbCommand command)
    {
        if (Regex.IsMatch(command.CommandText, statement) && Interlocked.Exchange(ref _do, null) is { } act)
        {
            _done = act();
            await Eventually.HoldsAsync(async () => _done.IsCompleted || await HasToWaitAsync(command), Patience);
        }
    }

    private static async Task<bool> HasToWaitAsync(DbCommand command)
    {
        await using var ask = command.Connection!.CreateCommand();
        ask.Transaction = command.Transaction;
        ask.CommandText = "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid)))";
        return (bool)(await ask.ExecuteScalarAsync())!;
    }
}
