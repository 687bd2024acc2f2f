using WaCr.Web.Common;
using WaCr.Web.Domain;

namespace WaCr.Web.Features.Work;

/// <summary>
/// One kind of work in the background: what is done with rows that were claimed, in a scope of its own that no tenant has been entered in yet.
/// A <c>WorkLoop</c> repeats it.
/// </summary>
public interface IWorkStep<T>
    where T : class, ILeased
{
    /// <summary>Many times what a step takes. After it the process that claimed a row is taken for dead.</summary>
    static abstract TimeSpan Lease { get; }

    /// <summary>How many rows of a tenant are claimed together.</summary>
    static abstract int AtOnce { get; }

    /// <summary>How soon what nobody here was told of is seen: what falls due later, and what another process left.</summary>
    static abstract TimeSpan Look { get; }

    /// <summary>When rows are due again whose step threw.</summary>
    static virtual Backoff Backoff => new(TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5));

    /// <summary>
    /// Ends each row that it has done within the write of its effects, and lets go of the others (<see cref="LeaseClaims{T}.ReleaseAsync"/>). Where it
    /// throws, the loop does. A row that is not <see cref="Claim{T}.Owner"/>'s any more must not be changed.
    /// </summary>
    Task RunAsync(Claim<T> claim, CancellationToken cancellationToken);
}
