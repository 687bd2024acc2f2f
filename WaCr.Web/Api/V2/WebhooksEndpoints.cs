using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc;
using WaCr.Web.Api.Answers;
using WaCr.Web.Api.Requests;
using WaCr.Web.Api.Wire;
using WaCr.Web.Features.Webhooks;

namespace WaCr.Web.Api.V2;

internal static class WebhooksEndpoints
{
    private const string Path = "/webhooks";
    private const string PathOfOne = "/webhooks/{id}";
    private const string PathOfDeliveries = "/webhooks/{id}/deliveries";
    private const string PathOfDelivery = "/webhooks/{id}/deliveries/{delivery_id}";
    private const string Failed = "failed";

    public static void MapWebhooks(this IEndpointRouteBuilder api)
    {
        api.MapRead(Path, ListAsync, new("listWebhooks", "List webhooks", Permissions.WebhooksRead)
        {
            Description = "Lists the addresses that are told of changes.",
            List = WebhookWire.List,
        });
        api.MapPost(Path, CreateAsync).Reads(ReadPatch).Describe(new("createWebhook", "Create webhook", Permissions.WebhooksWrite)
        {
            Description = "Registers an address that is told of changes. Its secret, which signs every request, comes back this once.",
            Body = WebhookWire.BodySchema(isNew: true),
            Example = WebhookWire.Example(),
            Data = WebhookWire.WithSecretSchema(),
            SuccessCode = StatusCodes.Status201Created,
        });
        api.MapRead(PathOfOne, GetAsync, new("getWebhook", "Retrieve webhook", Permissions.WebhooksRead)
        {
            Description = "Reads one webhook, with whether its receiver takes what it is sent.",
            Single = WebhookWire.List,
        });
        api.MapPatch(PathOfOne, UpdateAsync).Reads(ReadPatch).Describe(new("updateWebhook", "Update webhook", Permissions.WebhooksWrite)
        {
            Description = "Changes the address, the events or the description of a webhook, pauses it or lets it go on.",
            Body = WebhookWire.BodySchema(isNew: false),
            Example = new JsonObject { [WebhookFields.IsActive] = false },
            Data = Schemas.RefTo(WebhookWire.Shape.Name),
        });
        api.MapDelete(PathOfOne, DeleteAsync).Describe(new("deleteWebhook", "Delete webhook", Permissions.WebhooksWrite)
        {
            Description = "Removes a webhook; nothing more is sent to its address.",
        });
        api.MapPost(PathOfOne + "/rotate-secret", RotateAsync)
            .Describe(new("rotateWebhookSecret", "Rotate webhook secret", Permissions.WebhooksWrite)
            {
                Description = "Makes a new secret, which comes back this once. The old one signs beside it for 24 hours.",
                Data = WebhookWire.WithSecretSchema(),
            });
        api.MapPost(PathOfOne + "/test", TestAsync).Describe(new("testWebhook", "Test webhook", Permissions.WebhooksWrite)
        {
            Description = "Sends a `ping` to the address now, and answers what the receiver said.",
            Data = Schemas.RefTo(WebhookWire.Attempt.Name),
        });
        api.MapRead(PathOfDeliveries, ListDeliveriesAsync, new("listWebhookDeliveries", "List webhook deliveries", Permissions.WebhooksRead)
        {
            Description = "Lists what a webhook was sent in the last 30 days, and what became of it.",
            List = WebhookWire.DeliveryList,
        });
        api.MapRead(PathOfDelivery, GetDeliveryAsync, new("getWebhookDelivery", "Retrieve webhook delivery", Permissions.WebhooksRead)
        {
            Description = "Reads one delivery, with each try and the body that was sent.",
            Single = WebhookWire.SingleDelivery,
        });
        api.MapPost(PathOfDelivery + "/redeliver", RedeliverAsync)
            .Describe(new("redeliverWebhookDelivery", "Redeliver webhook delivery", Permissions.WebhooksWrite)
            {
                Description = "Sends one delivery again, under the same `webhook-id`.",
                Problems = [StatusCodes.Status422UnprocessableEntity],
            });
        api.MapPost(PathOfOne + "/redeliver", RedeliverFailedAsync)
            .Reads(ReadSince)
            .Describe(new("redeliverFailedWebhookDeliveries", "Redeliver failed webhook deliveries", Permissions.WebhooksWrite)
            {
                Description = "Sends again all deliveries that failed, or those since a time, each under the same `webhook-id`.",
                Body = Schemas.Object(
                (WebhookFields.Since, Schemas.Time("Deliveries from then on; left out: all that are kept.").OrNull()),
                (WebhookFields.Status, Schemas.Word("Failed ones alone can be sent again together.", Failed))),
                Example = new JsonObject { [WebhookFields.Since] = "2026-01-01T00:00:00+00:00", [WebhookFields.Status] = Failed },
                Data = Schemas.Object(("redelivered", Schemas.Integer("How many are sent again.", 12))).Required("redelivered"),
            });
    }

