using System.Text.Json;

namespace WaCr.Web.Features.Webhooks;

/// <summary>A delivery's attempts, as stored in its row.</summary>
internal static class DeliveryLog
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static IReadOnlyList<DeliveryAttempt> Read(string log) => JsonSerializer.Deserialize<List<DeliveryAttempt>>(log, Json)!;

    /// <summary>Adds an attempt; beyond the limit the oldest is dropped.</summary>
    public static string With(string log, DeliveryAttempt attempt) =>
        JsonSerializer.Serialize(Read(log).Append(attempt).TakeLast(WebhookDelivery.MaxLogged), Json);
}
