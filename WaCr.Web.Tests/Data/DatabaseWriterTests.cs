using System.Globalization;

namespace WaCr.Web.Tests.Data;

public sealed class DatabaseWriterTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory, OnEachEngine]
    public async Task WritesThatWaitTogether_EachKeepTheirOwnError(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();

        var writes = Enumerable.Range(0, 60).Select(n => Task.Run(() => tenant.GetFresh<IDatabaseWriter>().WriteAsync<int>(
            async db =>
            {
                await AddGroupAsync(db, $"Group {n}");
                return (n % 3) switch
                {
                    0 => n,
                    1 => new NotFoundError("no", "no"),
                    _ => throw new InvalidDataException("bug"),
                };
            },
            None))).ToList();
        await Task.WhenAll(writes.Select(write => write.ContinueWith(_ => { }, TaskScheduler.Default)));

        for (var n = 0; n < writes.Count; n++)
        {
            switch (n % 3)
            {
                case 0: (await writes[n]).Value.ShouldBe(n); break;
                case 1: (await writes[n]).Error.ShouldBe(new NotFoundError("no", "no")); break;
                default: await Should.ThrowAsync<InvalidDataException>(writes[n]); break;
            }
        }

        await using var read = tenant.OpenDatabase();
        (await read.Groups.Select(group => group.Name).ToListAsync())
            .ShouldBe(Enumerable.Range(0, 20).Select(n => $"Group {n * 3}"), ignoreOrder: true);
    }

    /// <summary>On SQLite the first of those that wait together has no savepoint.</summary>
    [Theory, OnEachEngine]
    public async Task AFirstWriteThatFails_LeavesNothing_AndThoseBehindItAreKept(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        foreach (var isBug in new[] { true, false })
        {
            var (begun, others) = (new TaskCompletionSource(), new TaskCompletionSource());
            var first = tenant.GetFresh<IDatabaseWriter>().WriteAsync<int>(
                async db =>
                {
                    await AddGroupAsync(db, "Lost");
                    begun.SetResult();
                    await others.Task;
                    return isBug ? throw new InvalidDataException("bug") : new NotFoundError("no", "no");
                },
                None);
            await begun.Task;
            var behind = Enumerable.Range(0, 5).Select(n => tenant.GetFresh<IDatabaseWriter>().WriteAsync<int>(
                async db =>
                {
                    await AddGroupAsync(db, $"Kept {isBug} {n}");
                    return n;
                },
                None)).ToList();
            others.SetResult();

            await first.ContinueWith(_ => { }, TaskScheduler.Default);
            (await Task.WhenAll(behind)).Select(write => write.OrThrow()).ShouldBe([0, 1, 2, 3, 4]);
            (first.IsFaulted, isBug || (await first).Error is NotFoundError).ShouldBe((isBug, true));
        }

        await using var read = tenant.OpenDatabase();
        (await read.Groups.CountAsync()).ShouldBe(10);
        (await read.Groups.AnyAsync(group => group.Name == "Lost")).ShouldBeFalse();
    }

    /// <summary>Otherwise the first write builds the model again, and a query of both sides is compiled twice.</summary>
    [Theory, OnEachEngine]
    public async Task Writer_UsesTheModelOfTheReaders(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        await using var read = tenant.OpenDatabase();
        var model = read.Model;

        var isTheSame = await tenant.Get<IDatabaseWriter>()
            .WriteAsync<bool>(db => Task.FromResult<Result<bool>>(ReferenceEquals(db.Model, model)), None).OrThrowAsync();

        isTheSame.ShouldBeTrue();
    }

    [Theory, OnPostgres]
    public async Task AWriteThatCollidesEachTime_GivesUp_AndSaysSo(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var attempts = 0;

        await Should.ThrowAsync<WriteContentionException>(tenant.Get<IDatabaseWriter>().WriteAsync<int>(
            _ =>
            {
                attempts++;
                throw new DbUpdateConcurrencyException("It was changed by somebody else.");
            },
            None));

        attempts.ShouldBe(12);
    }

    [Theory, OnPostgres]
    public async Task WritesThatCollideAgainAndAgain_TakeTurns(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        var group = await tenant.CreateGroupAsync("0");

        // Read, think, write: each overtakes the others, so that attempts alone would run out.
        await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(() => tenant.GetFresh<IDatabaseWriter>().WriteAsync<int>(
            async db =>
            {
                var name = await db.Groups.Where(row => row.Id == group).Select(row => row.Name).SingleAsync();
                await Task.Yield();
                var next = (int.Parse(name, CultureInfo.InvariantCulture) + 1).ToString(CultureInfo.InvariantCulture);
                return await db.Groups.Where(row => row.Id == group && row.Name == name)
                    .ExecuteUpdateAsync(set => set.SetProperty(row => row.Name, next)) == 1
                    ? 1
                    : throw new DbUpdateConcurrencyException("It was changed by somebody else.");
            },
            None))));

        await using var read = tenant.OpenDatabase();
        (await read.Groups.SingleAsync(row => row.Id == group)).Name.ShouldBe("32");
    }

    [Theory, OnEachEngine]
    public async Task AWriteThatBreaksAConstraint_LeavesItsNeighboursWhole(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();

        var good = Enumerable.Range(0, 10).Select(n => Task.Run(() => WriteAsync($"Good {n}"))).ToList();
        var bad = Task.Run(() => tenant.GetFresh<IDatabaseWriter>().WriteAsync<int>(
            async db =>
                await db.Contacts.IgnoreQueryFilters([AppDbContext.TenantFilter])
                    .ExecuteUpdateAsync(set => set.SetProperty(c => c.StatusId, -1L)) + await AddMemberAsync(db),
            None));
        await Task.WhenAll(good);

        await Should.ThrowAsync<Exception>(bad);
        await using var read = tenant.OpenDatabase();
        (await read.Groups.CountAsync()).ShouldBe(10);

        Task<Result<int>> WriteAsync(string name) => tenant.GetFresh<IDatabaseWriter>().WriteAsync<int>(
            async db =>
            {
                await AddGroupAsync(db, name);
                return 1;
            },
            None);

        static async Task<int> AddMemberAsync(AppDbContext db)
        {
            db.GroupMembers.Add(new GroupMember { GroupId = 99_999, ContactId = 99_999 });
            return await db.SaveChangesAsync();
        }
    }

    [Theory, OnEachEngine]
    public async Task AWriteWhoseCallerGaveUp_IsNotMade(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();
        using var gaveUp = new CancellationTokenSource();
        await gaveUp.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => tenant.Get<IDatabaseWriter>().WriteAsync<int>(
            async db =>
            {
                await AddGroupAsync(db, "Late");
                return 1;
            },
            gaveUp.Token));

        await using var read = tenant.OpenDatabase();
        (await read.Groups.CountAsync()).ShouldBe(0);
    }

    [Theory, OnEachEngine]
    public async Task NobodyIsAnswered_BeforeOthersCanReadTheChange(DatabaseProvider engine)
    {
        await using var world = await TestWorld.CreateAsync(engine);
        var tenant = await world.CreateTenantAsync();

        await Task.WhenAll(Enumerable.Range(0, 40).Select(n => Task.Run(async () =>
        {
            var id = await tenant.GetFresh<IDatabaseWriter>().WriteAsync<long>(db => AddGroupAsync(db, $"G{n}"), None).OrThrowAsync();
            await using var read = tenant.GetFresh<IDbContextFactory<AppDbContext>>().CreateDbContext();
            (await read.Groups.AnyAsync(group => group.Id == id)).ShouldBeTrue();
        })));
    }

    [Fact]
    public async Task OnSqlite_EveryConnectionIsDurableAndKeepsForeignKeys()
    {
        await using var world = await TestWorld.CreateAsync(DatabaseProvider.Sqlite);
        var tenant = await world.CreateTenantAsync();
        await using var db = tenant.OpenDatabase();

        (await PragmaAsync("journal_mode")).ShouldBe("wal");
        (await PragmaAsync("synchronous")).ShouldBe("2");
        (await PragmaAsync("foreign_keys")).ShouldBe("1");
        (await PragmaAsync("busy_timeout")).ShouldBe("30000");
        var writer = await tenant.Get<IDatabaseWriter>().WriteAsync<string>(
            async context => string.Join(',', await context.Database
                .SqlQueryRaw<string>(
                    "SELECT (SELECT synchronous FROM pragma_synchronous) || ' ' || (SELECT foreign_keys FROM pragma_foreign_keys) AS Value")
                .ToListAsync()),
            None).OrThrowAsync();
        writer.ShouldBe("2 1");

        async Task<string> PragmaAsync(string name)
        {
            var connection = db.Database.GetDbConnection();
            await db.Database.OpenConnectionAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = $"PRAGMA {name}";
            return Convert.ToString(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture)!;
        }
    }

    [Fact]
    public void BothEngines_AreTestedWhereItCounts() =>
        (PostgresDatabases.Server is null && Environment.GetEnvironmentVariable("CI") is not null)
            .ShouldBeFalse("CI must offer a PostgreSQL server in WACR_TEST_POSTGRES");

    private static async Task<Result<long>> AddGroupAsync(AppDbContext db, string name)
    {
        var group = new Group();
        group.Rename(name);
        db.Groups.Add(group);
        await db.SaveChangesAsync();
        return group.Id;
    }
}
