using System.IO.Compression;
using System.Security.Cryptography;
using WaCr.Web.CommandLine;
using WaCr.Web.Features.Audit;
using WaCr.Web.Features.Users;
using WaCr.Web.Hosting;

namespace WaCr.Web.Tests.CommandLine;

/// <summary>What each command does, says and ends with. That a process of its own does the same is in <see cref="OperatorProcessTests"/>.</summary>
public sealed class OperatorCommandsTests
{
    [Fact]
    public async Task Migrate_on_no_database_makes_one()
    {
        await using var folder = new TempFolder();
        var settings = folder.Sqlite("new/wacr.db");

        (await RunAsync(settings, "migrate")).ShouldBe(new CommandOutcome(0, "", ""));
        (await RunAsync(settings, "migrate")).ShouldBe(new CommandOutcome(0, "", ""));

        File.Exists(folder.File("new/wacr.db")).ShouldBeTrue();
        Directory.GetFiles(folder.File("new"), "*.bak").ShouldBeEmpty();
    }

    [Fact]
    public async Task Backup_of_a_database_in_use_is_whole_and_never_overwrites()
    {
        await using var world = await TestWorld.CreateAsync(DatabaseProvider.Sqlite);
        var tenant = await world.CreateTenantAsync();
        await tenant.CreateContactAsync("Asha");
        await using var folder = new TempFolder();
        var copy = folder.File("copy.db");
        var settings = new ProductSettings(DatabaseProvider.Sqlite, world.ConnectionString);

        // Another process than the one that has it open.
        (await ProductProcess.RunAsync(settings, ["backup", copy])).ShouldBe(new CommandOutcome(0, copy + "\n", ""));
        var again = await RunAsync(settings, $"backup {copy}");

        again.ExitCode.ShouldBe(1);
        again.Error.ShouldContain("exists already");
        SqliteProbe.Ask(copy, "SELECT FirstName FROM Contacts").ShouldBe(["Asha"]);
        SqliteProbe.Ask(copy, "PRAGMA integrity_check").ShouldBe(["ok"]);
    }

    [Theory, OnEachEngine]
    public async Task Contact_is_exported_into_a_file_of_ones_own_and_erased_for_good(DatabaseProvider provider)
    {
        await using var world = await TestWorld.CreateAsync(provider);
        var tenant = await world.CreateTenantAsync("acme");
        var contact = await tenant.CreateContactAsync("Asha");
        await using var folder = new TempFolder();
        var settings = new ProductSettings(provider, world.ConnectionString);
        var archive = folder.File("asha.zip");

        (await RunAsync(settings, $"contact export --tenant acme --id {contact.Id} --to {archive}"))
            .ShouldBe(new CommandOutcome(0, "", ""));
        await using (var zip = await ZipFile.OpenReadAsync(archive))
        {
            using var fields = new StreamReader(await zip.GetEntry("contact.json")!.OpenAsync());
            (await fields.ReadToEndAsync()).ShouldContain("Asha");
        }

        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(archive).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        (await RunAsync(settings, $"contact export --tenant acme --id {contact.Id} --to {archive}")).ExitCode.ShouldBe(1);
        var erased = await RunAsync(settings, $"contact erase --tenant acme --id {contact.Id}");
        erased.ExitCode.ShouldBe(0, erased.Error);
        erased.Output.ShouldStartWith($"contact={contact.Id} erased_at=");
        erased.Output.ShouldNotContain("Asha");
        await using var db = tenant.OpenDatabase();
        (await db.Contacts.CountAsync()).ShouldBe(0);
        (await db.DeletedContacts.CountAsync()).ShouldBe(0);
        var again = await RunAsync(settings, $"contact erase --tenant acme --id {contact.Id}");
        (again.ExitCode, again.Error.Trim().Split('\n').Length).ShouldBe((1, 1));
        (await RunAsync(settings, $"contact export --tenant acme --id {contact.Id} --to {folder.File("gone.zip")}")).ExitCode.ShouldBe(1);
        File.Exists(folder.File("gone.zip")).ShouldBeFalse();
    }

    [Theory, OnEachEngine]
    public async Task What_the_operator_opens_is_in_the_trail_of_each_workspace_as_the_operators(DatabaseProvider provider)
    {
        await using var world = await TestWorld.CreateAsync(provider);
        var (tenant, other) = (await world.CreateTenantAsync("acme"), await world.CreateTenantAsync("other"));
        await tenant.AddUserAsync(Role.Owner, "a@acme.test");
        await other.AddUserAsync(Role.Owner, "a@acme.test");
        var settings = new ProductSettings(provider, world.ConnectionString);

        (await RunAsync(settings, "user password-link --email a@acme.test")).ExitCode.ShouldBe(0);
        (await RunAsync(settings, "user drop-two-factor --email a@acme.test")).ExitCode.ShouldBe(0);
        (await RunAsync(settings, "user password-link --email nobody@acme.test")).ExitCode.ShouldBe(1);

        foreach (var workspace in new[] { tenant, other })
        {
            var trail = (await workspace.Get<AuditQueries>().ListAsync(
                new AuditQuery { EntityType = AuditEntry.AccountType }, default)).OrThrow().Items;
            trail.Select(item => item.Action).ShouldBe([AuditAction.TwoFactorRemoved, AuditAction.PasswordLinkCreated]);
            trail.ShouldAllBe(item => item.ActorKind == ActorKind.System && item.ChangeOrigin == ChangeOrigin.CommandLine);
            trail.ShouldAllBe(item => item.Subject != null);
        }
    }

