using System.Text.Json.Nodes;

namespace WaCr.Web.WhatsApp.Sandbox;

/// <summary>A status's <c>pricing</c>: what WhatsApp charges since October 2026, and charged before.</summary>
internal static class MessagePrice
{
    private const string Service = "service";
    private const string Utility = "utility";

    // Free-form messages are charged from then on, and utility templates to somebody who wrote within 24 hours.
    private static readonly DateTimeOffset AnswersCostSince = new(2026, 10, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Window = TimeSpan.FromHours(24);

    /// <param name="wroteAt">When the person last wrote to the number.</param>
    public static JsonObject Of(SandboxMessage message, DateTimeOffset? wroteAt)
    {
        var category = message.Category ?? Service;
        var isAnswer = category == Service || (category == Utility && message.At - wroteAt is { } since && since < Window);
        var isFree = isAnswer && message.At < AnswersCostSince;
        return new JsonObject
        {
            ["billable"] = !isFree,
            ["pricing_model"] = "PMP",
            ["type"] = isFree ? "free_customer_service" : "regular",
            ["category"] = category,
        };
    }
}
