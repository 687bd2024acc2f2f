using System.CommandLine;
using WaCr.Web.Data;
using WaCr.Web.Data.Sqlite;

namespace WaCr.Web.CommandLine;

internal static class DatabaseCommands
{
    public static Command Migrate(OperatorHost host)
    {
        var command = new Command("migrate", "Bring the database to this build's schema; of a SQLite file a copy is kept first");
        command.SetAction(_ => host.MigrateAsync());
        return command;
    }

    public static Command Backup(OperatorHost host)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "Where to write the copy; must not exist yet" };
        var command = new Command("backup", "Write a consistent copy of the SQLite database, while it is in use") { file };
        command.SetAction((parsed, cancellationToken) => host.RunUnmigratedAsync(async database =>
        {
            if (database.Provider != DatabaseProvider.Sqlite)
            {
                return new OperatorError("A PostgreSQL database is backed up with pg_dump, see docs/operating.md.");
            }

            if (!File.Exists(SqliteFile.PathOf(database.ConnectionString)))
            {
                return new OperatorError($"There is no database {SqliteFile.PathOf(database.ConnectionString)}.");
            }

            var target = parsed.GetRequiredValue(file).FullName;
            try
            {
                await SqliteFile.BackupAsync(database.ConnectionString, target, cancellationToken);
            }
            catch (IOException refused)
            {
                return new OperatorError(refused.Message);
            }

            await host.Console.Output.WriteLineAsync(target);
            return default(Done);
        }));
        return command;
    }
}
