using System.Text.Json;
using WaCr.Web.Api.Requests;
using WaCr.Web.Api.Wire;
using WaCr.Web.Features.Campaigns;

namespace WaCr.Web.Api.V2;

/// <summary>Campaigns on the wire.</summary>
internal static class CampaignWire
{
    /// <summary>Indexed by <see cref="CampaignState"/>.</summary>
    public static readonly string[] States = ["draft", "scheduled", "queueing", "running", "paused", "cancelled", "finished"];

    private static readonly string[] Pauses = Words<CampaignPause>();
    private static readonly string[] Reasons = Words<CampaignExclusionReason>();
    private static readonly string[] Outcomes = [.. Words<CampaignOutcome>().Where(word => word != "left_out")];

    private static readonly WireField<CampaignItem>[] Listed =
    [
        WireField.Id<CampaignItem>(campaign => campaign.Id),
        WireField.Text<CampaignItem>("name", campaign => campaign.Name, "What staff call it.", "Spring offer"),
        WireField.Word<CampaignItem>("status", campaign => States[(int)campaign.State], "How far it is.", States),
        WireField.WordOrNull<CampaignItem>("paused_because", campaign => campaign.PausedBecause is { } because ? WordOf(because) : null, "Why it waits.", Pauses),
        WireField.TextOrNull<CampaignItem>("template_name", campaign => campaign.TemplateName, "The template.", "order_update"),
        WireField.TextOrNull<CampaignItem>("language", campaign => campaign.TemplateLanguage, "The template's language.", "en_US"),
        WireField.TimeOrNull<CampaignItem>("send_at", campaign => campaign.ScheduledAt, "When it is sent after its start; null for at once."),
        WireField.Integer<CampaignItem>("per_minute", campaign => campaign.PerMinute, "Messages a minute at most.", Campaign.DefaultPerMinute),
        WireField.Integer<CampaignItem>("total", campaign => campaign.Total, "Contacts that it was for; 0 until it starts.", 120),
        WireField.Integer<CampaignItem>("queued", campaign => campaign.Queued, "Messages that were made.", 110),
        WireField.Integer<CampaignItem>("excluded", campaign => campaign.Excluded, "Contacts that get none.", 10),
        WireField.Time<CampaignItem>("created_at", campaign => campaign.CreatedAt, "When it was made."),
        WireField.TimeOrNull<CampaignItem>("started_at", campaign => campaign.StartedAt, "When it started."),
        WireField.TimeOrNull<CampaignItem>("finished_at", campaign => campaign.FinishedAt, "When it ended."),
    ];

    public static readonly WireShape<CampaignItem> Shape = new("Campaign", Listed);

    public static readonly WireShape<CampaignFunnel> Funnel = new(
        "CampaignFunnel",
        Step("queued", funnel => funnel.Queued, "Messages in all."),
        Step("held", funnel => funnel.Held, "Waiting for their turn."),
        Step("on_the_way", funnel => funnel.OnTheWay, "Being sent."),
        Step("sent", funnel => funnel.Sent, "Taken by WhatsApp; the next ones are part of these."),
        Step("held_by_whatsapp", funnel => funnel.HeldByWhatsApp, "Of the sent ones: kept back until WhatsApp knows the template's quality."),
        Step("delivered", funnel => funnel.Delivered, "Delivered."),
        Step("read", funnel => funnel.Read, "Read."),
        Step("answered", funnel => funnel.Answered, "Answered within three days."),
        Step("failed", funnel => funnel.Failed, "Failed for good."),
        Step("uncertain", funnel => funnel.Uncertain, "May or may not have been sent."),
        Step("cancelled", funnel => funnel.Cancelled, "Taken back before they were sent."));

    private static readonly WireShape<CampaignExclusionCount> Exclusion = new(
        "CampaignExclusion",
        WireField.Word<CampaignExclusionCount>("reason", exclusion => WordOf(exclusion.Reason), "Why a contact gets none.", Reasons),
        WireField.Integer<CampaignExclusionCount>("count", exclusion => exclusion.Count, "How many.", 3));

