using System.Text.Json.Serialization;

namespace WaCr.Web.Features.Campaigns;

/// <summary>A template's results of the last <see cref="TemplateUse.Days"/> days.</summary>
public sealed record TemplateUse(
    string Name, string Language, int Sent, int Delivered, int Read, int Failed, IReadOnlyList<TemplateCampaign> Campaigns)
{
    public const int Days = 90;
}

public sealed record TemplateCampaign(long Id, string Name, CampaignState State, int Queued);
