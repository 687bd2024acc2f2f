using System.Globalization;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Data.Sqlite;
using Npgsql;
using WaCr.Web.CommandLine;
using WaCr.Web.Data.Sqlite;
using WaCr.Web.Hosting;

namespace WaCr.Web.Tests.Hosting;

/// <summary>What keeps the server from starting: one sentence that names the cause, exit code 1, and nothing changed.</summary>
public sealed class StartupTests : IAsyncLifetime
{
    private const string AnyPort = "--urls=http://127.0.0.1:0";

    private readonly TempFolder _folder = new();

    private string File => _folder.File("wacr.db");

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _folder.DisposeAsync();

    [Theory]
    [InlineData("--Database:Provider=Oracle", "The setting Database:Provider is 'Oracle', which is none of Sqlite, PostgreSQL.")]
    [InlineData("--Database:Provider=7", "The setting Database:Provider is '7', which is none of Sqlite, PostgreSQL.")]
    [InlineData("--Database:StartupTimeout=-00:00:01", "Database:StartupTimeout must be from zero up to one day")]
    [InlineData("--WhatsApp:CallTimeout=abc",
        "The setting WhatsApp:CallTimeout is 'abc', which is no length of time; write it like 00:00:30.")]
    [InlineData("--WhatsApp:CallTimeout=-00:00:01", "WhatsApp:CallTimeout must be more than zero and up to one day")]
    [InlineData("--WhatsApp:AttemptTimeout=00:00:00", "WhatsApp:AttemptTimeout must be more than zero")]
    [InlineData("--WhatsApp:DownloadTimeout=30.00:00:00", "WhatsApp:DownloadTimeout must be")]
    [InlineData("--WhatsApp:FirstDelay=-1", "WhatsApp:FirstDelay must be from zero")]
    [InlineData("--WhatsApp:MaxDelay=-1", "WhatsApp:MaxDelay must be from zero")]
    [InlineData("--WhatsApp:Retries=-1", "WhatsApp:Retries must be from 0 to 10.")]
    [InlineData("--WhatsApp:Retries=many", "The setting WhatsApp:Retries is 'many', which is no whole number in range.")]
    [InlineData("--WhatsApp:BaseUrl=nonsense", "WhatsApp:BaseUrl must be an address like https://graph.facebook.com.")]
    [InlineData("--WhatsApp:BaseUrl=ftp://host", "WhatsApp:BaseUrl must be an address")]
    [InlineData("--WhatsApp:Version=latest", "WhatsApp:Version must be a version like v25.0.")]
    [InlineData("--WhatsApp:Sandbox:Enabled=maybe", "The setting WhatsApp:Sandbox:Enabled is 'maybe', which is neither true nor false.")]
    [InlineData("--WhatsApp:Sandbox:Enabled=true", "WhatsApp:Sandbox:AllowOutsideDevelopment is true.")]
    [InlineData("--Downloads:Timeout=-00:00:01", "Downloads:Timeout must be more than zero")]
    [InlineData("--Demo:Enabled=perhaps", "The setting Demo:Enabled is 'perhaps', which is neither true nor false.")]
    [InlineData("--Logging:LogLevel:Default=Loud", "The setting Logging:LogLevel:Default is 'Loud', which is none of Trace, Debug")]
    [InlineData("--Logging:Console:LogLevel:Microsoft=Loud", "The setting Logging:Console:LogLevel:Microsoft is 'Loud'")]
    [InlineData("--StaffApp:MaxConnections=0", "StaffApp:MaxConnections and MaxConnectionsPerUser must be at least 1.")]
    [InlineData("--StaffApp:MaxConnections=all", "The setting StaffApp:MaxConnections is 'all'")]
    [InlineData("--ForwardedHeaders:KnownProxies=nonsense", "ForwardedHeaders:KnownProxies must be an address")]
    [InlineData("--PublicUrl=nonsense", "PublicUrl must be an address")]
    [InlineData("--Push:Contact=ops@example.com", "Push:Contact must be an address like mailto:ops@example.com or https://example.com/contact.")]
    [InlineData("--Push:Contact=mailto:ops", "Push:Contact must be an address")]
    [InlineData("--Push:Contact=http://example.com", "Push:Contact must be an address")]
    [InlineData("--urls=nonsense", "'nonsense' is not an address to listen on")]
    [InlineData("--urls=http://203.0.113.9:5999", "http://203.0.113.9:5999 is not an address of this machine")]
    [InlineData("--urls=ftp://127.0.0.1:5999", "'ftp://127.0.0.1:5999' is not an address to listen on")]
    [InlineData("--urls=http://127.0.0.1:0/base", "'http://127.0.0.1:0/base' is not an address to listen on")]
    [InlineData("--urls=http://127.0.0.1:99999", "'http://127.0.0.1:99999' is not an address to listen on")]
    [InlineData("--urls=http://127.0.0.1:abc", "'http://127.0.0.1:abc' is not an address to listen on")]
    [InlineData("--urls= --http_ports=abc", "'abc' is not a port to listen on; write a number up to 65535 in ASPNETCORE_HTTP_PORTS.")]
    [InlineData("--urls= --https_ports=99999", "'99999' is not a port to listen on; write a number up to 65535 in ASPNETCORE_HTTPS_PORTS.")]
    [InlineData("--urls=http://unix:/nowhere/at/all", "http://unix:/nowhere/at/all cannot be listened on")]
    [InlineData("--urls=https://127.0.0.1:0 --Kestrel:Certificates:Default:Path=/nowhere.pfx", "The server cannot listen")]
    [InlineData("--Kestrel:Endpoints:A:Protocols=Http1", "The server cannot listen")]
    [InlineData("--Kestrel:Endpoints:A:Url=https://127.0.0.1:0 --Kestrel:Endpoints:A:Certificate:Path=/nowhere.pfx", "The server cannot listen")]
    [InlineData("--Database:ConnectionString=Data Source=x.db;Mode=ReadOnly", "(it may only be read)")]
    [InlineData("--Database:ConnectionString=Data Source=x.db;Password=a", "(this build of SQLite cannot open encrypted files)")]
    [InlineData("--Database:Provider=PostgreSQL --Database:ConnectionString=Host=db;Database=wacr;Port=99999", "(its Port is not between 1 and 65535)")]
    [InlineData("--OTEL_EXPORTER_OTLP_ENDPOINT=nonsense", "OTEL_EXPORTER_OTLP_ENDPOINT must be an address like http://collector:4317.")]
    [InlineData("--OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:9 --OTEL_EXPORTER_OTLP_PROTOCOL=tcp",
        "OTEL_EXPORTER_OTLP_PROTOCOL is 'tcp', which is none of grpc, http/protobuf.")]
    [InlineData("--Database:ConnectionString=", "Database:ConnectionString is empty; write it like Data Source=data/wacr.db.")]
    [InlineData("--Database:ConnectionString=nonsense", "Database:ConnectionString cannot be used with Sqlite")]
    [InlineData("--Database:ConnectionString=Data Source=x.db;Bogus=1", "Database:ConnectionString cannot be used with Sqlite")]
    [InlineData("--Database:ConnectionString=Data Source=:memory:", "a database in memory is gone with each connection")]
    [InlineData("--Database:ConnectionString=Host=db;Database=wacr", "or set Database:Provider to PostgreSQL.")]
    [InlineData("--Database:Provider=PostgreSQL --Database:ConnectionString=hst=db;Database=wacr",
        "Database:ConnectionString cannot be used with PostgreSQL")]
    [InlineData("--Database:Provider=PostgreSQL --Database:ConnectionString=Data Source=x.db", "or set Database:Provider to Sqlite.")]
    [InlineData("--Database:Provider=PostgreSQL --Database:ConnectionString=Database=wacr",
        "Database:ConnectionString cannot be used with PostgreSQL")]
    public async Task WrongSetting_IsNamed_AndNothingIsMade(string settings, string sentence)
    {
        var error = await FailAsync([.. settings.Split(" --").Select((setting, i) => i == 0 ? setting : "--" + setting)]);

        error.ShouldContain(sentence);
        Directory.GetFiles(_folder.File("")).ShouldBeEmpty();
    }

