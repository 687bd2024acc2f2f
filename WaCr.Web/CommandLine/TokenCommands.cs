using System.CommandLine;
using System.CommandLine.Parsing;
using WaCr.Web.Features.ApiTokens;

namespace WaCr.Web.CommandLine;

internal static class TokenCommands
{
    private const string AllScopes = "all";

    public static Command Create(OperatorHost host)
    {
        var tenant = new Option<string>("--tenant") { Required = true, Description = "The tenant's subdomain" };
        var name = new Option<string>("--name") { Required = true, Description = "What the token is for" };
        var scopes = new Option<string>("--scopes")
        {
            Required = true,
            Description = "Separated by commas, for example contacts:read,contacts:write, or all",
        };
        var rateLimit = new Option<int>("--rate-limit")
        {
            DefaultValueFactory = _ => ApiToken.DefaultRateLimitPerMinute,
            Description = "Requests per minute",
        };
        var expires = new Option<DateTimeOffset?>("--expires")
        {
            CustomParser = ReadExpiry,
            Description = "A date (the token works to its end, in UTC) or an ISO 8601 time; without it the token works until it is revoked",
        };
        var command = new Command("create", "Make an API token and print it, this once, as the only line of standard output")
        {
            tenant, name, scopes, rateLimit, expires,
        };
        command.SetAction((parsed, cancellationToken) => host.RunInTenantAsync(parsed.GetRequiredValue(tenant), async services =>
        {
            var request = new CreateApiToken(
                parsed.GetRequiredValue(name), ReadScopes(
                    parsed.GetRequiredValue(scopes)), parsed.GetRequiredValue(rateLimit), parsed.GetValue(expires));
            var created = await services.GetRequiredService<ApiTokenService>().CreateAsync(request, cancellationToken);
            if (!created.Succeeded)
            {
                return created.Error;
            }

            await host.Console.Output.WriteLineAsync(created.Value.Secret);
            return default(Done);
        }));
        return command;
    }

    private static IReadOnlyCollection<string> ReadScopes(string text) => text == AllScopes
        ? Permissions.ApiScopes.ToList()
        : text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static DateTimeOffset? ReadExpiry(ArgumentResult argument)
    {
        var text = argument.Tokens[0].Value;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero).AddDays(1);
        }

        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var time))
        {
            return time;
        }

        argument.AddError($"'{text}' is no date. Write it like 2027-12-31 or 2027-12-31T18:00:00Z.");
        return null;
    }
}
