using System.CommandLine;
using System.CommandLine.Parsing;
using WaCr.Web.Features.Plans;

namespace WaCr.Web.CommandLine;

internal static class PlanCommands
{
    private const string Unlimited = "unlimited";

    public static Command LimitApi(OperatorHost host)
    {
        var plan = new Option<string>("--plan") { Required = true, Description = "Code of a plan: free, starter, business" };
        var perMinute = new Option<long>("--per-minute")
        {
            Required = true,
            CustomParser = ReadLimit,
            Description = "API calls per minute of all tokens of a tenant together, or unlimited",
        };
        var command = new Command("limit-api", "Set how many API calls a minute a tenant of a plan may make") { plan, perMinute };
        command.SetAction((parsed, cancellationToken) => host.RunAsync(services => services.GetRequiredService<PlanService>()
            .SetApiCallsPerMinuteAsync(parsed.GetRequiredValue(plan), parsed.GetRequiredValue(perMinute), cancellationToken)));
        return command;
    }

    private static long ReadLimit(ArgumentResult argument)
    {
        var text = argument.Tokens[0].Value;
        if (text == Unlimited)
        {
            return Plan.Unlimited;
        }

        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit))
        {
            argument.AddError($"'{text}' is no number of calls. Write it like 600, or {Unlimited}.");
        }

        return limit;
    }
}
