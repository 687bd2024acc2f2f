using WaCr.Web.Features.Work;

namespace WaCr.Web.Features.Operations;

/// <summary>
/// What the operator's page shows. Processes, database and queues are those of the installation, the rest is of the process that answers,
/// since its start. Nothing in it names a person or a tenant.
/// </summary>
/// <param name="Installation">Null while the database does not respond.</param>
/// <param name="Queues">As they were last read.</param>
public sealed record OperatorReport(
    DateTimeOffset At, ServerProcess Self, InstallationStatistics? Installation, IReadOnlyList<QueueDepth> Queues,
    IReadOnlyList<Distribution> Times, IReadOnlyList<Count> GraphErrors, IReadOnlyList<HitRate> Caches, IReadOnlyList<Count> Refusals,
    Distribution? Commits, long OpenPages, IReadOnlyList<LoopStatistics> Loops);

/// <param name="Engine">The database's name and version.</param>
/// <param name="Bytes">Size of the database.</param>
public sealed record InstallationStatistics(IReadOnlyList<ServerProcess> Processes, string Engine, long Bytes);

/// <summary>How a quantity was distributed.</summary>
/// <param name="Name">The instrument's.</param>
/// <param name="Median">At most this; the upper edge of a histogram's bucket.</param>
/// <param name="Slow">At most this in 95 of 100.</param>
public sealed record Distribution(string Name, long Count, double Median, double Slow, double Max);

public sealed record Count(string Name, long Value);

public sealed record HitRate(string Cache, long Hits, long Lookups);

/// <param name="LastRunAt">When its last step began.</param>
/// <param name="LastFailure">The exception's type.</param>
public sealed record LoopStatistics(
    string Name, DateTimeOffset? LastRunAt, int Failures, string? LastFailure, DateTimeOffset? LastFailureAt);
