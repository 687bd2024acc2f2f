using WaCr.Web.Domain;
using WaCr.Web.Tenancy;

namespace WaCr.Web.Features.Work;

/// <summary>A turn of one kind of work: claims what is due of a tenant, runs the step, and lets go of it whatever becomes of the step.</summary>
public sealed class WorkTurn<T, TStep>(LeaseClaims<T> claims, TStep step, TimeProvider time)
    where T : class, ILeased
    where TStep : class, IWorkStep<T>
{
    /// <summary>How many rows were taken up.</summary>
    public async Task<int> RunAsync(TenantIdentity tenant, CancellationToken cancellationToken)
    {
        if (await claims.ClaimAsync(tenant, TStep.AtOnce, TStep.Lease, cancellationToken) is not { } claim)
        {
            return 0;
        }

        var isDone = false;
        try
        {
            await step.RunAsync(claim, cancellationToken);
            isDone = true;
            return claim.Rows.Count;
        }
        finally
        {
            if (!isDone)
            {
                await LetGoAsync(claim, cancellationToken.IsCancellationRequested);
            }
        }
    }

    // A process that stops did not fail at it.
    private Task LetGoAsync(Claim<T> claim, bool isStopping) =>
        isStopping ? claims.ReleaseAsync(claim, time.GetUtcNow()) : claims.BackOffAsync(claim, TStep.Backoff);
}
