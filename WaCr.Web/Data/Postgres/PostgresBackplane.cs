using Npgsql;

namespace WaCr.Web.Data.Postgres;

/// <summary>LISTEN and NOTIFY. It listens on its own connection; if that breaks, the caller must call again.</summary>
internal sealed class PostgresBackplane(string connectionString) : IBackplane
{
    private const string Topic = "wacr_news";
    private const int KeepAliveSeconds = 30;

    private readonly string _listening = new NpgsqlConnectionStringBuilder(connectionString)
    {
        ApplicationName = ServerProcess.Current.ToString(), // the server's list of connections is the list of processes
        Pooling = false,
        KeepAlive = KeepAliveSeconds,
    }.ToString();

    public async Task PublishAsync(string note, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand("SELECT pg_notify($1, $2)", connection)
        {
            Parameters = { new() { Value = Topic }, new() { Value = note } },
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task ListenAsync(Action<string> heard, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(_listening);
        await connection.OpenAsync(cancellationToken);
        connection.Notification += (_, notification) => heard(notification.Payload);
        await using (var command = new NpgsqlCommand("LISTEN " + Topic, connection))
        {
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        while (true)
        {
            await connection.WaitAsync(cancellationToken);
        }
    }

    public async Task<IReadOnlyList<ServerProcess>> ReadProcessesAsync(CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(
            "SELECT application_name FROM pg_stat_activity WHERE datname = current_database()", connection);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var found = new HashSet<ServerProcess>();
        while (await rows.ReadAsync(cancellationToken))
        {
            if (!await rows.IsDBNullAsync(0, cancellationToken) && ServerProcess.Read(rows.GetString(0)) is { } process)
            {
                found.Add(process);
            }
        }

        return [.. found.OrderBy(process => process.StartedAt).ThenBy(process => process.Name, StringComparer.Ordinal)];
    }
}
