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

    public static void MapWebhooks(this IEndpointRouteBuilder api)
    {
        api.MapRead(Path, ListAsync, new("listWebhooks", "List webhooks", Permissions.WebhooksRead)
        {
            Description = "Lists the addresses that are told of changes.",
            List = WebhookWire.List,
        });
        api.MapPost(Path, CreateAsync)
            .Reads(WebhookBody.ReadPatch)
            .Describe(new("createWebhook", "Create webhook", Permissions.WebhooksWrite)
            {
                Description = "Registers an address that is told of changes. Its secret, which signs every request, comes back this once.",
                Body = WebhookBody.Schema(isNew: true),
                Example = WebhookBody.Example(),
                Data = WebhookWire.WithSecretSchema(),
                SuccessCode = StatusCodes.Status201Created,
            });
        api.MapRead(PathOfOne, GetAsync, new("getWebhook", "Retrieve webhook", Permissions.WebhooksRead)
        {
            Description = "Reads one webhook, with whether its receiver takes what it is sent.",
            Single = WebhookWire.List,
        });
        api.MapPatch(PathOfOne, UpdateAsync)
            .Reads(WebhookBody.ReadPatch)
            .Describe(new("updateWebhook", "Update webhook", Permissions.WebhooksWrite)
            {
                Description = "Changes the address, the events or the description of a webhook, pauses it or lets it go on.",
                Body = WebhookBody.Schema(isNew: false),
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
            .Reads(WebhookBody.ReadSince)
            .Describe(new("redeliverFailedWebhookDeliveries", "Redeliver failed webhook deliveries", Permissions.WebhooksWrite)
            {
                Description = "Sends again all deliveries that failed, or those since a time, each under the same `webhook-id`.",
                Body = WebhookBody.SinceSchema(),
                Example = WebhookBody.SinceExample(),
                IsBodyOptional = true,
                Data = Schemas.Object(("redelivered", Schemas.Integer("How many are sent again.", 12))).Required("redelivered"),
            });
    }

    private static Task<IResult> ListAsync(ListRequest list, WebhookService webhooks, CancellationToken cancellationToken) =>
        webhooks.ListAsync(cancellationToken)
            .AnswerAsync(all => ShortList.Answer(
                "Webhooks retrieved successfully",
                all,
                list,
                WebhookWire.Shape,
                webhook => $"{webhook.Url}\n{webhook.Description}",
                SortKey));

    private static Task<IResult> GetAsync(
        string id, FieldSelection selection, WebhookService webhooks, CancellationToken cancellationToken) =>
        webhooks.GetAsync(RouteId.Read(id), cancellationToken)
            .AnswerAsync(found => new ItemAnswer<WebhookDetails>(
                "Webhook retrieved successfully", found, WebhookWire.Shape, selection.Fields));

    private static async Task<IResult> CreateAsync(
        Body<WebhookPatch> body, ApiCall call, WebhookService webhooks, CancellationToken cancellationToken)
    {
        call.ToStore = WithoutSecret;
        var created = await webhooks.CreateAsync(body.Value, cancellationToken);
        return created.Answer(value => new ObjectAnswer(
            "Webhook created successfully", json => WebhookWire.WriteWithSecret(json, value), StatusCodes.Status201Created)
        {
            Location = V2Routes.LocationOf(Path, value.Webhook.Id),
        });
    }

    private static Task<IResult> UpdateAsync(
        string id, Body<WebhookPatch> body, WebhookService webhooks, CancellationToken cancellationToken) =>
        webhooks.UpdateAsync(RouteId.Read(id), body.Value, cancellationToken)
            .AnswerAsync(updated => new ItemAnswer<WebhookDetails>(
                "Webhook updated successfully", updated, WebhookWire.Shape, WebhookWire.Shape.Default));

    private static Task<IResult> DeleteAsync(string id, WebhookService webhooks, CancellationToken cancellationToken) =>
        webhooks.DeleteAsync(RouteId.Read(id), cancellationToken).AnswerAsync(_ => new EmptyAnswer("Webhook deleted successfully"));

    private static async Task<IResult> RotateAsync(string id, ApiCall call, WebhookService webhooks, CancellationToken cancellationToken)
    {
        call.ToStore = WithoutSecret;
        var rotated = await webhooks.RotateSecretAsync(RouteId.Read(id), cancellationToken);
        return rotated.Answer(value => new ObjectAnswer(
            "Webhook secret rotated successfully", json => WebhookWire.WriteWithSecret(json, value)));
    }

    private static Task<IResult> TestAsync(string id, WebhookService webhooks, CancellationToken cancellationToken) =>
        webhooks.TestAsync(RouteId.Read(id), cancellationToken)
            .AnswerAsync(tested => new ItemAnswer<DeliveryAttempt>(
                "Webhook tested", tested, WebhookWire.Attempt, WebhookWire.Attempt.Default));

    private static Task<IResult> ListDeliveriesAsync(
        string id, ListRequest list, DeliveryQueries deliveries, CancellationToken cancellationToken) =>
        deliveries.ListAsync(
            RouteId.Read(id), new DeliveryQuery { Page = list.Page, Sort = list.Sort, Filters = list.Filters }, cancellationToken)
            .AnswerAsync(page => new PageAnswer<DeliveryItem>(
                "Webhook deliveries retrieved successfully", page, WebhookWire.Delivery, list.Fields));

    private static Task<IResult> GetDeliveryAsync(
        string id, [FromRoute(Name = "delivery_id")] string deliveryId, FieldSelection selection, DeliveryQueries deliveries,
        CancellationToken cancellationToken) =>
        deliveries.GetAsync(RouteId.Read(id), RouteId.Read(deliveryId), cancellationToken)
            .AnswerAsync(found => new ItemAnswer<DeliveryItem>(
                "Webhook delivery retrieved successfully", found, WebhookWire.WholeDelivery, selection.Fields));

    private static Task<IResult> RedeliverAsync(
        string id, [FromRoute(Name = "delivery_id")] string deliveryId, DeliveryService deliveries, CancellationToken cancellationToken) =>
        deliveries.RedeliverAsync(RouteId.Read(id), RouteId.Read(deliveryId), cancellationToken)
            .AnswerAsync(_ => new EmptyAnswer("Webhook delivery is sent again"));

    private static Task<IResult> RedeliverFailedAsync(
        string id, Body<RedeliverFailed> body, DeliveryService deliveries, CancellationToken cancellationToken) =>
        deliveries.RedeliverFailedAsync(RouteId.Read(id), body.Value, cancellationToken)
            .AnswerAsync(sent => new ObjectAnswer("Webhook deliveries are sent again", json => json.WriteNumber("redelivered"u8, sent)));

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
