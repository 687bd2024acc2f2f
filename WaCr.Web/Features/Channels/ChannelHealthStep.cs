using WaCr.Web.Features.Work;

namespace WaCr.Web.Features.Channels;

/// <summary>Reads every connected number daily, and at once if a webhook reports a change.</summary>
public sealed partial class ChannelHealthStep(
    ChannelHealthReader reader, TenantContext tenant, LeaseClaims<ChannelHealth> claims, TimeProvider time,
    ILogger<ChannelHealthStep> logger) : IWorkStep<ChannelHealth>
{
    private static readonly CurrentActor Job = new(
        ActorKind.Job, null, "Channels", ChangeOrigin.System, System.Collections.Frozen.FrozenSet<string>.Empty);

    public static TimeSpan Lease { get; } = TimeSpan.FromMinutes(30);

    public static int AtOnce => 20;

    public static TimeSpan PollInterval { get; } = TimeSpan.FromMinutes(10);

    public static ChangeKind WokenBy => ChangeKind.ChannelReads;

    public static Backoff Backoff { get; } = new(TimeSpan.FromHours(1), TimeSpan.FromHours(6));

    public async Task RunAsync(Claim<ChannelHealth> claim, CancellationToken cancellationToken)
    {
        tenant.Enter(claim.Tenant, Job);
        foreach (var row in claim.Rows)
        {
            var read = await reader.ReadAsync(row.ChannelId, cancellationToken);
            if (!read.Succeeded)
            {
                Log.NotRead(logger, claim.Tenant.Id, row.ChannelId);
            }

            var id = row.Id;
            await claims.ReleaseAsync(
                claim, time.GetUtcNow() + (read.Succeeded ? ChannelHealth.ReadEvery : Backoff.First), health => health.Id == id);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 5603, Level = LogLevel.Warning,
            Message = "Could not read channel {ChannelId}, tenant {TenantId}, from WhatsApp; trying again in an hour.")]
        public static partial void NotRead(ILogger logger, long tenantId, long channelId);
    }
}
