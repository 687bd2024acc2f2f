using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Npgsql;
using WaCr.Web.Data.Sqlite;
using WaCr.Web.Features.Messaging.Inbound;
using WaCr.Web.Security;

namespace WaCr.Web.Tests.Faults;

/// <summary>A part of the database that holds something else than was written, found once a server is up and needs it.</summary>
public sealed class DamagedDatabaseTests
{
    private const int Damage = 1015;
    private const string Mark = "a description that fills its row";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Theory, OnEachEngine]
    public async Task WhatIsDamaged_Answers503_IsToldOnceWithoutAStack_AndTheServerIsNotReady(DatabaseProvider engine)
    {
        var log = new LogCollector();
        var app = new TestApp { Engine = engine, More = services => services.AddSingleton<ILoggerProvider>(log) };
        await app.InitializeAsync();
        try
        {
            var (tenant, client) = await app.NewTenantAsync();
            using var staff = await StaffSession.SignInAsync(app, tenant, Role.Owner);
            for (var n = 0; n < 40; n++)
            {
                await tenant.CreateContactAsync();
            }

            await (engine == DatabaseProvider.Sqlite ? DamageFileAsync(tenant) : DamageTableAsync(tenant));
            (await client.PostAsync("/groups", new { name = "After" })).ShouldBe(HttpStatusCode.Created); // the readers' pages are old now
            for (var n = 0; n < 3; n++)
            {
                (await client.GetAsync("/contacts?per_page=100")).ShouldFail(HttpStatusCode.ServiceUnavailable, "SERVICE_UNAVAILABLE");
                (await client.GetAsync("/contacts?search=asha")).ShouldFail(
                    HttpStatusCode.ServiceUnavailable, "SERVICE_UNAVAILABLE");
                using var page = await staff.GetAsync("/contacts");
                page.StatusCode.ShouldBe(HttpStatusCode.OK); // and says that the list cannot be read
                (await client.GetAsync("/groups")).ShouldBe(HttpStatusCode.OK);
            }

            using var anybody = new HttpClient { BaseAddress = app.Address };
            await Eventually.HoldsAsync(
                async () => (await anybody.GetAsync(new Uri("health/ready", UriKind.Relative))).StatusCode
                    == HttpStatusCode.ServiceUnavailable,
                Patience, TimeSpan.FromMilliseconds(100));
            log.Entries.Count(entry => entry.Event.Id == Damage).ShouldBe(1);
            log.Warnings.Where(entry => entry.Exception is not null).Select(entry => $"{entry.Category}: {entry.Exception}").ShouldBeEmpty();
        }
        finally
        {
            await app.DisposeAsync();
        }
    }

    [Fact]
    public async Task AWriteThatMeetsDamage_FailsAlone()
    {
        await using var world = await TestWorld.CreateAsync(DatabaseProvider.Sqlite);
        var tenant = await world.CreateTenantAsync();
        Task<Result<int>> first, damaged, last;
        using (await world.Services.GetRequiredService<SqliteWriteGate>().TakeAsync(CancellationToken.None))
        {
            first = WriteAsync(_ => Task.CompletedTask);
            damaged = WriteAsync(async _ =>
            {
                await Task.Yield();
                throw new SqliteException("database disk image is malformed", SQLitePCL.raw.SQLITE_CORRUPT);
            });
            last = WriteAsync(_ => Task.CompletedTask);
        }

        (await first).Succeeded.ShouldBeTrue();
        Outage.IsDamage(await damaged.ShouldThrowAsync<StorageUnavailableException>()).ShouldBeTrue();
        (await last).Succeeded.ShouldBeTrue();
        await using var read = tenant.OpenDatabase();
        (await read.Groups.CountAsync()).ShouldBe(2);
        world.Services.GetRequiredService<OutageLog>().IsDamaged.ShouldBeTrue();

        Task<Result<int>> WriteAsync(Func<AppDbContext, Task> more) => tenant.GetFresh<IDatabaseWriter>().WriteAsync<int>(
            async db =>
            {
                var group = new Group();
                group.Rename(Guid.NewGuid().ToString("N"));
                db.Groups.Add(group);
                await db.SaveChangesAsync();
                await more(db);
                return 1;
            },
            CancellationToken.None);
    }

    [Theory, OnPostgres]
    public async Task AnEventThatMeetsDamage_IsKeptWithTheReason_AndHoldsUpNoOther(DatabaseProvider engine)
    {
        await using var world = await MessagingWorld.CreateAsync(engine);
        await using (var db = world.Tenant.OpenDatabase())
        {
            await db.Database.ExecuteSqlRawAsync(
                """
                CREATE FUNCTION damaged() RETURNS trigger LANGUAGE plpgsql AS
                    $$ BEGIN RAISE EXCEPTION 'invalid page in block 7' USING ERRCODE = 'data_corrupted'; END $$;
                CREATE TRIGGER damaged BEFORE INSERT ON "Contacts" FOR EACH ROW
                    WHEN (NEW."PhoneKey" = '447700900123') EXECUTE FUNCTION damaged();
                """);
        }

        await world.TakeInAsync(
            MetaWebhook.Text("wamid.1", "447700900123", "Hi", world.Now), MetaWebhook.Text("wamid.2", "447700900456", "Hi", world.Now));
        for (var attempt = 1; attempt < WebhookProcessor.MaxAttempts; attempt++)
        {
            world.Time.Advance(TimeSpan.FromMinutes(6));
            await world.ProcessAsync();
        }

        var events = await world.EventsAsync();
        events.Select(one => one.State).ShouldBe([WebhookEventState.Dead, WebhookEventState.Done]);
        events[0].Error.ShouldNotBeNull().ShouldStartWith("It could not be processed");
    }

    // All pages of the contacts, once they have left the log. Written directly, the descriptions are in no other table.
    private static async Task DamageFileAsync(TestTenant tenant)
    {
        await using var db = tenant.OpenDatabase();
        var description = string.Concat(Enumerable.Repeat(Mark, 60));
        await db.Contacts.ExecuteUpdateAsync(set => set.SetProperty(contact => contact.Description, description));
        var file = new SqliteConnectionStringBuilder(db.Database.GetConnectionString()).DataSource;
        await using (var connection = new SqliteConnection($"Data Source={file};Pooling=False"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
            await command.ExecuteNonQueryAsync();
        }

        SqliteDamage.Overwrite(file, Mark).ShouldBeGreaterThan(5);
    }

    private static async Task DamageTableAsync(TestTenant tenant)
    {
        await using var db = tenant.OpenDatabase();
        await using var connection = new NpgsqlConnection(db.Database.GetConnectionString());
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            """
            CREATE FUNCTION damaged() RETURNS boolean LANGUAGE plpgsql AS
                $$ BEGIN RAISE EXCEPTION 'invalid page in block 7' USING ERRCODE = 'data_corrupted'; END $$;
            ALTER TABLE "Contacts" RENAME TO "ContactsBefore";
            CREATE VIEW "Contacts" AS SELECT * FROM "ContactsBefore" WHERE damaged();
            """, connection);
        await command.ExecuteNonQueryAsync();
    }
}
