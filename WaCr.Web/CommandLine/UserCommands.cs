using System.CommandLine;
using WaCr.Web.Features.Users;

namespace WaCr.Web.CommandLine;

internal static class UserCommands
{
    public static Command Create(OperatorHost host)
    {
        var tenant = new Option<string>("--tenant") { Required = true, Description = "The tenant's subdomain" };
        var email = new Option<string>("--email") { Required = true, Description = "The address to sign in with" };
        var role = new Option<Role>("--role") { Required = true, Description = "What the person may do" };
        role.AcceptOnlyFromAmong("owner", "admin", "agent", "viewer");
        var name =
            new Option<string>("--name")
            {
                DefaultValueFactory = _ => "",
                Description = "As colleagues see it; else taken from the address"
            };
        var command = new Command(
            "create", "Add a person to a tenant. The password is one line of standard input; who has an account already keeps the old one")
        {
            tenant, email, role, name,
        };
        command.SetAction((parsed, cancellationToken) => host.RunInTenantAsync(parsed.GetRequiredValue(tenant), async services =>
        {
            var request = new CreateUser(
                parsed.GetRequiredValue(email), parsed.GetRequiredValue(name), parsed.GetRequiredValue(role),
                host.Console.ReadSecret("Password: "));
            var created = await services.GetRequiredService<UserService>().CreateAsync(request, cancellationToken);
            return created.Succeeded ? default(Done) : created.Error;
        }));
        return command;
    }

    public static Command PasswordLink(OperatorHost host)
    {
        var email = new Option<string>("--email") { Required = true, Description = "The address that the person signs in with" };
        var address = new Option<string>("--address")
        {
            DefaultValueFactory = _ => "",
            Description = "Where people reach the app, for example https://crm.example.com; without it and PublicUrl the link has no host",
        };
        var command = new Command(
            "password-link",
            "Print a link with which a person sets a new password: once, within a day. It is the only line of standard output")
        {
            email, address,
        };
        command.SetAction((parsed, _) => host.RunAsync(async services =>
        {
            var made = await services.GetRequiredService<PasswordResets>().CreateCodeAsync(parsed.GetRequiredValue(email));
            if (!made.Succeeded)
            {
                return made.Error;
            }

            var path = PasswordResets.PathOf(made.Value);
            var given = parsed.GetRequiredValue(address);
            var link = given.Length > 0 ? given.TrimEnd('/') + path : services.GetRequiredService<PublicUrl>().LinkTo(path) ?? path;
            await host.Console.Output.WriteLineAsync(link);
            return default(Done);
        }));
        return command;
    }

    public static Command DropTwoFactor(OperatorHost host)
    {
        var email = new Option<string>("--email") { Required = true, Description = "The address that the person signs in with" };
        var command = new Command(
            "drop-two-factor",
            "For who lost the authenticator app and the recovery codes: the password alone opens the account again") { email };
        command.SetAction((parsed, cancellationToken) => host.RunAsync(services =>
            services.GetRequiredService<PasswordResets>().DropTwoFactorAsync(parsed.GetRequiredValue(email), cancellationToken)));
        return command;
    }
}