    private static async Task<IResult> ListAsync(ListRequest list, WebhookService webhooks, CancellationToken cancellationToken)
    {
        var all = await webhooks.ListAsync(cancellationToken);
        return all.Succeeded
            ? ShortList.Answer(
                "Webhooks retrieved successfully",
                all.Value,
                list,
                WebhookWire.Shape,
                webhook => $"{webhook.Url}\n{webhook.Description}",
                SortKey)
            : Problem.From(all.Error);
    }

    private static async Task<IResult> GetAsync(
        string id, FieldSelection selection, WebhookService webhooks, CancellationToken cancellationToken)
    {
        var found = await webhooks.GetAsync(RouteId.Read(id), cancellationToken);
        return found.Succeeded
            ? new ItemAnswer<WebhookDetails>("Webhook retrieved successfully", found.Value, WebhookWire.Shape, selection.Fields)
            : Problem.From(found.Error);
    }

    private static async Task<IResult> CreateAsync(
        Body<WebhookPatch> body, ApiCall call, WebhookService webhooks, CancellationToken cancellationToken)
    {
        call.ToStore = WithoutSecret;
        var created = await webhooks.CreateAsync(body.Value, cancellationToken);
        return created.Succeeded
            ? new ObjectAnswer(
                "Webhook created successfully", json => WebhookWire.WriteWithSecret(json, created.Value), StatusCodes.Status201Created)
            {
                Location = V2Routes.LocationOf(Path, created.Value.Webhook.Id),
            }
            : Problem.From(created.Error);
    }

    private static async Task<IResult> UpdateAsync(
        string id, Body<WebhookPatch> body, WebhookService webhooks, CancellationToken cancellationToken)
    {
        var updated = await webhooks.UpdateAsync(RouteId.Read(id), body.Value, cancellationToken);
        return updated.Succeeded
            ? new ItemAnswer<WebhookDetails>("Webhook updated successfully", updated.Value, WebhookWire.Shape, WebhookWire.Shape.Default)
            : Problem.From(updated.Error);
    }

    private static async Task<IResult> DeleteAsync(string id, WebhookService webhooks, CancellationToken cancellationToken)
    {
        var deleted = await webhooks.DeleteAsync(RouteId.Read(id), cancellationToken);
        return deleted.Succeeded ? new EmptyAnswer("Webhook deleted successfully") : Problem.From(deleted.Error);
    }

    private static async Task<IResult> RotateAsync(string id, ApiCall call, WebhookService webhooks, CancellationToken cancellationToken)
    {
        call.ToStore = WithoutSecret;
        var rotated = await webhooks.RotateSecretAsync(RouteId.Read(id), cancellationToken);
        return rotated.Succeeded
            ? new ObjectAnswer("Webhook secret rotated successfully", json => WebhookWire.WriteWithSecret(json, rotated.Value))
            : Problem.From(rotated.Error);
    }

    private static async Task<IResult> TestAsync(string id, WebhookService webhooks, CancellationToken cancellationToken)
    {
        var tested = await webhooks.TestAsync(RouteId.Read(id), cancellationToken);
        return tested.Succeeded
            ? new ItemAnswer<DeliveryAttempt>("Webhook tested", tested.Value, WebhookWire.Attempt, WebhookWire.Attempt.Default)
            : Problem.From(tested.Error);
    }