    [Fact]
    public async Task A_command_without_the_key_of_the_database_is_refused_and_makes_none()
    {
        await using var world = await TestWorld.CreateAsync(DatabaseProvider.Sqlite);
        var tenant = await world.CreateTenantAsync();
        await tenant.GetFresh<UserService>()
            .CreateAsync(new CreateUser("a@acme.test", "", Role.Agent, "a-good-password"), default)
            .OrThrowAsync();
        var settings = new ProductSettings(DatabaseProvider.Sqlite, world.ConnectionString);
        var key = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["DataProtection__Key"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
        };

        var made = await RunAsync(settings with { More = key }, "user password-link --email a@acme.test");
        var refused = await RunAsync(settings, "user password-link --email a@acme.test");

        made.ExitCode.ShouldBe(0);
        refused.ExitCode.ShouldBe(1);
        refused.Output.ShouldBeEmpty();
        refused.Error.ShouldContain("DataProtection:Key");
    }

    [Fact]
    public async Task Backup_on_PostgreSQL_points_to_its_own_tool()
    {
        var outcome = await RunAsync(new ProductSettings(DatabaseProvider.PostgreSQL, "Host=nowhere.invalid"), "backup copy.db");

        outcome.ExitCode.ShouldBe(1);
        outcome.Error.ShouldContain("pg_dump");
    }

    [Theory]
    [InlineData("tenant create --name Two --subdomain acme --plan free", "subdomain: This subdomain already exists")]
    [InlineData("tenant create --name Two --subdomain two --plan gold", "plan: There is no such plan")]
    [InlineData("tenant create --name Two --subdomain two --plan free --country XX", "country: ")]
    [InlineData("user create --tenant acme --email a@acme.test --role agent", "password: ")]
    [InlineData("user create --tenant nobody --email a@acme.test --role agent", "Tenant not found")]
    [InlineData("token create --tenant acme --name X --scopes contacts:read,contacts:fly", "There is no scope contacts:fly")]
    [InlineData("token create --tenant acme --name X --scopes all --expires 2001-01-01", "expires_at: ")]
    public async Task A_command_that_breaks_a_rule_says_why_on_standard_error(string command, string reason)
    {
        await using var world = await TestWorld.CreateAsync(DatabaseProvider.Sqlite);
        await world.CreateTenantAsync("acme");

        var outcome = await RunAsync(new ProductSettings(DatabaseProvider.Sqlite, world.ConnectionString), command);

        outcome.ExitCode.ShouldBe(1);
        outcome.Output.ShouldBeEmpty();
        outcome.Error.ShouldContain(reason);
    }

    [Theory]
    [InlineData("migrat")]
    [InlineData("backup")]
    [InlineData("tenant")]
    [InlineData("tenant create --name X")]
    [InlineData("user create --tenant acme --email a@acme.test --role boss")]
    [InlineData("token create --tenant acme --name X --scopes all --rate-limit many")]
    [InlineData("token create --tenant acme --name X --scopes all --expires tomorrow")]
    public async Task A_command_that_cannot_be_understood_ends_with_2_and_says_how_it_is_meant(string command)
    {
        await using var folder = new TempFolder();

        var outcome = await RunAsync(folder.Sqlite("untouched.db"), command);

        outcome.ExitCode.ShouldBe(2);
        outcome.Output.ShouldBeEmpty();
        outcome.Error.ShouldContain("Usage:");
        File.Exists(folder.File("untouched.db")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("--help", "backup <FILE>")]
    [InlineData("token --help", "create")]
    [InlineData("token create --help", "--expires")]
    public async Task Help_is_there_on_each_level(string command, string mentions)
    {
        await using var folder = new TempFolder();

        var outcome = await RunAsync(folder.Sqlite("untouched.db"), command);

        outcome.ExitCode.ShouldBe(0);
        outcome.Output.ShouldContain(mentions);
    }

    [Theory]
    [InlineData("--webhook http://127.0.0.1:5000/webhooks/whatsapp --immediate", 0)]
    [InlineData("--webhook nonsense", 1)]
    [InlineData("--webhook ftp://127.0.0.1/x", 1)]
    [InlineData("--webhook /webhooks/whatsapp", 1)]
    public void The_sandbox_takes_a_web_address_for_its_events(string arguments, int errors) =>
        SandboxCommand.Create([]).Parse(arguments).Errors.Count.ShouldBe(errors);

    private static async Task<CommandOutcome> RunAsync(ProductSettings settings, string command)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var console = new OperatorConsole(TextReader.Null, output, error);
        string[] args =
        [
            .. command.Split(' '),
            $"--environment={settings.Environment}",
            $"--Database:Provider={settings.Provider}",
            $"--Database:ConnectionString={settings.ConnectionString}",
            .. settings.More.Select(setting => $"--{setting.Key.Replace("__", ":", StringComparison.Ordinal)}={setting.Value}"),
        ];
        var code = await StartupGuard.RunAsync(args, all => OperatorCommands.RunAsync(all, console), error);
        return new CommandOutcome(code, output.ToString(), error.ToString());
    }
}
