using WaCr.Web.Features.Contacts;
using WaCr.Web.Features.Messaging;

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

    /// <summary>An error of a draft under these names.</summary>
    public static AppError Named(AppError error) => error is ValidationError invalid ? new ValidationError(Named(invalid.Fields)) : error;

    public static FieldErrors Named(FieldErrors errors)
    {
        var named = new FieldErrors();
        foreach (var (field, reasons) in errors)
        {
            var name = field switch
            {
                CampaignFieldNames.Template => TemplateName,
                CampaignFieldNames.ScheduledAt => SendAt,
                CampaignFieldNames.Name or CampaignFieldNames.PerMinute or CampaignFieldNames.Channel
                    or CampaignFieldNames.Audience => field,
                _ => $"{Variables}.{field}",
            };
            foreach (var reason in reasons)
            {
                named.Add(name, reason);
            }
        }

        return named;
    }
}
