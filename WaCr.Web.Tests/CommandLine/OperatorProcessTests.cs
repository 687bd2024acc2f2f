namespace WaCr.Web.Tests.CommandLine;

/// <summary>The real process, as a script calls it: its exit code, its streams, its environment, its files.</summary>
public sealed class OperatorProcessTests
{
    private const string Password = "correct horse battery";

    [Theory, OnEachEngine]
    public async Task Tenant_user_and_token_made_by_commands_work_on_a_running_server(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var settings = new ProductSettings(provider, database.ConnectionString);
        (await RunAsync(settings, "tenant create --name Acme --subdomain acme --plan starter --country BR --time-zone America/Sao_Paulo"))
            .ExitCode.ShouldBe(0);
        await using var server = await ProductProcess.StartAsync(settings);

        var user = await ProductProcess.RunAsync(
            settings, ["user", "create", "--tenant", "acme", "--email", "owner@acme.test", "--role", "owner"], Password + "\n");
        var token = await RunAsync(
            settings, "token create --tenant acme --name CI --scopes account:read,contacts:read --rate-limit 7 --expires 2999-12-31");

        user.ShouldBe(new CommandOutcome(0, "", ""));
        token.ExitCode.ShouldBe(0);
        token.Error.ShouldBeEmpty();
        token.Output.ShouldMatch("^wacr_[A-Za-z0-9_-]{43}\n$");
        using var client = server.CreateClient(token.Output.Trim());
        var account = await client.GetAsync(new Uri("account", UriKind.Relative));
        account.StatusCode.ShouldBe(HttpStatusCode.OK);
        account.Headers.GetValues("X-RateLimit-Limit").ShouldBe(["7"]);
        (await account.Content.ReadAsStringAsync()).ShouldContain("\"subdomain\":\"acme\"");
        (await client.PostAsync(new Uri("groups", UriKind.Relative), null)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        if (provider == DatabaseProvider.Sqlite)
        {
            await StopLeavesAWholeFileAsync(settings, server);
        }
    }

    [Fact]
    public async Task What_is_written_is_for_the_servers_own_user_alone()
    {
        await using var folder = new TempFolder();
        var (data, copy) = (folder.File("data/wacr.db"), folder.File("copy.db"));
        var settings = new ProductSettings(DatabaseProvider.Sqlite, $"Data Source={data}");

        (await RunAsync(settings, "migrate")).ShouldBe(new CommandOutcome(0, "", ""));
        (await RunAsync(settings, $"backup {copy}")).ShouldBe(new CommandOutcome(0, copy + "\n", ""));

        if (!OperatingSystem.IsWindows())
        {
            const UnixFileMode others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
                | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
            string[] written = [Path.GetDirectoryName(data)!, .. Directory.GetFiles(Path.GetDirectoryName(data)!), copy];
            foreach (var path in written)
            {
                (File.GetUnixFileMode(path) & others).ShouldBe(UnixFileMode.None, path);
            }
        }
    }

    [Fact]
    public async Task A_setting_among_the_arguments_overrides_the_environment()
    {
        await using var folder = new TempFolder();

        var outcome = await ProductProcess.RunAsync(
            folder.Sqlite("environment.db"), ["migrate", $"--Database:ConnectionString=Data Source={folder.File("argument.db")}"]);

        outcome.ExitCode.ShouldBe(0);
        File.Exists(folder.File("argument.db")).ShouldBeTrue();
        File.Exists(folder.File("environment.db")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_database_out_of_reach_is_told_without_a_stack_trace()
    {
        var outcome = await RunAsync(new ProductSettings(DatabaseProvider.Sqlite, "Data Source=/proc/nowhere/wacr.db"), "migrate");

        outcome.ExitCode.ShouldBe(1);
        outcome.Error.ShouldNotBeEmpty();
        outcome.Error.ShouldNotContain("   at ");
    }

    [Theory]
    [InlineData("token create --help", 0, "--expires")]
    [InlineData("migrat", 2, "Usage:")]
    public async Task Help_is_on_standard_output_and_the_lack_of_a_command_on_standard_error(string command, int exitCode, string mentions)
    {
        await using var folder = new TempFolder();

        var outcome = await RunAsync(folder.Sqlite("untouched.db"), command);

        outcome.ExitCode.ShouldBe(exitCode);
        (exitCode == 0 ? outcome.Output : outcome.Error).ShouldContain(mentions);
        (exitCode == 0 ? outcome.Error : outcome.Output).ShouldBeEmpty();
    }

    private static async Task StopLeavesAWholeFileAsync(ProductSettings settings, ProductProcess server)
    {
        var file = settings.ConnectionString["Data Source=".Length..];
        (await server.StopAsync()).ShouldBe(0);

        File.Exists(file + "-wal").ShouldBeFalse();
        SqliteProbe.Ask(file, "SELECT Subdomain FROM Tenants").ShouldBe(["acme"]);
    }

    private static Task<CommandOutcome> RunAsync(ProductSettings settings, string command) =>
        ProductProcess.RunAsync(settings, command.Split(' '));
}
