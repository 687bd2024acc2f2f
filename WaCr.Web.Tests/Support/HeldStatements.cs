using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace WaCr.Web.Tests.Support;

/// <summary>Reads that are slow, or fail, where the test says so.</summary>
internal sealed class HeldStatements : DbCommandInterceptor
{
    private readonly List<Held> _held = [];

    /// <summary>The next statement with these words waits until it is released.</summary>
    public Held HoldNext(params string[] words)
    {
        var held = new Held(words);
        lock (_held)
        {
            _held.Add(held);
        }

        return held;
    }

    /// <summary>The next statement with these words fails.</summary>
    public void FailNext(params string[] words) => HoldNext(words).Fail();

    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default)
    {
        await WaitAsync(command.CommandText);
        return result;
    }

    private Task WaitAsync(string statement)
    {
        lock (_held)
        {
            var held = _held.Find(held => held.Fits(statement));
            if (held is null)
            {
                return Task.CompletedTask;
            }

            _held.Remove(held);
            return held.WaitAsync();
        }
    }
}
