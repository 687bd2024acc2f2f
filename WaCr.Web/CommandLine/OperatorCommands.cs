using System.CommandLine;

namespace WaCr.Web.CommandLine;

/// <summary>The operator's commands: the server's executable, started with a command, runs it and exits.</summary>
public static class OperatorCommands
{
    private const int NotUnderstood = 2;

    // These settings go to the configuration, as for the server; all other arguments belong to the command.
    private static readonly string[] Settings = ["--Database:", "--DataProtection:", "--PublicUrl=", "--WhatsApp:", "--environment="];

    /// <summary>False if the arguments are for the server.</summary>
    public static bool AreAskedFor(string[] args) => args.FirstOrDefault(arg => !IsSetting(arg)) is { } first
        && (!first.StartsWith('-') || first is "--help" or "-h" or "-?" or "--version");

    /// <returns>0 done, 1 refused, 2 not understood.</returns>
    public static Task<int> RunAsync(string[] args) => RunAsync(args, OperatorConsole.OfProcess());

    internal static async Task<int> RunAsync(string[] args, OperatorConsole console)
    {
        string[] settings = [.. args.Where(IsSetting)];
        var parsed = Root(settings, console).Parse([.. args.Where(arg => !IsSetting(arg))]);
        if (parsed.Errors.Count > 0)
        {
            await parsed.InvokeAsync(new InvocationConfiguration { Output = console.Error, Error = console.Error });
            return NotUnderstood;
        }

        return await parsed.InvokeAsync(new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            Output = console.Output,
            Error = console.Error,
        });
    }

    private static RootCommand Root(string[] settings, OperatorConsole console)
    {
        var host = new OperatorHost(settings, console);
        var root = new RootCommand(
            """
            WaCr, a CRM for WhatsApp. Without a command it serves the app and its API.

            Commands take the server's configuration; --Database:Provider=... and --Database:ConnectionString=... override it.
            They work while the server runs. Exit codes: 0 done, 1 refused (see standard error), 2 not understood.
            """);
        root.Add(DatabaseCommands.Migrate(host));
        root.Add(DatabaseCommands.Backup(host));
        root.Add(new Command("tenant", "Tenants: the companies that work here") { TenantCommands.Create(host) });
        root.Add(
            new Command("user", "People of a tenant")
            {
                UserCommands.Create(host),
                UserCommands.PasswordLink(host),
                UserCommands.DropTwoFactor(host),
            });
        root.Add(
            new Command(
                "contact", "One contact: erase for good, export everything") { ContactCommands.Erase(host), ContactCommands.Export(host) });
        root.Add(new Command("plan", "Plans: what tenants may use") { PlanCommands.LimitApi(host) });
        root.Add(new Command("token", "API tokens of a tenant") { TokenCommands.Create(host) });
        root.Add(SandboxCommand.Create(settings));
        return root;
    }

    private static bool IsSetting(string arg) => Settings.Any(start => arg.StartsWith(start, StringComparison.OrdinalIgnoreCase));
}
