using System.Text.Json.Serialization;
using WaCr.Web.Features.Channels;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Costs;
using WaCr.Web.Features.Templates;

namespace WaCr.Web.Features.Campaigns;

/// <summary>A message as one recipient will read it.</summary>
/// <param name="Values">By the template's fields.</param>
/// <param name="Translation">Language of the translation; null if the chosen template is used.</param>
public sealed record CampaignSample(
    long ContactId, string Name, string Phone, IReadOnlyDictionary<string, string> Values, string Text, TemplateDetails? Translation);

/// <summary>What a start would do now.</summary>
/// <param name="NewConversations">Conversations of the plan it would use.</param>
/// <param name="Cost">If every message is delivered.</param>
/// <param name="ConversationsLeft">Conversations left in the plan this month; null if unlimited.</param>
/// <param name="People">How many people WhatsApp lets be written to in a day; null while that is unknown.</param>
public sealed record CampaignPreview(
    int Selected, int Recipients, IReadOnlyList<CampaignExclusionCount> Exclusions, IReadOnlyList<CampaignSample> Samples,
    int NewConversations,
    long? ConversationsLeft,
    CostEstimate Cost,
    DailyPeople? People)
{
    /// <summary>How many of the recipients are more than WhatsApp's limit allows today.</summary>
    public int TooMany => People is { IsUnlimited: false } people ? Math.Max(0, Recipients - people.Left) : 0;

    public bool FitsThePlan => ConversationsLeft is null || NewConversations <= ConversationsLeft;
}
