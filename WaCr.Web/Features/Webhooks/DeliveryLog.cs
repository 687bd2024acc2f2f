using System.Text.Json;
using WaCr.Web.Domain;

namespace WaCr.Web.Features.Webhooks;

/// <summary>The tries of a delivery, as its row keeps them.</summary>
internal static class DeliveryLog
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static IReadOnlyList<DeliveryAttempt> Read(string log) => JsonSerializer.Deserialize<List<DeliveryAttempt>>(log, Json)!;

    /// <summary>With one more; of too many the first goes.</summary>
    public static string With(string log, DeliveryAttempt attempt) =>
        JsonSerializer.Serialize(Read(log).Append(attempt).TakeLast(WebhookDelivery.MaxLogged), Json);
}
