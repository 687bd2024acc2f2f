namespace WaCr.Web.Features.Conversations;

/// <summary>
/// How often messages of a tenant have gone to another conversation or away: what was counted before is not true any more. Within this process;
/// other replicas count anew after a few seconds anyway.
/// </summary>
public sealed class MessageGeneration
{
    private readonly System.Collections.Concurrent.ConcurrentDictionary<long, long> _generations = new();

    public long GenerationOf(long tenantId) => _generations.GetValueOrDefault(tenantId);

    /// <summary>To be called after the commit.</summary>
    public void Notify(long tenantId) => _generations.AddOrUpdate(tenantId, 1, (_, before) => before + 1);
}