    private static async Task<IResult> ListDeliveriesAsync(
        string id, ListRequest list, DeliveryQueries deliveries, CancellationToken cancellationToken)
    {
        var page = await deliveries.ListAsync(
            RouteId.Read(id), new DeliveryQuery { Page = list.Page, Sort = list.Sort, Filters = list.Filters }, cancellationToken);
        return page.Succeeded
            ? new PageAnswer<DeliveryItem>("Webhook deliveries retrieved successfully", page.Value, WebhookWire.Delivery, list.Fields)
            : Problem.From(page.Error);
    }

    private static async Task<IResult> GetDeliveryAsync(
        string id, [FromRoute(Name = "delivery_id")] string deliveryId, FieldSelection selection, DeliveryQueries deliveries,
        CancellationToken cancellationToken)
    {
        var found = await deliveries.GetAsync(RouteId.Read(id), RouteId.Read(deliveryId), cancellationToken);
        return found.Succeeded
            ? new ItemAnswer<DeliveryItem>(
                "Webhook delivery retrieved successfully", found.Value, WebhookWire.WholeDelivery, selection.Fields)
            : Problem.From(found.Error);
    }

    private static async Task<IResult> RedeliverAsync(
        string id, [FromRoute(Name = "delivery_id")] string deliveryId, DeliveryService deliveries, CancellationToken cancellationToken)
    {
        var sent = await deliveries.RedeliverAsync(RouteId.Read(id), RouteId.Read(deliveryId), cancellationToken);
        return sent.Succeeded ? new EmptyAnswer("Webhook delivery is sent again") : Problem.From(sent.Error);
    }

    private static async Task<IResult> RedeliverFailedAsync(
        string id, Body<RedeliverFailed> body, DeliveryService deliveries, CancellationToken cancellationToken)
    {
        var sent = await deliveries.RedeliverFailedAsync(RouteId.Read(id), body.Value, cancellationToken);
        return sent.Succeeded
            ? new ObjectAnswer("Webhook deliveries are sent again", json => json.WriteNumber("redelivered"u8, sent.Value))
            : Problem.From(sent.Error);
    }

    private static RedeliverFailed ReadSince(JsonElement body, FieldErrors errors)
    {
        var reader = new ObjectReader(body);
        var (since, status) = (reader.Text(WebhookFields.Since).Or(null), reader.Text(WebhookFields.Status).Or(null));
        errors.AddAll(reader.Unreadable);
        if (status is not (null or Failed))
        {
            errors.Add(WebhookFields.Status, WebhookErrors.StatusFailed);
        }

        if (since is null)
        {
            return new RedeliverFailed(null);
        }

        if (TimeValue.TryParse(since, out var span))
        {
            return new RedeliverFailed(new DateTimeOffset(span.From, TimeSpan.Zero));
        }

        errors.Add(WebhookFields.Since, WebhookErrors.SinceInvalid);
        return new RedeliverFailed(null);
    }

    private static WebhookPatch ReadPatch(JsonElement body)
    {
        var reader = new ObjectReader(body);
        return new WebhookPatch
        {
            Url = reader.Text(WebhookFields.Url),
            Events = body.TryGetProperty(WebhookFields.Events, out _) ? reader.Texts(WebhookFields.Events) : null,
            Description = reader.Text(WebhookFields.Description),
            IsActive = body.TryGetProperty(WebhookFields.IsActive, out var given) && given.ValueKind != JsonValueKind.Null
                ? reader.BooleanOr(WebhookFields.IsActive, true) : default(Optional<bool>),
            Unreadable = reader.Unreadable,
        };
    }

    // Answers stored for an idempotency key are in clear, so the secret is removed.
    private static byte[] WithoutSecret(byte[] answer)
    {
        var json = JsonNode.Parse(answer)!.AsObject();
        if (json["data"] is JsonObject data && data.ContainsKey("secret"))
        {
            data["secret"] = null;
        }

        return JsonSerializer.SerializeToUtf8Bytes(json);
    }

    private static object SortKey(WebhookDetails webhook, string field) => field switch
    {
        WebhookFields.Url => TextKey.Folded(webhook.Url),
        WebhookFields.CreatedAt => webhook.CreatedAt,
        _ => webhook.Id,
    };
}
