using System.Text.Json;

namespace WaCr.Web.Features.Bulk;

/// <summary>Result of one chunk.</summary>
public sealed class ChunkOutcome
{
    private const int Examples = 10;

    public int Changed { get; set; }

    public int Unchanged { get; set; }

    /// <summary>Rejected rows of an import; the import stores them with the reasons.</summary>
    public int Refused { get; set; }

    public int Failed => Failures.Count + Refused;

    /// <summary>Undo data as JSON.</summary>
    public string Before { get; set; } = "[]";

    public List<(long ContactId, BulkProblem Problem)> Failures { get; } = [];

    /// <summary>Adds this chunk's failures to the job's.</summary>
    public string AddFailuresTo(string failures)
    {
        if (Failures.Count == 0)
        {
            return failures;
        }

        var known = Read(failures).ToDictionary(failure => failure.Problem);
        foreach (var problem in Failures.GroupBy(failure => failure.Problem, failure => failure.ContactId))
        {
            var before = known.GetValueOrDefault(problem.Key) ?? new BulkFailureCount(problem.Key, 0, []);
            known[problem.Key] = before with
            {
                Count = before.Count + problem.Count(),
                Examples = [.. before.Examples.Concat(problem).Take(Examples)],
            };
        }

        return JsonSerializer.Serialize(known.Values.OrderBy(failure => failure.Problem));
    }

    public static IReadOnlyList<BulkFailureCount> Read(string failures) => JsonSerializer.Deserialize<List<BulkFailureCount>>(failures)!;
}
