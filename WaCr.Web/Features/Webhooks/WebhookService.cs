using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Downloads;
using WaCr.Web.Features.Idempotency;

namespace WaCr.Web.Features.Webhooks;

/// <summary>Creates, changes and tests a tenant's webhooks. Stored secrets are never returned.</summary>
public sealed class WebhookService(
    IDatabaseWriter writer, IDbContextFactory<AppDbContext> contexts, TenantContext tenant, WebhookSecrets secrets, EventBodies bodies,
    RemotePosts posts,
    OnceWriter once, TimeProvider time)
{
    private const string Feature = "webhooks";
    private const int DeletedAtOnce = 2_000;

    /// <summary>All webhooks, oldest first; at most <see cref="Webhook.MaxPerTenant"/>.</summary>
    public async Task<Result<IReadOnlyList<WebhookDetails>>> ListAsync(CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.WebhooksRead) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return (await db.Webhooks.AsNoTracking().OrderBy(webhook => webhook.Id).ToListAsync(cancellationToken)).ConvertAll(ToDetails);
    }

    public async Task<Result<WebhookDetails>> GetAsync(long id, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.WebhooksRead) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Webhooks.AsNoTracking().SingleOrDefaultAsync(webhook => webhook.Id == id, cancellationToken) is { } webhook
            ? ToDetails(webhook)
            : WebhookErrors.NotFound;
    }

    public async Task<Result<WebhookWithSecret>> CreateAsync(WebhookPatch patch, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.WebhooksWrite) is { } forbidden)
        {
            return forbidden;
        }

        if (once.Recall<WebhookDetails>() is { } known)
        {
            return new WebhookWithSecret(known, null);
        }

        var draft = WebhookDraft.Read(patch, isNew: true);
        await CheckAddressAsync(draft, cancellationToken);
        if (draft.Errors.Any)
        {
            return new ValidationError(draft.Errors);
        }

        var secret = WebhookSecrets.Create();
        var kept = secrets.Protect(tenant.TenantId, secret); // outside the write, see WebhookSecrets
        return await once.WriteAsync<WebhookWithSecret, WebhookDetails>(
            async db =>
            {
                await db.LockCountAsync(nameof(db.Webhooks));
                if (await db.Webhooks.CountAsync() is >= Webhook.MaxPerTenant and var count)
                {
                    return new LimitExceededError(Feature, count, Webhook.MaxPerTenant);
                }

                var webhook = new Webhook { Secret = kept };
                draft.ApplyTo(webhook);
                db.Webhooks.Add(webhook);
                await db.SaveChangesAsync();
                return new WebhookWithSecret(ToDetails(webhook), secret);
            },
            created => created.Webhook,
            cancellationToken);
    }

    public async Task<Result<WebhookDetails>> UpdateAsync(long id, WebhookPatch patch, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.WebhooksWrite) is { } forbidden)
        {
            return forbidden;
        }

        var draft = WebhookDraft.Read(patch, isNew: false);
        await CheckAddressAsync(draft, cancellationToken);
        return await writer.WriteAsync<WebhookDetails>(
            async db =>
            {
                if (await db.Webhooks.SingleOrDefaultAsync(row => row.Id == id) is not { } webhook)
                {
                    return WebhookErrors.NotFound;
                }

                if (draft.Errors.Any)
                {
                    return new ValidationError(draft.Errors);
                }

                draft.ApplyTo(webhook);
                await db.SaveChangesAsync();
                return ToDetails(webhook);
            },
            cancellationToken);
    }

    /// <summary>Deletes a webhook with its deliveries.</summary>
    public async Task<Result<Done>> DeleteAsync(long id, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.WebhooksWrite) is { } forbidden)
        {
            return forbidden;
        }

        var deleted = await writer.WriteAsync<Done>(
            async db =>
            {
                if (await db.Webhooks.SingleOrDefaultAsync(row => row.Id == id) is not { } webhook)
                {
                    return WebhookErrors.NotFound;
                }

                db.Remove(webhook);
                await db.SaveChangesAsync();
                return default(Done);
            },
            cancellationToken);
        while (deleted.Succeeded && (await writer.WriteAsync<int>(db => DeleteDeliveriesAsync(db, id), CancellationToken.None))
            .Value == DeletedAtOnce)
        {
            // In small batches, because other writers wait.
        }

        return deleted;
    }

    /// <summary>Creates a new secret. The old one also signs for 24 more hours.</summary>
    public async Task<Result<WebhookWithSecret>> RotateSecretAsync(long id, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.WebhooksWrite) is { } forbidden)
        {
            return forbidden;
        }

        var secret = WebhookSecrets.Create();
        var kept = secrets.Protect(tenant.TenantId, secret);
        return await writer.WriteAsync<WebhookWithSecret>(
            async db =>
            {
                await db.LockValueAsync(nameof(db.Webhooks), "secret"); // one at a time, so each secret that was answered is kept
                if (await db.Webhooks.SingleOrDefaultAsync(row => row.Id == id) is not { } webhook)
                {
                    return WebhookErrors.NotFound;
                }

                WebhookSecrets.Replace(webhook, kept, time.GetUtcNow());
                await db.SaveChangesAsync();
                return new WebhookWithSecret(ToDetails(webhook), secret);
            },
            cancellationToken);
    }

    /// <summary>Sends a <c>ping</c> while the caller waits; it is not stored.</summary>
    public async Task<Result<DeliveryAttempt>> TestAsync(long id, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.WebhooksWrite) is { } forbidden)
        {
            return forbidden;
        }

        var now = time.GetUtcNow();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.Webhooks.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } webhook)
        {
            return WebhookErrors.NotFound;
        }

        var (key, body) = await bodies.PingAsync(db, id, now);
        var request = WebhookRequest.Sign(key, body, secrets.Of(webhook, now), now);
        var outcome = await posts.PostAsync(webhook.Url, request.Body, request.Headers, cancellationToken);
        return new DeliveryAttempt(now, outcome.Status, (int)outcome.Duration.TotalMilliseconds, outcome.Answer);
    }

    private async Task CheckAddressAsync(WebhookDraft draft, CancellationToken cancellationToken)
    {
        if (!string.IsNullOrEmpty(draft.Url) && !draft.Errors.Has(WebhookFields.Url)
            && (await posts.CheckAsync(WebhookFields.Url, draft.Url, cancellationToken)).Error is ValidationError refused)
        {
            draft.Errors.AddAll(refused.Fields);
        }
    }

    private static async Task<Result<int>> DeleteDeliveriesAsync(AppDbContext db, long webhookId)
    {
        var some = await db.WebhookDeliveries.Where(row => row.WebhookId == webhookId)
            .OrderBy(row => row.Id)
            .Take(DeletedAtOnce)
            .Select(row => row.Id)
            .ToListAsync();
        return some.Count == 0 ? 0 : await db.WebhookDeliveries.Where(row => some.Contains(row.Id)).ExecuteDeleteAsync();
    }

    private static WebhookDetails ToDetails(Webhook webhook) => new()
    {
        Id = webhook.Id,
        Url = webhook.Url,
        Description = webhook.Description,
        Events = webhook.Events.Split(' '),
        Status = webhook.Status,
        DisabledBecause = webhook.DisabledBecause,
        FailingSince = webhook.FailingSince,
        LastSuccessAt = webhook.LastSuccessAt,
        CreatedAt = webhook.CreatedAt,
        UpdatedAt = webhook.UpdatedAt,
    };
}
