using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Channels;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Messaging;
using WaCr.Web.Features.Templates;

namespace WaCr.Web.Features.Campaigns;

/// <summary>Creates campaigns that are given in one piece. Nothing is sent until they are started.</summary>
public sealed class CampaignCreation(
    IDbContextFactory<AppDbContext> contexts, TenantContext tenant, ChannelDirectory channels, CampaignDrafts drafts, TimeProvider time)
{
    /// <summary>The draft; an error names each field that breaks a rule.</summary>
    public async Task<Result<CampaignDetails>> CreateAsync(CreateCampaign request, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.CampaignsWrite) is { } forbidden)
        {
            return forbidden;
        }

        var errors = new FieldErrors().AddAll(request.Unreadable);
        Check(request, errors);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var audience = await AudienceAsync(db, request, errors, cancellationToken);
        if (errors.Any)
        {
            return new ValidationError(errors);
        }

        var channel = await channels.OpenAsync(cancellationToken);
        if (!channel.Succeeded)
        {
            return channel.Error;
        }

        var template = await TemplateAsync(db, channel.Value.Access.BusinessAccountId, request, cancellationToken);
        if (!template.Succeeded)
        {
            return template.Error;
        }

        var form = TemplateDetails.Of(template.Value).Form;
        if (CampaignValueRules.Check(form, request.Values) is { Any: true } unfit)
        {
            return new ValidationError(CreateCampaignFields.Named(unfit));
        }

        var created = await drafts.CreateAsync(
            new CampaignPatch
            {
                Name = request.Name!,
                ChannelId = channel.Value.Id,
                TemplateId = template.Value.Id,
                UsesContactLanguage = IsContactLanguage(request),
                Values = new Optional<IReadOnlyDictionary<string, CampaignValue>>(request.Values),
                Audience = audience,
                ScheduledAt = request.SendAt,
                PerMinute = request.PerMinute ?? Campaign.DefaultPerMinute,
            },
            cancellationToken);
        return created.Succeeded ? created.Value : CreateCampaignFields.Named(created.Error);
    }

    private void Check(CreateCampaign request, FieldErrors errors)
    {
        if (string.IsNullOrWhiteSpace(request.Name) && !errors.Has(CreateCampaignFields.Name))
        {
            errors.Add(CreateCampaignFields.Name, CampaignErrors.NameRequired);
        }

        TextRule.Check(errors, CreateCampaignFields.Name, request.Name ?? "", Campaign.NameMaxLength);
        if (string.IsNullOrWhiteSpace(request.TemplateName) && !errors.Has(CreateCampaignFields.TemplateName))
        {
            errors.Add(CreateCampaignFields.TemplateName, MessageErrors.TemplateNameRequired);
        }

        if (request.SendAt <= time.GetUtcNow())
        {
            errors.Add(CreateCampaignFields.SendAt, CampaignErrors.InThePast);
        }

        if (request.PerMinute is < 1 or > Campaign.MaxPerMinute)
        {
            errors.Add(CreateCampaignFields.PerMinute, CampaignErrors.PaceRange);
        }
    }

    private static async Task<CampaignAudience?> AudienceAsync(AppDbContext db, CreateCampaign request, FieldErrors errors,
        CancellationToken cancellationToken)
    {
        if (request.GroupIds is { } given)
        {
            var ids = given.Distinct().ToList();
            var groups = await db.Groups.Where(group => ids.Contains(group.Id)).OrderBy(group => group.Name)
                .Select(group => group.Name).ToListAsync(cancellationToken);
            if (groups.Count < ids.Count)
            {
                errors.Add(CreateCampaignFields.GroupIds, ContactErrors.GroupsUnknown);
            }

            var members = new ContactQuery { Filters = [FilterTerm.OfNumbers(ContactFilterFields.GroupId, FilterOperator.In, ids)] };
            return new CampaignAudience(CampaignAudienceKind.Group, string.Join(", ", groups), ids.Count == 1 ? ids[0] : null,
                ContactSelection.AllMatching(members, []));
        }

        if (request.ContactIds is { } contacts)
        {
            var ids = contacts.Distinct().ToList();
            if (await db.Contacts.CountAsync(contact => ids.Contains(contact.Id), cancellationToken) < ids.Count)
            {
                errors.Add(CreateCampaignFields.ContactIds, CampaignErrors.ContactsUnknown);
            }

            return new CampaignAudience(CampaignAudienceKind.Selection, "", null, ContactSelection.Of(ids));
        }

        return new CampaignAudience(
            CampaignAudienceKind.Selection, "", null, ContactSelection.AllMatching(new ContactQuery { Filters = request.Filter ?? [] }, []));
    }

    private static async Task<Result<Template>> TemplateAsync(AppDbContext db, string accountId, CreateCampaign request,
        CancellationToken cancellationToken)
    {
        var name = request.TemplateName!.Trim();
        var language = (IsContactLanguage(request) ? request.FallbackLanguage : request.Language)?.Trim();
        var found = await db.Templates.AsNoTracking()
            .Where(row => row.Name == name && row.BusinessAccountId == accountId
                && (string.IsNullOrEmpty(language) || row.Language == language))
            .OrderBy(row => row.Language).ToListAsync(cancellationToken);
        return found.Find(row => row.Status == Template.Approved) is { } template ? template
            : found.Count > 0 ? new TemplateNotApprovedError(found[0].Status) : new TemplateNotFoundError();
    }

    private static bool IsContactLanguage(CreateCampaign request) =>
        string.Equals(request.Language?.Trim(), TemplateSendFields.ContactLanguage, StringComparison.Ordinal);
}
