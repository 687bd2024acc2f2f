using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data.Sqlite;

namespace WaCr.Web.Data;

/// <summary>
/// A compiled query, for the few that every request runs; it saves a third of their time. EF ties a compiled query to one model, and so to
/// one engine.
/// </summary>
internal sealed class CompiledQuery<TArgument, TResult>(Expression<Func<AppDbContext, TArgument, IQueryable<TResult>>> query)
{
    private readonly Lazy<Func<AppDbContext, TArgument, IAsyncEnumerable<TResult>>> _onSqlite = new(() => EF.CompileAsyncQuery(query));
    private readonly Lazy<Func<AppDbContext, TArgument, IAsyncEnumerable<TResult>>> _onPostgres = new(() => EF.CompileAsyncQuery(query));

    public async Task<TResult?> SingleOrDefaultAsync(AppDbContext db, TArgument argument, CancellationToken cancellationToken) =>
        (await ToListAsync(db, argument, cancellationToken)).SingleOrDefault();

    public Task<List<TResult>> ToListAsync(AppDbContext db, TArgument argument, CancellationToken cancellationToken) =>
        (db is SqliteAppDbContext ? _onSqlite : _onPostgres).Value(db, argument).ReadAllAsync(cancellationToken);
}

/// <summary>The same for a page of a list.</summary>
internal sealed class CompiledPage<TResult>(Expression<Func<AppDbContext, int, int, IQueryable<TResult>>> query)
{
    private readonly Lazy<Func<AppDbContext, int, int, IAsyncEnumerable<TResult>>> _onSqlite = new(() => EF.CompileAsyncQuery(query));
    private readonly Lazy<Func<AppDbContext, int, int, IAsyncEnumerable<TResult>>> _onPostgres = new(() => EF.CompileAsyncQuery(query));

    public Task<List<TResult>> ToListAsync(AppDbContext db, int skip, int take, CancellationToken cancellationToken) =>
        (db is SqliteAppDbContext ? _onSqlite : _onPostgres).Value(db, skip, take).ReadAllAsync(cancellationToken);
}

file static class Rows
{
    public static async Task<List<TResult>> ReadAllAsync<TResult>(this IAsyncEnumerable<TResult> rows, CancellationToken cancellationToken)
    {
        var list = new List<TResult>();
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            list.Add(row);
        }

        return list;
    }
}
