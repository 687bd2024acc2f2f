using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data.Sqlite;

namespace WaCr.Web.Data;

/// <summary>
/// A query whose translation is kept, for the handful that every request runs; it saves a third of their time. EF ties
/// a compiled query to one model, and so to one engine.
/// </summary>
internal sealed class CompiledQuery<TArgument, TResult>(Expression<Func<AppDbContext, TArgument, IQueryable<TResult>>> query)
{
    private readonly Lazy<Func<AppDbContext, TArgument, IAsyncEnumerable<TResult>>> _onSqlite = new(() => EF.CompileAsyncQuery(query));
    private readonly Lazy<Func<AppDbContext, TArgument, IAsyncEnumerable<TResult>>> _onPostgres = new(() => EF.CompileAsyncQuery(query));

    public async Task<TResult?> SingleOrDefaultAsync(AppDbContext db, TArgument argument, CancellationToken cancellationToken)
    {
        var rows = await ToListAsync(db, argument, cancellationToken);
        return rows.SingleOrDefault();
    }

    public async Task<List<TResult>> ToListAsync(AppDbContext db, TArgument argument, CancellationToken cancellationToken)
    {
        var run = db is SqliteAppDbContext ? _onSqlite.Value : _onPostgres.Value;
        var rows = new List<TResult>();
        await foreach (var row in run(db, argument).WithCancellation(cancellationToken))
        {
            rows.Add(row);
        }

        return rows;
    }
}
