using WaCr.Web.Features.Work;

namespace WaCr.Web.Features.Templates;

/// <summary>
/// Syncs the templates of every account daily, and at once if a webhook reports a change. The due time is on the channel; numbers of one
/// account share templates, so one of them is synced.
/// </summary>
public sealed partial class TemplateSyncStep(
    TemplateSync sync, TenantContext tenant, LeaseClaims<Channel> claims, TimeProvider time,
    ILogger<TemplateSyncStep> logger) : IWorkStep<Channel>
{
    public static TimeSpan Lease { get; } = TimeSpan.FromHours(1);

    public static int AtOnce => 100;

    public static TimeSpan PollInterval { get; } = TimeSpan.FromMinutes(10);

    public static ChangeKind WokenBy => ChangeKind.TemplateSyncs;

    public static Backoff Backoff { get; } = new(TimeSpan.FromHours(1), TimeSpan.FromHours(1));

    public async Task RunAsync(Claim<Channel> claim, CancellationToken cancellationToken)
    {
        tenant.Enter(claim.Tenant, TemplateSync.Job);
        foreach (var numbers in claim.Rows.GroupBy(channel => channel.BusinessAccountId, StringComparer.Ordinal))
        {
            var asked = numbers.OrderBy(channel => channel.Id)
                .FirstOrDefault(channel => channel is { AccessToken: not null, CredentialRefusedAt: null });
            var isDone = numbers.Key is null || asked is null || (await sync.RunAsync(asked.Id, cancellationToken)).Succeeded;
            if (!isDone)
            {
                Log.NotSynced(logger, claim.Tenant.Id, asked!.Id);
            }

            // Work that fell due meanwhile has another owner, so it stays due.
            var account = numbers.Key;
            await claims.ReleaseAsync(
                claim, time.GetUtcNow() + (isDone ? Channel.TemplatesEvery : Backoff.First), channel =>
                    channel.BusinessAccountId == account);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 5352, Level = LogLevel.Warning,
            Message = "Could not fetch templates of channel {ChannelId}, tenant {TenantId}; trying again in an hour.")]
        public static partial void NotSynced(ILogger logger, long tenantId, long channelId);
    }
}
