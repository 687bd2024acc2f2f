using Npgsql;

namespace WaCr.Web.Data.Postgres;

/// <summary>LISTEN and NOTIFY. It listens on its own connection; if that breaks, the caller must call again.</summary>
internal sealed class PostgresBackplane(string connectionString) : IBackplane
{
    private const string Topic = "wacr_news";
    private const int KeepAliveSeconds = 30;

    private readonly string _listening = new NpgsqlConnectionStringBuilder(connectionString)
    {
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
}
