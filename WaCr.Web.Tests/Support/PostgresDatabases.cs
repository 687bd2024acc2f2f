using System.Collections.Concurrent;
using Npgsql;

namespace WaCr.Web.Tests.Support;

/// <summary>
/// Migrated databases on the tests' PostgreSQL server. A used one is brought back to what the migration left and used again, since making
/// and dropping one takes longer than most tests.
/// </summary>
internal static class PostgresDatabases
{
    // A database is dropped if a test changed more than rows, left work going on, or wrote more rows than are quick to delete. Idle
    // connections stay: they are the pool's, which lives as long as the process.
    private const string Bookkeeping = """
        CREATE SCHEMA kept;
        CREATE SCHEMA reuse;
        DO $$ DECLARE t record; has_rows boolean; BEGIN
          FOR t IN SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace LOOP
            EXECUTE format('SELECT EXISTS (SELECT FROM public.%I)', t.relname) INTO has_rows;
            IF has_rows THEN EXECUTE format('CREATE TABLE kept.%I AS TABLE public.%I', t.relname, t.relname); END IF;
          END LOOP;
        END $$;
        CREATE TABLE reuse.sequences AS SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public';
        CREATE FUNCTION reuse.shape_now() RETURNS text LANGUAGE sql AS $$
          SELECT md5(string_agg(part, ',' ORDER BY part)) FROM (
            SELECT oid || relname || relnatts || coalesce(array_to_string(reloptions, ','), '') AS part
            FROM pg_class WHERE relnamespace = 'public'::regnamespace
            UNION ALL SELECT oid::text FROM pg_trigger
            UNION ALL SELECT oid || conname FROM pg_constraint
            UNION ALL SELECT oid::text FROM pg_proc WHERE pronamespace = 'public'::regnamespace) AS parts
        $$;
        CREATE TABLE reuse.shape AS SELECT reuse.shape_now() AS value;
        CREATE FUNCTION reuse.bring_back() RETURNS boolean LANGUAGE plpgsql AS $$
        DECLARE t record; deleted bigint; all_deleted bigint := 0; BEGIN
          IF reuse.shape_now() <> (SELECT value FROM reuse.shape)
            OR EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
              AND backend_type = 'client backend' AND state <> 'idle') THEN
            RETURN false;
          END IF;
          SET LOCAL session_replication_role = replica; -- all tables are emptied, so no reference is left to check
          FOR t IN SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace LOOP
            EXECUTE format('DELETE FROM public.%I', t.relname);
            GET DIAGNOSTICS deleted = ROW_COUNT;
            all_deleted := all_deleted + deleted;
          END LOOP;
          FOR t IN SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'kept'::regnamespace LOOP
            EXECUTE format('INSERT INTO public.%I SELECT * FROM kept.%I', t.relname, t.relname);
          END LOOP;
          FOR t IN SELECT now.sequencename, now.start_value, now.last_value, before.last_value AS first_value
            FROM pg_sequences AS now JOIN reuse.sequences AS before USING (sequencename) WHERE now.schemaname = 'public' LOOP
            IF t.last_value IS DISTINCT FROM t.first_value THEN
              PERFORM setval(format('public.%I', t.sequencename), coalesce(t.first_value, t.start_value), t.first_value IS NOT NULL);
            END IF;
          END LOOP;
          RETURN all_deleted < 5000;
        END $$;
        """;

    private static readonly ConcurrentBag<string> Idle = [];
    private static readonly ConcurrentBag<string> Made = [];
    private static readonly SemaphoreSlim OneCopyAtATime = new(1, 1);
    private static readonly Lazy<Task<string>> Template = new(MakeTemplateAsync);

    static PostgresDatabases() => AppDomain.CurrentDomain.ProcessExit += (_, _) => DropAll();

    /// <summary>
    /// A server for tests, from the environment; null where there is none. Its user is a superuser: a used database is emptied past its
    /// foreign keys, and others' connections to it are ended.
    /// </summary>
    public static string? Server => Environment.GetEnvironmentVariable("WACR_TEST_POSTGRES");

    /// <summary>The name of a migrated database without a tenant; give it back.</summary>
    public static async Task<string> TakeAsync()
    {
        if (Idle.TryTake(out var idle))
        {
            return idle;
        }

        var (name, template) = (NewName(), await Template.Value);
        await OneCopyAtATime.WaitAsync(); // PostgreSQL refuses to copy a template twice at once
        try
        {
            // The other strategy writes every page to the log as well: twice the time.
            await ExecuteOnServerAsync($"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY");
        }
        finally
        {
            OneCopyAtATime.Release();
        }

        Made.Add(name);
        return name;
    }

    public static async Task GiveBackAsync(string name)
    {
        var isAsNew = false;
        try
        {
            isAsNew = await BringBackAsync(name);
        }
        catch (NpgsqlException)
        {
            // A test left it so that it can't be emptied (locked, read-only, without its tables): it is dropped.
        }

        if (isAsNew)
        {
            Idle.Add(name);
        }
        else
        {
            await DropAsync(name);
        }
    }

    public static Task DropAsync(string name) => ExecuteOnServerAsync($"DROP DATABASE IF EXISTS {name} WITH (FORCE)");

    public static string NewName() => $"wacr_{Guid.NewGuid():N}";

    public static string On(string database) =>
        new NpgsqlConnectionStringBuilder(Server) { Database = database, MaxPoolSize = 20 }.ToString();

    public static async Task ExecuteOnServerAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Server + ";Pooling=False");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<bool> BringBackAsync(string name)
    {
        await using var connection = new NpgsqlConnection(On(name) + ";Pooling=False");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT reuse.bring_back()", connection);
        return (bool)(await command.ExecuteScalarAsync())!;
    }

    private static async Task<string> MakeTemplateAsync()
    {
        var name = $"wacr_template_{Environment.ProcessId}";
        Made.Add(name);
        await DropAsync(name);
        await ExecuteOnServerAsync($"CREATE DATABASE {name}");
        await TestDatabase.MigrateAsync(DatabaseProvider.PostgreSQL, On(name) + ";Pooling=False");
        await using var connection = new NpgsqlConnection(On(name) + ";Pooling=False");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(Bookkeeping, connection);
        await command.ExecuteNonQueryAsync();
        return name;
    }

    private static void DropAll()
    {
        try
        {
            foreach (var name in Made)
            {
                DropAsync(name).GetAwaiter().GetResult();
            }
        }
        catch (NpgsqlException gone)
        {
            Console.Error.WriteLine($"Test databases stay on the server: {gone.Message}"); // it may have ended before
        }
    }
}
