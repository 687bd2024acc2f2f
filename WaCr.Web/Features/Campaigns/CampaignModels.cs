using System.Text.Json.Serialization;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Costs;

namespace WaCr.Web.Features.Campaigns;

/// <summary>Source of a variable's value: one of these, or a field name from <see cref="ContactFields.Variables"/>.</summary>
public static class CampaignSource
{
    /// <summary>A fixed text; may hold merge fields such as <c>@{contact_first_name}</c>.</summary>
    public const string Text = "text";
    public const string FullName = "name";
    public const string FirstName = ContactFieldNames.FirstName;
    public const string LastName = ContactFieldNames.LastName;
    public const string Phone = ContactFieldNames.Phone;
    public const string Company = ContactFieldNames.Company;

    /// <summary>In display order.</summary>
    public static readonly IReadOnlyList<string> All =
    [
        Text, .. ContactFields.Names
            .Where(name => name is FirstName or LastName or Phone || ContactFields.Variables.Any(field => field.Name == name))
            .SelectMany(name => name == LastName ? new[] { LastName, FullName } : [name]),
    ];
}

/// <param name="Source">One of <see cref="CampaignSource.All"/>.</param>
/// <param name="Text">For <see cref="CampaignSource.Text"/>.</param>
/// <param name="Fallback">For contacts without a value; if empty, they are excluded.</param>
public sealed record CampaignValue(
    [property: JsonConverter(typeof(CampaignSourceConverter))] string Source, string Text = "", string Fallback = "")
{
    /// <summary>The file of a header, instead of its address in <see cref="Text"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CampaignFile? File { get; init; }
}

/// <summary>A file that is kept here.</summary>
/// <param name="Id">As <c>/files</c> takes it.</param>
public sealed record CampaignFile(long Id, string Name)
{
    /// <summary>Its id at WhatsApp, which is the channel's; null before the campaign starts.</summary>
    public string? WhatsAppId { get; init; }

    public long? ChannelId { get; init; }
}

public enum CampaignAudienceKind
{
    Group = 0,
    View = 1,

    /// <summary>Contacts selected in the list.</summary>
    Selection = 2,
}

/// <summary>The recipients; resolved when the campaign starts.</summary>
/// <param name="Name">Name of the group or view when it was chosen.</param>
/// <param name="SourceId">Id of the group or view.</param>
public sealed record CampaignAudience(CampaignAudienceKind Kind, string Name, long? SourceId, ContactSelection Selection);

/// <summary>Changes to a draft; absent fields stay.</summary>
public sealed record CampaignPatch
{
    public Optional<string> Name { get; init; }
    public Optional<CampaignAudience?> Audience { get; init; }
    public Optional<long?> ChannelId { get; init; }

    /// <summary>Our id.</summary>
    public Optional<long?> TemplateId { get; init; }

    public Optional<bool> UsesContactLanguage { get; init; }
    public Optional<IReadOnlyDictionary<string, CampaignValue>> Values { get; init; }
    public Optional<DateTimeOffset?> ScheduledAt { get; init; }
    public Optional<int> PerMinute { get; init; }
}

/// <summary>A number that can send.</summary>
public sealed record CampaignChannel(long Id, string Name, string? BusinessAccountId, int MessagesPerSecond);

/// <summary>Message counts by progress. Each step includes those that got further.</summary>
/// <param name="Held">Waiting for the campaign to release them.</param>
/// <param name="Sent">Accepted by WhatsApp.</param>
/// <param name="Answered">Recipients who replied within three days.</param>
/// <param name="Uncertain">Messages that may or may not have been sent.</param>
/// <param name="HeldByWhatsApp">Of the sent ones: WhatsApp keeps them back until it knows the template's quality.</param>
/// <param name="Retryable">Failed messages that were certainly not sent, to contacts who have not opted out.</param>
public sealed record CampaignFunnel(
    int Queued, int Held, int OnTheWay, int Sent, int Delivered, int Read, int Answered, int Failed, int Uncertain, int Cancelled,
    int HeldByWhatsApp, int Retryable)
{
    public static readonly CampaignFunnel Empty = new(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
}

public sealed record CampaignName(long Id, string Name);

/// <summary>A campaign as a list item.</summary>
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

    /// <summary>True while it progresses in the background.</summary>
    public bool IsAtWork => State is CampaignState.Scheduled or CampaignState.Queueing or CampaignState.Running;
}

/// <summary>A campaign in full.</summary>
public sealed record CampaignDetails
{
    public required CampaignItem Item { get; init; }
    public required long? ChannelId { get; init; }
    public required string? ChannelName { get; init; }

    /// <summary>Our id; null if none was chosen or it was deleted.</summary>
    public required long? TemplateId { get; init; }

    /// <inheritdoc cref="Campaign.UsesContactLanguage"/>
    public required bool UsesContactLanguage { get; init; }

    public required IReadOnlyDictionary<string, CampaignValue> Values { get; init; }
    public required CampaignAudience? Audience { get; init; }
    public required IReadOnlyList<CampaignExclusionCount> Exclusions { get; init; }
    public required IReadOnlyList<CampaignFailure> Failures { get; init; }

    /// <summary>What its delivered messages cost; null until one is delivered.</summary>
    public required CostSum? Cost { get; init; }
}

public sealed record CampaignExclusionCount(CampaignExclusionReason Reason, int Count);

/// <param name="Code">WhatsApp's error code; null if the error was not WhatsApp's.</param>
/// <param name="Error">The reason as first recorded.</param>
public sealed record CampaignFailure(int? Code, string Error, int Count);

/// <summary>A recipient.</summary>
/// <param name="Name">Empty if the contact was deleted.</param>
public sealed record CampaignPerson(long ContactId, string Name, string Phone, int? ErrorCode = null, string? Error = null);
