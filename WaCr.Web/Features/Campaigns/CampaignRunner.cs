using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Messaging;
using WaCr.Web.Features.Plans;
using WaCr.Web.Features.Work;

namespace WaCr.Web.Features.Campaigns;

/// <summary>
/// Runs a claimed campaign in its own scope, with the current permissions of the user who started it. It first queues all messages as held,
/// each chunk and its progress mark in one transaction, then releases them at the campaign's rate. After a crash nothing is half done or
/// done twice.
/// </summary>
public sealed class CampaignRunner(
    IDatabaseWriter writer, IDbContextFactory<AppDbContext> contexts, TenantContext tenant, JobActor actor, LeaseClaims<Campaign> claims,
    CampaignUploads uploads, TimeProvider time) : IWorkStep<Campaign>
{
    // How long other campaigns wait behind a long one.
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan UntilNextUpload = TimeSpan.FromSeconds(30);

    private CampaignContent? _content;

    public static TimeSpan Lease { get; } = TimeSpan.FromSeconds(20);

    public static int AtOnce => 1;

    /// <summary>Step in which the rate is kept.</summary>
    public static TimeSpan PollInterval { get; } = TimeSpan.FromMilliseconds(250);

    public static ChangeKind WokenBy => ChangeKind.Campaigns;

    public Task RunAsync(Claim<Campaign> claim, CancellationToken cancellationToken) => RunAsync(claim, Turn, cancellationToken);

    /// <summary>Returns when there is nothing to do for now, after <paramref name="atMost"/>, or when a user stops the campaign.</summary>
    public async Task RunAsync(Claim<Campaign> claim, TimeSpan atMost, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var campaign = claim.Row;
        await actor.EnterAsync(claim.Tenant, new JobAuthor(campaign.ActorKind, campaign.ActorId, campaign.ActorName), ChangeOrigin.Bulk);
        if (await ObstacleAsync(campaign) is { } obstacle)
        {
            await WriteAsync(claim, (db, ours, _) => PauseAsync(db, ours, campaign.Id, obstacle));
            return;
        }

        if (await UploadAsync(claim) is { } problem)
        {
            await (problem is UnavailableError
                ? claims.ReleaseAsync(claim, time.GetUtcNow() + UntilNextUpload)
                : WriteAsync(claim, (db, ours, _) => PauseAsync(db, ours, campaign.Id, CampaignPause.TemplateUnfit)));
            return;
        }

        var due = (DateTimeOffset?)time.GetUtcNow();
        while (due is { } next && next <= time.GetUtcNow() && !cancellationToken.IsCancellationRequested
            && time.GetElapsedTime(started) < atMost)
        {
            due = await StepAsync(claim);
        }

        if (due is { } later)
        {
            await claims.ReleaseAsync(claim, later);
        }
    }

    /// <summary>Reason to pause for a user's decision, if something changed since the start.</summary>
    private async Task<CampaignPause?> ObstacleAsync(Campaign campaign)
    {
        if (!tenant.Actor.May(Permissions.CampaignsWrite))
        {
            return CampaignPause.NotAllowed;
        }

        await using var db = await contexts.CreateDbContextAsync();
        if (await SubscriptionPlans.MissingAsync(db, time.GetUtcNow(), FeatureNames.BulkMessaging, FeatureNames.WhatsAppTemplates)
            is not null)
        {
            return CampaignPause.NotInPlan;
        }

        if (await db.Channels.AsNoTracking().SingleOrDefaultAsync(channel => channel.Id == campaign.ChannelId)
            is not { AccessToken: not null } channel)
        {
            return CampaignPause.ChannelGone;
        }

        var content = await CampaignContent.LoadAsync(db, channel.BusinessAccountId ?? "", campaign);
        _content = content.Value;
        return !content.Succeeded ? CampaignPause.TemplateUnfit
            : channel.MarketingStoppedAt is not null && (content.Value.IsMarketing || await IsHeldBackAsync(db, campaign.Id))
                ? CampaignPause.MarketingStopped
            : null;
    }

    /// <summary>Uploads the header's file before the first message is written; null if there is nothing left to upload.</summary>
    private async Task<AppError?> UploadAsync(Claim<Campaign> claim)
    {
        var campaign = claim.Row;
        var values = CampaignText.ReadValues(campaign.Values);
        if (campaign.State is not (CampaignState.Scheduled or CampaignState.Queueing)
            || !values.Values.Any(value => value.File is { } file && file.ChannelId != campaign.ChannelId))
        {
            return null;
        }

        var uploaded = await uploads.UploadAsync(values, campaign.ChannelId!.Value);
        if (!uploaded.Succeeded)
        {
            return uploaded.Error;
        }

        campaign.Values = CampaignText.Write(uploaded.Value);
        await WriteAsync(claim, async (_, ours, _) =>
        {
            await ours.ExecuteUpdateAsync(set => set.SetProperty(c => c.Values, campaign.Values));
            return null;
        });
        _content = _content!.With(uploaded.Value);
        return null;
    }

    // A message keeps the translation that it was queued with, which may be in use no more. Its category now decides, as it does when the
    // message's turn comes: WhatsApp may have changed it since the message was held.
    private static async Task<bool> IsHeldBackAsync(AppDbContext db, long campaignId)
    {
        var categories = await db.Messages.Where(m => m.CampaignId == campaignId && m.State == OutboxState.Held)
            .Join(
                db.Templates, message => new { Name = message.TemplateName, Language = message.TemplateLanguage },
                template => new { Name = (string?)template.Name, Language = (string?)template.Language },
                (_, template) => template.Category)
            .Distinct().ToListAsync();
        return categories.Exists(SendConsent.IsMarketing);
    }

    /// <summary>Returns when there is more to do; null if there is nothing, or the campaign is claimed by another process.</summary>
    private async Task<DateTimeOffset?> StepAsync(Claim<Campaign> claim)
    {
        // Read before taking the write lock, since the selection may be large.
        var selected = await SelectAsync(claim);
        return await WriteAsync(claim, (db, ours, campaign) => campaign switch
        {
            { State: CampaignState.Scheduled } => BeginAsync(db, ours, campaign.Id),
            { State: CampaignState.Queueing, Chunks: 0 } => DistributeAsync(db, ours, campaign, selected ?? []),
            { State: CampaignState.Queueing } => QueueAsync(db, ours, campaign),
            { State: CampaignState.Running } => ReleaseAsync(db, ours, campaign),
            _ => Task.FromResult<DateTimeOffset?>(null),
        });
    }

    private async Task<DateTimeOffset?> WriteAsync(
        Claim<Campaign> claim, Func<AppDbContext, IQueryable<Campaign>, Campaign, Task<DateTimeOffset?>> step)
    {
        var next = await writer.WriteAsync<Next>(
            async db =>
            {
                var now = time.GetUtcNow();
                var ours = db.Campaigns.Where(campaign => campaign.Id == claim.Row.Id && campaign.LeaseOwner == claim.Owner);
                if (!await ours.RenewAsync(now + Lease))
                {
                    return new Next(null); // stopped, or claimed by another process
                }

                return new Next(
                    await step(db, ours, await db.Campaigns.AsNoTracking().SingleAsync(campaign => campaign.Id == claim.Row.Id)));
            },
            CancellationToken.None);
        return next.OrThrow().At;
    }

    private async Task<List<long>?> SelectAsync(Claim<Campaign> claim)
    {
        await using var db = await contexts.CreateDbContextAsync();
        var campaign = await db.Campaigns.AsNoTracking().SingleAsync(c => c.Id == claim.Row.Id);
        return campaign is { State: CampaignState.Queueing, Chunks: 0 } && CampaignText.ReadAudience(campaign.Audience) is { } audience
            ? await CampaignRecipients.SelectAsync(db, audience.Selection, tenant.Tenant, CancellationToken.None)
            : null;
    }

    private async Task<DateTimeOffset?> BeginAsync(AppDbContext db, IQueryable<Campaign> ours, long campaignId)
    {
        var now = time.GetUtcNow();
        await ours.ExecuteUpdateAsync(set => set
            .SetProperty(campaign => campaign.State, CampaignState.Queueing)
            .SetProperty(campaign => campaign.StartedAt, now));
        await CampaignEvents.NoteAsync(db, EventTypes.CampaignStarted, campaignId);
        return now;
    }

    /// <summary>Fixes the selection; exclusions are decided chunk by chunk.</summary>
    private async Task<DateTimeOffset?> DistributeAsync(AppDbContext db, IQueryable<Campaign> ours, Campaign campaign, List<long> selected)
    {
        if (selected.Count == 0)
        {
            return await FinishAsync(db, ours, campaign.Id);
        }

        var chunks = selected.Chunk(CampaignQueue.ChunkSize).ToList();
        await db.BulkInsertAsync([.. chunks.Select((ids, number) => new CampaignChunk
        {
            TenantId = campaign.TenantId,
            CampaignId = campaign.Id,
            Number = number,
            ContactIds = JsonSerializer.Serialize(ids),
        })]);
        await ours.ExecuteUpdateAsync(set => set
            .SetProperty(c => c.Chunks, chunks.Count)
            .SetProperty(c => c.Total, selected.Count));
        return time.GetUtcNow();
    }

    private async Task<DateTimeOffset?> QueueAsync(AppDbContext db, IQueryable<Campaign> ours, Campaign campaign)
    {
        var now = time.GetUtcNow();
        if (campaign.ChunksDone < campaign.Chunks)
        {
            var (queued, excluded) = await new CampaignQueue(db, _content!, time).AddAsync(campaign);
            await ours.ExecuteUpdateAsync(set => set
                .SetProperty(c => c.ChunksDone, c => c.ChunksDone + 1)
                .SetProperty(c => c.Queued, c => c.Queued + queued)
                .SetProperty(c => c.Excluded, c => c.Excluded + excluded));
        }

        if (campaign.ChunksDone + 1 >= campaign.Chunks)
        {
            await ours.ExecuteUpdateAsync(set => set.SetProperty(c => c.State, CampaignState.Running));
        }

        return now;
    }

    private async Task<DateTimeOffset?> ReleaseAsync(AppDbContext db, IQueryable<Campaign> ours, Campaign campaign)
    {
        var release = new CampaignRelease(db, time);
        var left = await release.ConversationsLeftAsync();
        if (left == 0 && await release.IsAnyHeldAsync(campaign.Id))
        {
            return await PauseAsync(db, ours, campaign.Id, CampaignPause.PlanLimit);
        }

        var next = await release.ReleaseAsync(campaign, ours, left);
        db.NoteChange(ChangeKind.Outbox);
        return next ?? await FinishAsync(db, ours, campaign.Id);
    }

    private async Task<DateTimeOffset?> FinishAsync(AppDbContext db, IQueryable<Campaign> ours, long campaignId)
    {
        var now = time.GetUtcNow();
        await ours.ExecuteUpdateAsync(set => set.EndLease(null)
            .SetProperty(campaign => campaign.State, CampaignState.Finished)
            .SetProperty(campaign => campaign.FinishedAt, now));
        await CampaignEvents.NoteAsync(db, EventTypes.CampaignFinished, campaignId);
        return null;
    }

    private static async Task<DateTimeOffset?> PauseAsync(
        AppDbContext db, IQueryable<Campaign> ours, long campaignId, CampaignPause because)
    {
        await CampaignRelease.HoldBackAsync(db, campaignId);
        await ours.ExecuteUpdateAsync(set => set.EndLease(null)
            .SetProperty(campaign => campaign.State, CampaignState.Paused)
            .SetProperty(campaign => campaign.PausedBecause, because));
        await CampaignEvents.NotePausedAsync(db, campaignId, by: null);
        return null;
    }

    private sealed record Next(DateTimeOffset? At);
}
