using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Messaging;
using WaCr.Web.Features.Plans;
using WaCr.Web.Features.Work;

namespace WaCr.Web.Features.Campaigns;

/// <summary>Starts and stops campaigns. The selection is resolved on start.</summary>
public sealed class CampaignService(
    IDatabaseWriter writer, IDbContextFactory<AppDbContext> contexts, TenantContext tenant, CampaignQueries queries,
    CampaignForecast forecast, UsageGate usage,
    TimeProvider time)
{
    private static readonly CampaignState[] Stoppable =
    [
        CampaignState.Scheduled, CampaignState.Queueing, CampaignState.Running, CampaignState.Paused
    ];

    // Messages cancelled per write, because other writers wait for it.
    private const int TakenBackAtOnce = 2_000;

    /// <summary>How long a start in the app can be taken back before anything is sent.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    /// <summary>Starts it now or at its scheduled time. Starting twice has no further effect.</summary>
    public Task<Result<CampaignDetails>> StartAsync(long id, CancellationToken cancellationToken) =>
        StartAsync(id, TimeSpan.Zero, cancellationToken);

    /// <param name="grace">Until then <see cref="ReturnToDraftAsync"/> takes it back; of no account to one with a time of its own.</param>
    public async Task<Result<CampaignDetails>> StartAsync(long id, TimeSpan grace, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.CampaignsWrite) is { } forbidden)
        {
            return forbidden;
        }

        var found = await queries.FindAsync(id, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Error;
        }

        if (found.Value.Item.State != CampaignState.Draft)
        {
            return new CampaignMovedOnError();
        }

        if (await ObstacleAsync(found.Value, cancellationToken) is { } obstacle)
        {
            return obstacle;
        }

        var started = await writer.WriteAsync<Done>(db => StartAsync(db, id, found.Value.Item.ScheduledAt, grace), cancellationToken);
        return started.Succeeded ? await queries.FindAsync(id, cancellationToken) : started.Error;
    }

    /// <summary>Takes a start back that has not begun: a draft again, which does not count against the plan.</summary>
    public Task<Result<CampaignDetails>> ReturnToDraftAsync(long id, CancellationToken cancellationToken) => ChangeAsync(
        id,
        async db =>
        {
            var changed = await db.Campaigns.Where(c => c.Id == id && c.State == CampaignState.Scheduled)
                .ExecuteUpdateAsync(set => set.EndLease(null)
                    .SetProperty(c => c.State, CampaignState.Draft)
                    .SetProperty(c => c.UpdatedAt, time.GetUtcNow()));
            await usage.GiveBackAsync(db, Metric.Campaigns, changed);
            return changed;
        },
        cancellationToken);

    /// <summary>Pauses it. Unsent messages wait; those being sent go on.</summary>
    public Task<Result<CampaignDetails>> PauseAsync(long id, CancellationToken cancellationToken) => ChangeAsync(
        id,
        async db =>
        {
            var changed = await db.Campaigns.Where(c => c.Id == id
                && (c.State == CampaignState.Queueing || c.State == CampaignState.Running))
                .ExecuteUpdateAsync(set => set.EndLease(null)
                    .SetProperty(c => c.State, CampaignState.Paused)
                    .SetProperty(c => c.PausedBecause, CampaignPause.ByPerson)
                    .SetProperty(c => c.UpdatedAt, time.GetUtcNow()));
            await CampaignRelease.HoldBackAsync(db, changed == 0 ? 0 : id);
            if (changed > 0)
            {
                await CampaignEvents.NotePausedAsync(
                    db, id, tenant.Actor.Kind == ActorKind.User ? tenant.Actor.Id : null);
            }

            return changed;
        },
        cancellationToken);

    /// <summary>Resumes it, from now on as the current user.</summary>
    public Task<Result<CampaignDetails>> ResumeAsync(long id, CancellationToken cancellationToken)
    {
        var (now, actor) = (time.GetUtcNow(), tenant.Actor);
        return ChangeAsync(
            id,
            db => db.Campaigns.Where(c => c.Id == id && c.State == CampaignState.Paused).ExecuteUpdateAsync(set => set
                .SetProperty(c => c.State, c => c.Chunks == 0 || c.ChunksDone < c.Chunks ? CampaignState.Queueing : CampaignState.Running)
                .SetProperty(c => c.PausedBecause, (CampaignPause?)null)
                .SetProperty(c => c.StartedAt, c => c.StartedAt ?? now)
                .SetProperty(c => c.PacedUntil, (DateTimeOffset?)null)
                .SetProperty(c => c.ActorKind, actor.Kind)
                .SetProperty(c => c.ActorId, actor.Id)
                .SetProperty(c => c.ActorName, actor.Name)
                .SetProperty(c => c.DueAt, now)
                .SetProperty(c => c.UpdatedAt, now)),
            cancellationToken);
    }

    /// <summary>
    /// Cancels it for good; unsent messages are never sent. A campaign that was only scheduled does not count against the plan.
    /// </summary>
    public async Task<Result<CampaignDetails>> CancelAsync(long id, CancellationToken cancellationToken)
    {
        var cancelled = await ChangeAsync(
            id,
            async db =>
            {
                var now = time.GetUtcNow();
                // Each by its own statement: it may begin meanwhile, and then counts against the plan.
                var waited = await EndAsync(db.Campaigns.Where(c => c.Id == id && c.State == CampaignState.Scheduled), now);
                var changed = waited + await EndAsync(db.Campaigns.Where(c => c.Id == id && Stoppable.Contains(c.State)), now);
                if (changed == 1)
                {
                    await CampaignRelease.HoldBackAsync(db, id);
                    await db.CampaignChunks.Where(chunk => chunk.CampaignId == id).ExecuteDeleteAsync();
                    await usage.GiveBackAsync(db, Metric.Campaigns, waited);
                    await CampaignEvents.NoteAsync(db, EventTypes.CampaignFinished, id);
                }

                return changed;
            },
            cancellationToken);
        if (!cancelled.Succeeded)
        {
            return cancelled;
        }

        // Nothing can release them any more. Cancelled in batches, so that no other writer waits long.
        while ((await writer.WriteAsync<int>(db => TakeBackAsync(db, id), CancellationToken.None)).OrThrow() == TakenBackAtOnce)
        {
        }

        return await queries.FindAsync(id, cancellationToken);
    }

    /// <summary>
    /// Sends again to recipients whose message WhatsApp certainly never accepted. Skips uncertain and undeliverable messages and contacts
    /// who opted out.
    /// </summary>
    public Task<Result<CampaignDetails>> RetryAsync(long id, CancellationToken cancellationToken)
    {
        var (now, actor) = (time.GetUtcNow(), tenant.Actor);
        return ChangeAsync(
            id,
            async db =>
            {
                var changed = await db.Campaigns
                    .Where(c => c.Id == id
                        && (c.State == CampaignState.Finished || c.State == CampaignState.Running || c.State == CampaignState.Paused))
                    .ExecuteUpdateAsync(set => set
                        .SetProperty(c => c.State, c => c.State == CampaignState.Finished ? CampaignState.Running : c.State)
                        .SetProperty(c => c.ActorKind, actor.Kind)
                        .SetProperty(c => c.ActorId, actor.Id)
                        .SetProperty(c => c.ActorName, actor.Name)
                        .SetProperty(c => c.DueAt, c => c.State == CampaignState.Finished ? now : c.DueAt)
                        .SetProperty(c => c.FinishedAt, (DateTimeOffset?)null)
                        .SetProperty(c => c.UpdatedAt, now));
                var again = changed == 0
                    ? 0
                    : await MessageTransitions.RetryAsync(CampaignProgress.Retryable(db, id), OutboxState.Held, null, now);
                return again > 0 ? changed : 0;
            },
            cancellationToken);
    }

    /// <summary>A user's change to a running campaign; fails if no row was in a state for it.</summary>
    private static Task<int> EndAsync(IQueryable<Campaign> campaign, DateTimeOffset now) =>
        campaign.ExecuteUpdateAsync(set => set.EndLease(null)
            .SetProperty(c => c.State, CampaignState.Cancelled)
            .SetProperty(c => c.PausedBecause, (CampaignPause?)null)
            .SetProperty(c => c.FinishedAt, now)
            .SetProperty(c => c.UpdatedAt, now));

    private async Task<Result<CampaignDetails>> ChangeAsync(
        long id, Func<AppDbContext, Task<int>> change, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.CampaignsWrite) is { } forbidden)
        {
            return forbidden;
        }

        var changed = await writer.WriteAsync<Done>(
            async db => await change(db) == 1 ? default(Done) : new CampaignMovedOnError(), // rolls the write back
            cancellationToken);
        if (!changed.Succeeded)
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            return await db.Campaigns.AnyAsync(campaign => campaign.Id == id, cancellationToken) ? changed.Error : CampaignErrors.NotFound;
        }

        return await queries.FindAsync(id, cancellationToken);
    }

    /// <summary>Everything that prevents the start, field errors first.</summary>
    private async Task<AppError?> ObstacleAsync(CampaignDetails campaign, CancellationToken cancellationToken)
    {
        await using (var db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            if (await SubscriptionPlans.MissingAsync(db, time.GetUtcNow(), FeatureNames.BulkMessaging, FeatureNames.WhatsAppTemplates)
                is { } missing)
            {
                return missing;
            }
        }

        var errors = new FieldErrors();
        if (campaign.Item.Name.Length == 0)
        {
            errors.Add(CampaignFieldNames.Name, CampaignErrors.NameRequired);
        }

        if (campaign.Item.ScheduledAt <= time.GetUtcNow())
        {
            errors.Add(CampaignFieldNames.ScheduledAt, CampaignErrors.InThePast);
        }

        var preview = await forecast.PreviewAsync(campaign.Item.Id, cancellationToken);
        if (preview.Error is ValidationError invalid)
        {
            errors.AddAll(invalid.Fields);
        }
        else if (preview.Error is { } error)
        {
            return error;
        }
        else if (preview.Value!.Recipients == 0)
        {
            errors.Add(CampaignFieldNames.Audience, CampaignErrors.NobodyLeft);
        }

        if (errors.Any)
        {
            return new ValidationError(errors);
        }

        return preview.Value is { FitsThePlan: false } tooMany && IsThisMonth(campaign.Item.ScheduledAt)
            ? new LimitExceededError(FeatureNames.Of(Metric.Conversations), tooMany.NewConversations, tooMany.ConversationsLeft!.Value)
            : null;
    }

    // The plan counts conversations by month.
    private bool IsThisMonth(DateTimeOffset? at) =>
        at is not { } later
            || UsageGate.PeriodOf(Metric.Conversations, later) == UsageGate.PeriodOf(Metric.Conversations, time.GetUtcNow());

    private async Task<Result<Done>> StartAsync(AppDbContext db, long id, DateTimeOffset? scheduledAt, TimeSpan grace)
    {
        if (await usage.TakeAsync(db, Metric.Campaigns, 1) is { } limit)
        {
            return limit;
        }

        var (now, actor) = (time.GetUtcNow(), tenant.Actor);
        var (state, startedAt) = scheduledAt is null && grace == TimeSpan.Zero
            ? (CampaignState.Queueing, now)
            : (CampaignState.Scheduled, (DateTimeOffset?)null);
        var started = await db.Campaigns.Where(c => c.Id == id && c.State == CampaignState.Draft).ExecuteUpdateAsync(set => set
            .SetProperty(c => c.State, state)
            .SetProperty(c => c.StartedAt, startedAt)
            .SetProperty(c => c.DueAt, scheduledAt ?? now + grace)
            .SetProperty(c => c.ActorKind, actor.Kind)
            .SetProperty(c => c.ActorId, actor.Id)
            .SetProperty(c => c.ActorName, actor.Name)
            .SetProperty(c => c.UpdatedAt, now));
        if (started == 1 && state == CampaignState.Queueing)
        {
            await CampaignEvents.NoteAsync(db, EventTypes.CampaignStarted, id);
        }

        return started == 1 ? default(Done) : new CampaignMovedOnError();
    }

    private static async Task<Result<int>> TakeBackAsync(AppDbContext db, long id)
    {
        var some = await db.Messages.Where(m => m.CampaignId == id && m.State == OutboxState.Held)
            .OrderBy(m => m.Id)
            .Take(TakenBackAtOnce)
            .Select(m => m.Id)
            .ToListAsync();
        return some.Count == 0 ? 0 : await MessageTransitions.CancelAsync(db.Messages.Where(m => some.Contains(m.Id)), db.Now);
    }
}