    [Fact]
    public async Task ConfigurationFileThatIsNoJson_IsNamed()
    {
        await System.IO.File.WriteAllTextAsync(_folder.File("appsettings.json"), "{ \"Logging\": ");

        (await FailAsync($"--contentRoot={_folder.File("")}")).ShouldContain(_folder.File("appsettings.json"));
    }

    // The database is looked at after addresses and certificates.
    [Theory]
    [InlineData("Kestrel:Endpoints:A:Certificate")]
    [InlineData("Kestrel:Endpoints:A:Sni:crm.example.com:Certificate")]
    [InlineData("Kestrel:Certificates:Default")]
    public async Task CertificateOfAnEndpoint_IsEnoughForHttps(string section)
    {
        await System.IO.File.WriteAllTextAsync(File, new string('x', 10_000));
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=crm.example.com", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(TestClock.Start, TestClock.Start.AddYears(10));
        await System.IO.File.WriteAllBytesAsync(_folder.File("own.pfx"), certificate.Export(X509ContentType.Pfx, "secret"));

        var error = await FailAsync(
            "--Kestrel:Endpoints:A:Url=https://127.0.0.1:0", $"--{section}:Path={_folder.File("own.pfx")}", $"--{section}:Password=secret");

        error.ShouldContain("is not a SQLite database");
    }

