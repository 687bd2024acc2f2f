using System.CommandLine;
using WaCr.Web.Features.Tenants;

namespace WaCr.Web.CommandLine;

internal static class TenantCommands
{
    public static Command Create(OperatorHost host)
    {
        var name = new Option<string>("--name") { Required = true, Description = "The company's name" };
        var subdomain =
            new Option<string>("--subdomain") { Required = true, Description = "Lower-case letters, digits and hyphens; unique" };
        var plan = new Option<string>("--plan") { Required = true, Description = "Code of a plan: free, starter, business" };
        var country = new Option<string>("--country")
        {
            DefaultValueFactory = _ => "US",
            Description = "ISO 3166 two-letter code: where phone numbers without a country code are at home",
        };
        var timeZone = new Option<string>("--time-zone")
        {
            DefaultValueFactory = _ => "UTC",
            Description = "IANA name, for example Asia/Kolkata",
        };
        var command = new Command("create", "Make a tenant") { name, subdomain, plan, country, timeZone };
        command.SetAction((parsed, cancellationToken) => host.RunAsync(async services =>
        {
            var created = await services.GetRequiredService<TenantService>().CreateAsync(
                new CreateTenant(
                    parsed.GetRequiredValue(name),
                    parsed.GetRequiredValue(subdomain),
                    parsed.GetRequiredValue(plan),
                    parsed.GetRequiredValue(country).ToUpperInvariant(),
                    parsed.GetRequiredValue(timeZone)),
                ChangeOrigin.CommandLine,
                cancellationToken);
            return created.Succeeded ? default(Done) : created.Error;
        }));
        return command;
    }
}
