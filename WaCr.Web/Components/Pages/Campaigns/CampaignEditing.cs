using WaCr.Web.Components.Shared;
using WaCr.Web.Features.Campaigns;
using WaCr.Web.Features.Templates;

namespace WaCr.Web.Components.Pages.Campaigns;

/// <summary>A campaign being created, step by step: audience, message, check. Each step saves it as a draft.</summary>
public sealed class CampaignEditing(
    CampaignDrafts drafts, CampaignQueries campaigns, CampaignService service, TemplateQueries templates, TenantContext tenant,
    ILogger<CampaignEditing> logger)
{
    public const int MessageStep = 1;

    /// <summary>Null until loaded.</summary>
    public CampaignForm? Form { get; private set; }

    /// <inheritdoc cref="Form"/>
    public IReadOnlyList<CampaignChannel>? Channels { get; private set; }

    public FieldErrors Errors { get; private set; } = [];

    /// <summary>Why it could not be loaded.</summary>
    public AppError? Failure { get; private set; }

    /// <summary>Why it could not be saved or started, if no field is at fault.</summary>
    public AppError? Refusal { get; private set; }

    /// <summary>The draft's id; null until first saved.</summary>
    public long? Id { get; private set; }

    public int Step { get; set; }

    /// <summary>Returns the id of a campaign that is no longer a draft, to be shown instead; else null.</summary>
    public async Task<long?> LoadAsync(long? draft, CancellationToken cancellationToken)
    {
        var channels = await Attempt.RunAsync(() => campaigns.ChannelsAsync(cancellationToken), logger, cancellationToken);
        (Channels, Failure) = (channels.Value, channels.Error);
        if (Failure is null && draft is { } id)
        {
            return await LoadDraftAsync(id, cancellationToken);
        }

        if (Failure is null)
        {
            (Id, Step, Form) = (null, 0, new CampaignForm { ChannelId = FirstChannel });
        }

        return null;
    }

    /// <summary>False if something is missing that a later step needs.</summary>
    public bool CanOpen(int step)
    {
        (Errors, Refusal) = ([], null);
        if (step > 0 && Form!.Audience is null)
        {
            Errors.Add(CampaignFieldNames.Audience, CampaignErrors.AudienceRequired);
        }

        if (step > MessageStep && Step == MessageStep && Form!.Template is null)
        {
            Errors.Add(CampaignFieldNames.Template, CampaignErrors.TemplateRequired);
        }

        return !Errors.Any;
    }

    public async Task<bool> SaveAsync()
    {
        (Errors, Refusal) = ([], null);
        var patch = Form!.ToPatch(tenant.Tenant.TimeZone);
        var saved = await Attempt.RunAsync(
            () => Id is { } id ? drafts.UpdateAsync(id, patch, CancellationToken.None) : drafts.CreateAsync(patch, CancellationToken.None),
            logger);
        if (!saved.Succeeded)
        {
            Refuse(saved.Error);
            return false;
        }

        Id ??= saved.Value.Item.Id;
        return true;
    }

    public async Task<bool> StartAsync()
    {
        var started = await Attempt.RunAsync(() => service.StartAsync(Id!.Value, CampaignService.Grace, CancellationToken.None), logger);
        if (!started.Succeeded)
        {
            Refuse(started.Error);
        }

        return started.Succeeded;
    }

    /// <summary>The error; null if the draft was deleted.</summary>
    public async Task<AppError?> DiscardAsync() =>
        (await Attempt.RunAsync(() => drafts.DiscardAsync(Id!.Value, CancellationToken.None), logger)).Error;

    /// <summary>Shows an error at its fields, in their step.</summary>
    public void Refuse(AppError error)
    {
        if (error is not ValidationError invalid)
        {
            Refusal = error;
            return;
        }

        Errors = invalid.Fields;
        var ofTheMessage = Form!.Parameters.Select(parameter => parameter.Field)
            .Append(CampaignFieldNames.Template).Append(CampaignFieldNames.Channel);
        Step = ofTheMessage.Any(Errors.Has) ? MessageStep : Step;
    }

    private long? FirstChannel => Channels!.Count > 0 ? Channels[0].Id : null;

    private async Task<long?> LoadDraftAsync(long id, CancellationToken cancellationToken)
    {
        var draft = await Attempt.RunAsync(() => campaigns.GetAsync(id, cancellationToken), logger, cancellationToken);
        if (!draft.Succeeded)
        {
            Failure = draft.Error;
            return null;
        }

        if (draft.Value.Item.State != CampaignState.Draft)
        {
            return id;
        }

        var template = draft.Value.TemplateId is { } templateId
            ? (await Attempt.RunAsync(
                () => templates.GetAsync(templateId.ToString(CultureInfo.InvariantCulture), cancellationToken), logger, cancellationToken)).Value
            : null;
        (Id, Form) = (id, CampaignForm.Of(draft.Value, template, tenant.Tenant.TimeZone));
        Form.ChannelId ??= FirstChannel;
        return null;
    }
}
