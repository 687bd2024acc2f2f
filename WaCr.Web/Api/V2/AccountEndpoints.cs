using WaCr.Web.Api.Answers;
using WaCr.Web.Api.Requests;
using WaCr.Web.Features.Plans;

namespace WaCr.Web.Api.V2;

internal static class AccountEndpoints
{
    public static void MapAccount(this IEndpointRouteBuilder api)
    {
        api.MapRead("/account", GetAsync, new("getAccount", "Retrieve account", Permissions.AccountRead)
        {
            Description = "Reads the workspace: its name, its plan and how long that runs.",
            Single = AccountWire.Single,
        });
        api.MapRead("/account/usage", GetUsageAsync, new("getAccountUsage", "Retrieve usage", Permissions.AccountRead)
        {
            Description = "Reads how much of its plan the workspace has used.",
            Data = AccountWire.UsageSchema(),
        });
        api.MapRead("/account/limits", GetLimitsAsync, new("getAccountLimits", "Retrieve limits", Permissions.AccountRead)
        {
            Description = "Reads what the plan allows, and which features it has.",
            Data = AccountWire.LimitsSchema(),
        });
    }

    private static Task<IResult> GetAsync(FieldSelection selection, AccountQueries account, CancellationToken cancellationToken) =>
        account.GetAsync(cancellationToken)
            .AnswerAsync(found => new ItemAnswer<TenantAccount>(
                "Account information retrieved successfully", found, AccountWire.Account, selection.Fields));

    private static Task<IResult> GetUsageAsync(AccountQueries account, CancellationToken cancellationToken) =>
        account.GetUsageAsync(cancellationToken)
            .AnswerAsync(usage => new ObjectAnswer(
                "Usage statistics retrieved successfully", json => AccountWire.WriteUsage(json, usage)));

    private static Task<IResult> GetLimitsAsync(AccountQueries account, ApiCall call, CancellationToken cancellationToken) =>
        account.GetPlanAsync(cancellationToken)
            .AnswerAsync(plan => new ObjectAnswer(
                "Plan limits retrieved successfully", json => AccountWire.WriteLimits(json, plan, call.RateLimitPerMinute)));
}