    private static readonly WireShape<CampaignFailure> Failure = new(
        "CampaignFailure",
        WireField.IntegerOrNull<CampaignFailure>("code", failure => failure.Code, "WhatsApp's code.", 131026),
        WireField.Text<CampaignFailure>("message", failure => failure.Error, "Why.", "Message undeliverable"),
        WireField.Integer<CampaignFailure>("count", failure => failure.Count, "How many.", 3));

    public static readonly WireShape<CampaignDetails> Whole = new(
        "CampaignDetails",
        [
            .. Listed.Select(field =>
                new WireField<CampaignDetails>(field.Name, (json, campaign) => field.Write(json, campaign.Item), field.Schema)),
            WireField.IntegerOrNull<CampaignDetails>("channel_id", campaign => campaign.ChannelId, "The workspace's number that it goes out from.", 1),
            WireField.Boolean<CampaignDetails>("uses_contact_language", campaign => campaign.UsesContactLanguage, "Whether each contact gets their own language."),
            WireField.Object<CampaignDetails, CampaignFunnel>("funnel", campaign => campaign.Item.Funnel, Funnel),
            List("exclusions", (CampaignDetails campaign) => campaign.Exclusions, Exclusion, "Who gets none, by reason."),
            List("failures", (CampaignDetails campaign) => campaign.Failures, Failure, "Why messages failed, the most frequent first."),
        ]);

    public static readonly WireShape<CampaignMessage> Recipient = new(
        "CampaignRecipient",
        WireField.Integer<CampaignMessage>("contact_id", row => row.ContactId, "The contact.", 12),
        WireField.Integer<CampaignMessage>("chat_message_id", row => row.MessageId, "What `GET /messages/{id}` takes.", 4711),
        WireField.Word<CampaignMessage>("status", row => WordOf(row.Outcome), "What became of the message.", Outcomes),
        WireField.TextOrNull<CampaignMessage>("message_id", row => row.Wamid, "WhatsApp's id; null until WhatsApp took it.", "wamid.HBgLMTY1"),
        WireField.IntegerOrNull<CampaignMessage>("error_code", row => row.ErrorCode, "WhatsApp's code, where it failed.", 131026),
        WireField.TextOrNull<CampaignMessage>("error", row => row.Error, "Why it failed.", "Message undeliverable"),
        WireField.TimeOrNull<CampaignMessage>("sent_at", row => row.SentAt, "When WhatsApp took it."),
        WireField.TimeOrNull<CampaignMessage>("delivered_at", row => row.DeliveredAt, "When it was delivered."),
        WireField.TimeOrNull<CampaignMessage>("read_at", row => row.ReadAt, "When it was read."));

    public static readonly IReadOnlyList<IWireShape> Parts = [Funnel, Exclusion, Failure, Whole];

    public static readonly ListSpec AllList = new(Shape) { HasSearch = false };

    public static readonly ListSpec Single = new(Whole);

    public static readonly ListSpec Recipients = new(Recipient) { HasSearch = false };

    private static WireField<CampaignFunnel> Step(string name, Func<CampaignFunnel, long> read, string description) =>
        WireField.Integer(name, read, description, 12);

    private static WireField<T> List<T, TItem>(
        string name, Func<T, IReadOnlyList<TItem>> read, WireShape<TItem> shape, string description) => new(
        name,
        (json, item) =>
        {
            json.WriteStartArray();
            foreach (var one in read(item))
            {
                shape.Write(json, one, shape.Default);
            }

            json.WriteEndArray();
        },
        Schemas.ArrayOf(Schemas.RefTo(shape.Name), description));

    private static string[] Words<T>() where T : struct, Enum => [.. Enum.GetValues<T>().Select(WordOf)];

    private static string WordOf<T>(T value) where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
