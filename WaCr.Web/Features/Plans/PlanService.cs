using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Plans;

/// <summary>The operator's changes to a plan. They apply to all its tenants from the next call on.</summary>
public sealed class PlanService(IDatabaseWriter writer)
{
    public static readonly FieldError LimitOutOfRange =
        new("plan.limit_out_of_range", "API calls per minute must be at least 1, or unlimited");

    /// <param name="limit">Calls per minute per tenant, or <see cref="Plan.Unlimited"/>.</param>
    public async Task<Result<Done>> SetApiCallsPerMinuteAsync(string code, long limit, CancellationToken cancellationToken)
    {
        if (limit is not Plan.Unlimited and < 1)
        {
            return new ValidationError("api_calls_per_minute", LimitOutOfRange);
        }

        return await writer.WriteAsync<Done>(
            async db => await db.Plans.Where(plan => plan.Code == code)
                .ExecuteUpdateAsync(set => set.SetProperty(plan => plan.ApiCallsPerMinute, limit), CancellationToken.None) == 1
                    ? default(Done)
                    : new NotFoundError("plan.not_found", "Plan not found"),
            cancellationToken);
    }
}
