using WaCr.Web.Common;

namespace WaCr.Web.Features.Campaigns;

/// <summary>Not in the state that the wish takes for granted: somebody else was quicker, or it has ended.</summary>
public sealed record CampaignMovedOnError() : AppError("The broadcast has moved on meanwhile");

/// <summary>Fields of a campaign's form; beside them stand the template's own.</summary>
public static class CampaignFields
{
    public const string Name = "name";
    public const string Audience = "audience";
    public const string Channel = "channel_id";
    public const string Template = "template_id";
    public const string ScheduledAt = "scheduled_at";
    public const string PerMinute = "per_minute";
}

public static class CampaignErrors
{
    public const string NameRequired = "Name is required";
    public const string AudienceRequired = "Choose who gets it";
    public const string NobodyLeft = "Nobody is left who can get it";
    public const string ChannelRequired = "Choose the number to send from";
    public const string TemplateRequired = "Choose a template";
    public const string TemplateUnfit = "This template cannot be sent to many";
    public const string ValueRequired = "Say what goes here";
    public const string LinkRequired = "Give the file's address, beginning with https://";
    public const string InThePast = "Choose a time that is still to come";
    public const string PaceRange = "Must be from 1 to 60000";

    public static NotFoundError NotFound => new("Broadcast not found");
}
