using WaCr.Web.Components.Language;
using WaCr.Web.Components.Shared;
using WaCr.Web.Features.Campaigns;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Templates;

namespace WaCr.Web.Components.Pages.Campaigns;

/// <summary>A campaign's form.</summary>
public sealed class CampaignForm
{
    private Dictionary<string, CampaignValue> _values = new(StringComparer.Ordinal);

    public string Name { get; set; } = "";

    public CampaignAudience? Audience { get; set; }

    public long? ChannelId { get; set; }

    public TemplateDetails? Template { get; private set; }

    public bool UsesContactLanguage { get; set; }

    public bool IsLater { get; set; }

    /// <summary>By the clock of the workspace's zone; none is chosen yet if it is the default.</summary>
    public DateTime At { get; set; }

    public int PerMinute { get; set; } = 600;

    public IReadOnlyList<TemplateParameter> Parameters => Template?.Form.Parameters ?? [];

    public static CampaignForm Of(CampaignDetails draft, TemplateDetails? template, string timeZone) => new()
    {
        Name = draft.Item.Name,
        Audience = draft.Audience,
        ChannelId = draft.ChannelId,
        Template = template,
        _values = new Dictionary<string, CampaignValue>(draft.Values, StringComparer.Ordinal),
        UsesContactLanguage = draft.UsesContactLanguage,
        IsLater = draft.Item.ScheduledAt is not null,
        At = draft.Item.ScheduledAt is { } at ? ZoneClock.Local(at, timeZone) : default,
        PerMinute = draft.Item.PerMinute,
    };

    /// <summary>Another template has other variables; those of the same name keep their values.</summary>
    public void Choose(TemplateDetails? template)
    {
        Template = template;
        _values = Parameters.ToDictionary(parameter => parameter.Field, Suggest, StringComparer.Ordinal);
    }

    public CampaignValue ValueOf(TemplateParameter parameter) =>
        _values.GetValueOrDefault(parameter.Field) ?? new CampaignValue(CampaignSource.Text);

    public void Set(TemplateParameter parameter, CampaignValue value) => _values[parameter.Field] = value;

    /// <summary>The header's picture, if one was uploaded.</summary>
    public string? Picture =>
        Parameters.FirstOrDefault(parameter => parameter is { Kind: TemplateParameterKind.HeaderFile, Name: "image" }) is { } header
            && ValueOf(header).File is { } file ? Urls.File(file.Id) : null;

    /// <summary>Each variable's value, for a preview without a contact.</summary>
    public Dictionary<string, string> Shown(Localizer T) => Parameters.ToDictionary(
        parameter => parameter.Field,
        parameter => ValueOf(parameter) is { Source: not CampaignSource.Text and var source } ? $"[{CampaignLabels.Source(T, source)}]" : ValueOf(parameter).Text,
        StringComparer.Ordinal);

    public CampaignPatch ToPatch(string timeZone) => new()
    {
        Name = Name,
        Audience = new Optional<CampaignAudience?>(Audience),
        ChannelId = ChannelId,
        TemplateId = Template?.Id,
        UsesContactLanguage = UsesContactLanguage,
        Values = new Optional<IReadOnlyDictionary<string, CampaignValue>>(_values),
        ScheduledAt = IsLater ? ZoneClock.Moment(At, timeZone) : null,
        PerMinute = PerMinute,
    };

    private CampaignValue Suggest(TemplateParameter parameter) => _values.GetValueOrDefault(parameter.Field)
        ?? ((parameter.IsFixed ? "" : parameter.Name.ToLowerInvariant()) switch
        {
            "first_name" or "firstname" or "name" or "customer_name" => new CampaignValue(CampaignSource.FirstName),
            "last_name" or "lastname" => new CampaignValue(CampaignSource.LastName),
            var name when ContactFields.Variables.Any(field => field.Name == name) => new CampaignValue(name),
            "1" when parameter.Kind == TemplateParameterKind.BodyText => new CampaignValue(CampaignSource.FirstName),
            _ => new CampaignValue(CampaignSource.Text),
        });
}
