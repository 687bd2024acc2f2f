using System.Text.Json.Serialization;
using WaCr.Web.Common;
using WaCr.Web.Domain;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Templates;

namespace WaCr.Web.Features.Campaigns;

/// <summary>Where a variable's value comes from: one of these, or a field of <see cref="ContactFields.Variables"/> by its name.</summary>
public static class CampaignSource
{
    /// <summary>The same text for everybody; it may hold merge fields such as <c>@{contact_first_name}</c>.</summary>
    public const string Text = "text";
    public const string FullName = "name";
    public const string FirstName = ContactFieldNames.FirstName;
    public const string LastName = ContactFieldNames.LastName;
    public const string Phone = ContactFieldNames.Phone;
    public const string Company = ContactFieldNames.Company;

    /// <summary>In the order in which people read them.</summary>
    public static readonly IReadOnlyList<string> All =
    [
        Text, .. ContactFields.Names
            .Where(name => name is FirstName or LastName or Phone || ContactFields.Variables.Any(field => field.Name == name))
            .SelectMany(name => name == LastName ? new[] { LastName, FullName } : [name]),
    ];
}

/// <param name="Source">One of <see cref="CampaignSource.All"/>.</param>
/// <param name="Text">Of <see cref="CampaignSource.Text"/>.</param>
/// <param name="Fallback">For contacts that have nothing there; empty: those are left out.</param>
public sealed record CampaignValue(
    [property: JsonConverter(typeof(CampaignSourceConverter))] string Source, string Text = "", string Fallback = "");

public enum CampaignAudienceKind
{
    Group = 0,
    View = 1,

    /// <summary>What was selected in the list of contacts.</summary>
    Selection = 2,
}

/// <summary>Who gets it. What it means is asked of the database when the campaign starts.</summary>
/// <param name="Name">The group's or the view's, as it was when it was chosen.</param>
/// <param name="SourceId">The group's or the view's id.</param>
public sealed record CampaignAudience(CampaignAudienceKind Kind, string Name, long? SourceId, ContactSelection Selection);

/// <summary>What is to be changed of a draft; absent stays.</summary>
public sealed record CampaignPatch
{
    public Optional<string> Name { get; init; }
    public Optional<CampaignAudience?> Audience { get; init; }
    public Optional<long?> ChannelId { get; init; }

    /// <summary>The template's own id.</summary>
    public Optional<long?> TemplateId { get; init; }

    public Optional<bool> UsesContactLanguage { get; init; }
    public Optional<IReadOnlyDictionary<string, CampaignValue>> Values { get; init; }
    public Optional<DateTimeOffset?> ScheduledAt { get; init; }
    public Optional<int> PerMinute { get; init; }
}

/// <summary>The numbers of a channel that can send.</summary>
public sealed record CampaignChannel(long Id, string Name, string? BusinessAccountId, int MessagesPerSecond);

/// <summary>How far the messages are. Each step counts those that got further, too.</summary>
/// <param name="Held">Not let go yet.</param>
/// <param name="Sent">WhatsApp took them.</param>
/// <param name="Answered">Whose recipients wrote within three days.</param>
/// <param name="Uncertain">Nobody knows whether they were sent.</param>
/// <param name="Retryable">Of the failed: those that surely were not sent, to people who still want messages.</param>
public sealed record CampaignFunnel(
    int Queued, int Held, int OnTheWay, int Sent, int Delivered, int Read, int Answered, int Failed, int Uncertain, int Cancelled, int Retryable)
{
    public static readonly CampaignFunnel Empty = new(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
}

/// <summary>A campaign as a list shows it.</summary>
public sealed record CampaignItem
{
    public required long Id { get; init; }
    public required string Name { get; init; }
    public required CampaignState State { get; init; }
    public required CampaignPause? PausedBecause { get; init; }
    public required string? TemplateName { get; init; }
    public required string? TemplateLanguage { get; init; }
    public required string ActorName { get; init; }
    public required DateTimeOffset? ScheduledAt { get; init; }
    public required int PerMinute { get; init; }
    public required int Total { get; init; }
    public required int Queued { get; init; }
    public required int Excluded { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset? StartedAt { get; init; }
    public required DateTimeOffset? FinishedAt { get; init; }
    public CampaignFunnel Funnel { get; init; } = CampaignFunnel.Empty;

    /// <summary>Something still moves by itself.</summary>
    public bool IsAtWork => State is CampaignState.Scheduled or CampaignState.Queueing or CampaignState.Running;
}

/// <summary>A campaign with all that there is to know of it.</summary>
public sealed record CampaignDetails
{
    public required CampaignItem Item { get; init; }
    public required long? ChannelId { get; init; }
    public required string? ChannelName { get; init; }

    /// <summary>Our own id; null where none was chosen or it is gone.</summary>
    public required long? TemplateId { get; init; }

    /// <inheritdoc cref="Campaign.UsesContactLanguage"/>
    public required bool UsesContactLanguage { get; init; }

    public required IReadOnlyDictionary<string, CampaignValue> Values { get; init; }
    public required CampaignAudience? Audience { get; init; }
    public required IReadOnlyList<CampaignExclusionCount> Exclusions { get; init; }
    public required IReadOnlyList<CampaignFailure> Failures { get; init; }
}

public sealed record CampaignExclusionCount(CampaignExclusionReason Reason, int Count);

/// <param name="Code">WhatsApp's; null where WhatsApp did not say no.</param>
/// <param name="Error">The reason as it was first written down.</param>
public sealed record CampaignFailure(int? Code, string Error, int Count);

/// <summary>One person of a campaign.</summary>
/// <param name="Name">Empty where the contact is gone.</param>
public sealed record CampaignPerson(long ContactId, string Name, string Phone, int? ErrorCode = null, string? Error = null);

/// <summary>A message as one recipient will read it.</summary>
/// <param name="Values">By the template's fields.</param>
/// <param name="Translation">In whose words, where those are not the chosen template's.</param>
public sealed record CampaignSample(
    long ContactId, string Name, string Phone, IReadOnlyDictionary<string, string> Values, string Text, TemplateDetails? Translation);

/// <summary>What would happen if the campaign started now.</summary>
/// <param name="NewConversations">How many of the plan's conversations it takes.</param>
/// <param name="ConversationsLeft">How many the plan has left this month; null where there is no limit.</param>
public sealed record CampaignPreview(
    int Selected, int Recipients, IReadOnlyList<CampaignExclusionCount> Exclusions, IReadOnlyList<CampaignSample> Samples, int NewConversations,
    long? ConversationsLeft)
{
    public bool FitsThePlan => ConversationsLeft is null || NewConversations <= ConversationsLeft;
}

/// <summary>How a template did in the last <see cref="TemplateUse.Days"/> days.</summary>
public sealed record TemplateUse(string Name, string Language, int Sent, int Delivered, int Read, int Failed, IReadOnlyList<TemplateCampaign> Campaigns)
{
    public const int Days = 90;
}

public sealed record TemplateCampaign(long Id, string Name, CampaignState State, int Queued);
