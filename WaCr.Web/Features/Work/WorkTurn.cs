namespace WaCr.Web.Features.Work;

/// <summary>One turn of a kind of work: claims a tenant's due rows, runs the step, and releases them whatever happens.</summary>
public sealed class WorkTurn<T, TStep>(LeaseClaims<T> claims, TStep step, TimeProvider time)
    where T : class, ILeased
    where TStep : class, IWorkStep<T>
{
    /// <summary>Returns how many rows were claimed.</summary>
    public async Task<int> RunAsync(TenantIdentity tenant, CancellationToken cancellationToken)
    {
        if (await claims.ClaimAsync(tenant, TStep.AtOnce, TStep.Lease, cancellationToken) is not { } claim)
        {
            return 0;
        }

        using var span = Measures.Begin(typeof(TStep).Name);
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
                await GiveUpTurnAsync(claim, cancellationToken.IsCancellationRequested);
            }
        }
    }

    // A step stopped by a shutdown has not failed.
    private Task GiveUpTurnAsync(Claim<T> claim, bool isStopping) =>
        isStopping ? claims.ReleaseAsync(claim, time.GetUtcNow()) : claims.BackOffAsync(claim, TStep.Backoff);
}
