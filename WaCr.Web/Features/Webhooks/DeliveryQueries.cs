using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Lists;

namespace WaCr.Web.Features.Webhooks;

/// <summary>A webhook's deliveries of the last 30 days and their results.</summary>
public sealed class DeliveryQueries(IDbContextFactory<AppDbContext> contexts, TenantContext tenant, EventBodies bodies)
{
    /// <summary>Newest first.</summary>
    public async Task<Result<Page<DeliveryItem>>> ListAsync(long webhookId, DeliveryQuery query, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.WebhooksRead) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (!await db.Webhooks.AnyAsync(webhook => webhook.Id == webhookId, cancellationToken))
        {
            return WebhookErrors.NotFound;
        }

        var rows = query.Filters.Aggregate(Rows(db, webhookId), Narrow);
        var total = await rows.LongCountAsync(cancellationToken);
        var isOldestFirst = query.Sort is [{ Descending: false }, ..];
        var page = await (isOldestFirst ? rows.OrderBy(row => row.Delivery.Id) : rows.OrderByDescending(row => row.Delivery.Id))
            .Skip((int)Math.Min(query.Page.Skip, int.MaxValue)).Take(query.Page.Size).ToListAsync(cancellationToken);
        return new Page<DeliveryItem>(page.ConvertAll(row => ToItem(row, null)), query.Page, total);
    }

    /// <summary>A delivery with its body.</summary>
    public async Task<Result<DeliveryItem>> GetAsync(long webhookId, long id, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.WebhooksRead) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Rows(db, webhookId).SingleOrDefaultAsync(row => row.Delivery.Id == id, cancellationToken) is { } found
            ? ToItem(found, (await bodies.WriteAsync(db, [found.Event]))[found.Event.Id])
            : WebhookErrors.DeliveryNotFound;
    }

    private static IQueryable<Row> Rows(AppDbContext db, long webhookId) => db.WebhookDeliveries.AsNoTracking()
        .Where(delivery => delivery.WebhookId == webhookId)
        .Join(
            db.OutgoingEvents.AsNoTracking(),
            delivery => delivery.EventId,
            told => told.Id,
            (delivery, told) => new Row { Delivery = delivery, Event = told });

    private static IQueryable<Row> Narrow(IQueryable<Row> rows, FilterTerm filter) => rows.Where(filter.Field switch
    {
        WebhookFields.Status => FilterExpressions.Where(
            (Row row) =>
                row.Delivery.State, filter.Operator,
                [
                    .. filter.Numbers.Select(number => (DeliveryState)number)
                ], filter.Numbers is [1, ..]),
        WebhookFields.Event =>
            FilterExpressions.Where((Row row) => row.Event.Type, filter.Operator, filter.Texts, filter.Numbers is [1, ..]),
        WebhookFields.CreatedAt => FilterExpressions.WhereTime((Row row) => row.Delivery.CreatedAt, filter),
        _ => throw new NotSupportedException($"Deliveries have no filter {filter.Field}."),
    });

    private static DeliveryItem ToItem(Row row, string? body) => new()
    {
        Id = row.Delivery.Id,
        EventKey = row.Event.Key,
        EventType = row.Event.Type,
        ResourceId = row.Event.ResourceId,
        State = row.Delivery.State,
        Attempts = row.Delivery.Attempts,
        LastStatus = row.Delivery.LastStatus,
        LastAttemptAt = row.Delivery.LastAttemptAt,
        NextAttemptAt = row.Delivery.DueAt,
        CreatedAt = row.Delivery.CreatedAt,
        Log = DeliveryLog.Read(row.Delivery.Log),
        Body = body,
    };

    private sealed class Row
    {
        public required WebhookDelivery Delivery { get; init; }
        public required OutgoingEvent Event { get; init; }
    }
}