    [Fact]
    public async Task AddressOfACollector_IsNotQuoted_SinceItMayHoldAPassword() =>
        (await FailAsync("--OTEL_EXPORTER_OTLP_LOGS_ENDPOINT=ftp://wacr:secret@collector")).ShouldSatisfyAllConditions(
            error => error.ShouldContain("OTEL_EXPORTER_OTLP_LOGS_ENDPOINT must be an address like"),
            error => error.ShouldNotContain("secret"));

    [Fact]
    public async Task PortInUse_IsNamed_BeforeAnythingIsChanged()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();

        var error = await FailAsync($"--urls=http://127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}");

        error.ShouldContain($"http://127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port} is in use by another process");
        System.IO.File.Exists(File).ShouldBeFalse();
    }

    [Fact]
    public async Task DataFolderThatCannotBeMade_IsNamed()
    {
        await System.IO.File.WriteAllTextAsync(_folder.File("file"), "");

        (await FailAsync($"--Database:ConnectionString=Data Source={_folder.File("file/data/wacr.db")}"))
            .ShouldContain($"The database {_folder.File("file/data/wacr.db")} cannot be used");
        (await FailAsync($"--Storage:Path={_folder.File("file/files")}"))
            .ShouldContain($"The folder of files {_folder.File("file/files")} cannot be written");
        System.IO.File.Exists(File).ShouldBeFalse();
    }

    [Theory]
    [InlineData("garbage", "is not a SQLite database")]
    [InlineData("overwritten", "is damaged")]
    [InlineData("cut", "is damaged")]
    public async Task FileThatIsNoDatabaseOrDamaged_IsNamed(string fault, string sentence)
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        var bytes = await System.IO.File.ReadAllBytesAsync(new SqliteConnectionStringBuilder(database.ConnectionString).DataSource);
        await System.IO.File.WriteAllBytesAsync(File, fault switch
        {
            "garbage" => [.. Enumerable.Repeat((byte)'x', 10_000)],
            "cut" => bytes[..(bytes.Length / 2)],
            _ => [.. bytes[..100], .. new byte[bytes.Length - 100]],
        });

        var error = await FailAsync();

        error.ShouldContain(File);
        error.ShouldContain(sentence);
    }

    // A table that no start reads.
    [Fact]
    public async Task FileWithADamagedPageInItsMiddle_IsNamed()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        await SqliteFile.BackupAsync(database.ConnectionString, File, CancellationToken.None);
        var page = SqliteProbe.Ask(File, "SELECT rootpage FROM sqlite_master WHERE name = 'Comments'").ShouldHaveSingleItem();
        SqliteDamage.Overwrite(File, long.Parse(page, CultureInfo.InvariantCulture));

        (await FailAsync()).ShouldContain($"The database {File} is damaged");
    }

    // Nothing has to be migrated, so that reading alone would do for the start.
    [Fact]
    public async Task FileThatTakesNoChanges_IsNamed()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        await SqliteFile.BackupAsync(database.ConnectionString, File, CancellationToken.None);
        await using var other = new SqliteConnection($"Data Source={File};Pooling=False");
        await other.OpenAsync();
        await using var command = other.CreateCommand();
        command.CommandText = "PRAGMA journal_mode=WAL; BEGIN IMMEDIATE";
        await command.ExecuteNonQueryAsync();

        (await FailAsync($"--Database:ConnectionString=Data Source={File};Default Timeout=1"))
            .ShouldContain($"Another process is holding the database {File}");
    }

    [Fact]
    public async Task FileThatAnotherServerHas_IsNamed()
    {
        await using var other = new FileStream(File + ".server", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

        (await FailAsync()).ShouldContain($"Another server is using the database {File}");
        System.IO.File.Exists(File).ShouldBeFalse();
    }

    [Theory, OnPostgres]
    public async Task PostgresThatCannotBeUsed_IsNamed(DatabaseProvider provider)
    {
        var server = new NpgsqlConnectionStringBuilder(PostgresDatabases.Server);
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var nobody = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        var missing = $"wacr_missing_{Guid.NewGuid():N}";

        (await FailAsync(provider, new() { Host = "127.0.0.1", Port = nobody }))
            .ShouldContain($"PostgreSQL at 127.0.0.1:{nobody} does not answer");
        (await FailAsync(provider, new() { Host = "nowhere.invalid" })).ShouldContain("PostgreSQL at nowhere.invalid:5432 does not answer");
        (await FailAsync(provider, new(server.ToString()) { Username = missing })).ShouldContain("does not let us in");
        (await FailAsync(provider, new(server.ToString()) { Database = missing }))
            .ShouldContain($"has no database {missing}; make it with \"WaCr.Web migrate\"");
        // it was not made
        (await FailAsync(provider, new(server.ToString()) { Database = missing })).ShouldContain($"has no database {missing}");
    }

    [Theory]
    [InlineData("migrate --Database:Provider=Oracle", "The setting Database:Provider is 'Oracle'")]
    [InlineData("migrate --Database:ConnectionString=nonsense", "Database:ConnectionString cannot be used with Sqlite")]
    [InlineData("token create --tenant a --name b --scopes all --WhatsApp:CallTimeout=-1", "WhatsApp:CallTimeout must be")]
    [InlineData("backup copy.db --Database:Provider=PostgreSQL --Database:ConnectionString=hst=db",
        "Database:ConnectionString cannot be used with PostgreSQL")]
    public async Task Command_OnWrongSettings_IsRefusedInASentence(string command, string sentence)
    {
        using var error = new StringWriter();

        (await StartupGuard.RunAsync(command.Split(' '), OperatorCommands.RunAsync, error)).ShouldBe(1);

        error.ToString().TrimEnd().Split('\n').ShouldHaveSingleItem().ShouldContain(sentence);
    }

    [Fact]
    public async Task Stack_IsWrittenAtDebug()
    {
        using var error = new StringWriter();

        await StartupGuard.RunAsync(["--Logging:LogLevel:Default=Debug"], _ => throw new InvalidOperationException("Two\nlines."), error);

        error.ToString().ShouldStartWith("WaCr cannot go on: Two lines." + Environment.NewLine);
        error.ToString().ShouldContain("   at ");
    }

    [Theory]
    [InlineData(5, "Another process is holding the database")]
    [InlineData(8, "may only be read")]
    [InlineData(10, "look for a full or failing disk")]
    [InlineData(11, "is damaged; put a backup in its place")]
    [InlineData(13, "There is no room left")]
    [InlineData(14, "cannot be opened")]
    [InlineData(26, "is not a SQLite database")]
    public void FaultOfSqlite_NamesTheFile(int code, string sentence)
    {
        var told = DatabaseFault.Explain(
            new InvalidOperationException("outer", new SqliteException("inner", code)),
            new DatabaseOptions { ConnectionString = "Data Source=/data/wacr.db" });

        told.ShouldNotBeNull().ShouldContain("/data/wacr.db");
        told.ShouldContain(sentence);
    }

    private Task<string> FailAsync(DatabaseProvider provider, NpgsqlConnectionStringBuilder connection) =>
        FailAsync(
            $"--Database:Provider={provider}", $"--Database:ConnectionString={connection}", "--Database:StartupTimeout=0",
            $"--Storage:Path={_folder.File("files")}");

    private async Task<string> FailAsync(params string[] settings)
    {
        using var error = new StringWriter();
        string[] args =
        [
            "--environment=Production",
            AnyPort,
            "--Logging:LogLevel:Default=None",
            $"--Database:ConnectionString=Data Source={File}",
            .. settings
        ];

        (await StartupGuard.RunAsync(args, Program.ServeAsync, error)).ShouldBe(1, error.ToString());

        return error.ToString().TrimEnd().Split('\n').ShouldHaveSingleItem();
    }
}
