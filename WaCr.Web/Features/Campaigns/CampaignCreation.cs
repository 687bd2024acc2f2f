using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;
using WaCr.Web.Features.Channels;
using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Messaging;
using WaCr.Web.Features.Templates;

namespace WaCr.Web.Features.Campaigns;

/// <summary>A campaign given in one piece, by names instead of choices.</summary>
public sealed record CreateCampaign
{
    public const int MaxContacts = 10_000;

    public string? Name { get; init; }
    public string? TemplateName { get; init; }

    /// <summary>A language of the template, or <see cref="TemplateSendFields.ContactLanguage"/> for each contact's own.</summary>
    public string? Language { get; init; }

    /// <summary>For contacts whose language the template lacks; without it, the first of the template's languages.</summary>
    public string? FallbackLanguage { get; init; }

    /// <summary>By the template's fields.</summary>
    public IReadOnlyDictionary<string, CampaignValue> Values { get; init; } = new Dictionary<string, CampaignValue>(StringComparer.Ordinal);

    /// <summary>Of this and the next two, one is given.</summary>
    public IReadOnlyList<long>? GroupIds { get; init; }

    public IReadOnlyList<long>? ContactIds { get; init; }

    public IReadOnlyList<FilterTerm>? Filter { get; init; }

    /// <summary>Null: when it is started.</summary>
    public DateTimeOffset? SendAt { get; init; }

    public int? PerMinute { get; init; }

    /// <summary>What could not be read; reported with the other errors.</summary>
    public FieldErrors Unreadable { get; init; } = [];
}

/// <summary>Field names of <see cref="CreateCampaign"/>.</summary>
public static class CreateCampaignFields
{
    public const string Name = "name";
    public const string TemplateName = TemplateSendFields.Name;
    public const string Language = TemplateSendFields.Language;
    public const string FallbackLanguage = TemplateSendFields.FallbackLanguage;
    public const string Variables = "variables";
    public const string GroupIds = "group_ids";
    public const string ContactIds = "contact_ids";
    public const string Filter = "filter";
    public const string SendAt = "send_at";
    public const string PerMinute = "per_minute";
}

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
        if (CampaignContent.Check(form, request.Values) is { Any: true } unfit)
        {
            return new ValidationError(Named(unfit));
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
        return created.Succeeded ? created.Value : Named(created.Error);
    }

    /// <summary>An error of a draft under the names that <see cref="CreateCampaign"/> has.</summary>
    public static AppError Named(AppError error) => error is ValidationError invalid ? new ValidationError(Named(invalid.Fields)) : error;

    private static FieldErrors Named(FieldErrors errors)
    {
        var named = new FieldErrors();
        foreach (var (field, reasons) in errors)
        {
            var name = field switch
            {
                CampaignFieldNames.Template => CreateCampaignFields.TemplateName,
                CampaignFieldNames.ScheduledAt => CreateCampaignFields.SendAt,
                CampaignFieldNames.Name or CampaignFieldNames.PerMinute or CampaignFieldNames.Channel
                    or CampaignFieldNames.Audience => field,
                _ => $"{CreateCampaignFields.Variables}.{field}",
            };
            foreach (var reason in reasons)
            {
                named.Add(name, reason);
            }
        }

        return named;
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
