using WaCr.Web.Data.Sqlite;

namespace WaCr.Web.Tests.Api;

public sealed class ContentionAnswerTests : IAsyncLifetime
{
    private static volatile bool _collides;

    private readonly TestApp _app = new()
    {
        More = services =>
        {
            services.AddScoped<SqliteCommitGroup.Writer>();
            services.AddScoped<IDatabaseWriter, CollidingWriter>();
        },
    };

    public Task InitializeAsync() => _app.InitializeAsync();

    public async Task DisposeAsync()
    {
        _collides = false;
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task WriteThatOthersKeepFromHappening_Answers503_AndWhenToTryAgain()
    {
        var (_, client) = await _app.NewTenantAsync();
        _collides = true;

        var reply = (await client.PostAsync("/groups", new { name = "A" }))
            .ShouldFail(HttpStatusCode.ServiceUnavailable, "SERVICE_UNAVAILABLE");

        reply.Headers["Retry-After"].ShouldBe("2");
        _collides = false;
        (await client.PostAsync("/groups", new { name = "A" })).ShouldBe(HttpStatusCode.Created);
    }

    private sealed class CollidingWriter(SqliteCommitGroup.Writer inner) : IDatabaseWriter
    {
        public int Commits => inner.Commits;

        public Task<Result<T>> WriteAsync<T>(Func<AppDbContext, Task<Result<T>>> work, CancellationToken cancellationToken) =>
            _collides ? throw new WriteContentionException(new DbUpdateConcurrencyException()) : inner.WriteAsync(work, cancellationToken);
    }
}
