namespace WaCr.Web.Features.Work;

/// <summary>
/// One kind of background work on claimed rows. Runs in its own scope, which has not entered a tenant; <c>WorkLoop</c> repeats it.
/// </summary>
public interface IWorkStep<T>
    where T : class, ILeased
{
    /// <summary>Many times longer than a step takes. After it, the claiming process counts as dead.</summary>
    static abstract TimeSpan Lease { get; }

    /// <summary>Rows of a tenant claimed together.</summary>
    static abstract int AtOnce { get; }

    /// <summary>The change that makes work due at once within this process.</summary>
    static abstract ChangeKind WokenBy { get; }

    /// <summary>Polling interval, for work that falls due later or was left by another process.</summary>
    static abstract TimeSpan PollInterval { get; }

    /// <summary>When rows whose step threw are due again.</summary>
    static virtual Backoff Backoff => new(TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5));

    /// <summary>
    /// Ends each finished row in the write of its effects and releases the others (<see cref="LeaseClaims{T}.ReleaseAsync"/>); if it
    /// throws, the loop releases them. It must not change a row that no longer belongs to <see cref="Claim{T}.Owner"/>.
    /// </summary>
    Task RunAsync(Claim<T> claim, CancellationToken cancellationToken);
}
