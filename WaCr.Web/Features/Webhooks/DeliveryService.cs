using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Webhooks;

/// <summary>Sends deliveries again, with the same <c>webhook-id</c> and a new retry schedule.</summary>
public sealed class DeliveryService(IDatabaseWriter writer, TenantContext tenant, TimeProvider time)
{
    /// <summary>Sends one delivery again, whatever its result was.</summary>
    public async Task<Result<Done>> RedeliverAsync(long webhookId, long id, CancellationToken cancellationToken)
    {
        var sent = await SendAgainAsync(webhookId, rows => rows.Where(row => row.Id == id), cancellationToken);
        return !sent.Succeeded ? sent.Error : sent.Value == 0 ? WebhookErrors.DeliveryNotFound : default(Done);
    }

    /// <summary>Sends failed deliveries again; returns how many.</summary>
    public Task<Result<int>> RedeliverFailedAsync(long webhookId, RedeliverFailed which, CancellationToken cancellationToken) =>
        SendAgainAsync(
        webhookId,
        rows => rows.Where(row => row.State == DeliveryState.Failed && (which.Since == null || row.CreatedAt >= which.Since)),
        cancellationToken);

    private async Task<Result<int>> SendAgainAsync(
        long webhookId, Func<IQueryable<WebhookDelivery>, IQueryable<WebhookDelivery>> choose, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.WebhooksWrite) is { } forbidden)
        {
            return forbidden;
        }

        return await writer.WriteAsync<int>(
            async db =>
            {
                if (await db.Webhooks.Where(row => row.Id == webhookId).Select(row => (WebhookStatus?)row.Status).SingleOrDefaultAsync()
                    is not { } status)
                {
                    return WebhookErrors.NotFound;
                }

                if (status == WebhookStatus.Disabled)
                {
                    return new ValidationError(WebhookFields.IsActive, WebhookErrors.Disabled);
                }

                var now = time.GetUtcNow();
                db.NoteChange(ChangeKind.Deliveries);
                return await choose(db.WebhookDeliveries.Where(row => row.WebhookId == webhookId)).ExecuteUpdateAsync(set => set
                    .SetProperty(row => row.State, DeliveryState.Waiting)
                    .SetProperty(row => row.Attempts, 0)
                    .SetProperty(row => row.DueAt, now));
            },
            cancellationToken);
    }
}
