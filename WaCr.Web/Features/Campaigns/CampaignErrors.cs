namespace WaCr.Web.Features.Campaigns;

/// <summary>The campaign is not in a state that allows the action: it has ended, or another user was faster.</summary>
public sealed record CampaignMovedOnError() : ConflictError("campaign.moved_on", "The broadcast has moved on meanwhile");

/// <summary>Field names of the campaign form; the template's own fields come in addition.</summary>
public static class CampaignFieldNames
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
    public static readonly FieldError NameRequired = new("campaign.name_required", "Name is required");
    public static readonly FieldError AudienceRequired = new("campaign.audience_required", "Choose who gets it");
    public static readonly FieldError NobodyLeft = new("campaign.nobody_left", "Nobody is left who can get it");
    public static readonly FieldError ContactsUnknown = new("campaign.contacts_unknown", "One or more contact IDs do not exist");
    public static readonly FieldError ChannelRequired = new("campaign.channel_required", "Choose the number to send from");
    public static readonly FieldError TemplateRequired = new("campaign.template_required", "Choose a template");
    public static readonly FieldError TemplateUnfit = new("campaign.template_unfit", "This template cannot be sent to many");
    public static readonly FieldError ValueRequired = new("campaign.value_required", "Say what goes here");
    public static readonly FieldError LinkRequired = new("campaign.link_required", "Give the file's address, beginning with http:// or https://");
    public static readonly FieldError InThePast = new("campaign.in_the_past", "Choose a time that is still to come");
    public static readonly FieldError PaceRange = new("campaign.pace_range", "Must be from 1 to 60000");

    public static NotFoundError NotFound => new("broadcast.not_found", "Campaign not found");
}
