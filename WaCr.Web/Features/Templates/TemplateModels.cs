using System.Text.Json;
using WaCr.Web.Features.Templates.Authoring;

namespace WaCr.Web.Features.Templates;

/// <summary>A template with its parsed components, as the API shows it.</summary>
/// <param name="Form">Its values to fill in.</param>
public sealed record TemplateDetails(
    long Id, string WhatsAppId, string Name, string Language, string Category, string Status, string HeaderFormat,
    int? MessageSendTtlSeconds, TemplateComponents Components, TemplateForm Form, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    /// <summary>WhatsApp's rating: GREEN, YELLOW, RED; null or UNKNOWN if not rated yet.</summary>
    public string? Quality { get; init; }

    /// <summary>WhatsApp's reason for a rejection or pause; otherwise null.</summary>
    public string? RejectedReason { get; init; }

    /// <summary>POSITIONAL or NAMED; null if WhatsApp did not say.</summary>
    public string? ParameterFormat { get; init; }

    /// <summary>When an approved template can be edited again; null if it can now.</summary>
    public Func<DateTimeOffset, DateTimeOffset?> NextEditAt { get; init; } = _ => null;

    public string BusinessAccountId { get; init; } = "";

    /// <summary>The buttons as JSON in WhatsApp's format; null if there are none.</summary>
    public string? ButtonsJson => Components.RawButtons.ValueKind == JsonValueKind.Array ? Components.RawButtons.GetRawText() : null;

    public string? HeaderExamplesJson => Json(Components.HeaderExamples);

    public string? BodyExamplesJson => Json(Components.BodyExamples);

    public int FooterParametersCount => TemplateVariables.Of(Components.FooterText, named: false).Count;

    /// <summary>An authentication template's button, in WhatsApp's format.</summary>
    public JsonElement? CodeButton => Form.IsAuthentication && Components.Buttons.Count > 0 ? Components.Buttons[0].Raw : null;

    /// <summary>How a template that is being written will look.</summary>
    public static TemplateDetails Preview(AuthoredTemplate template) => Of(new Template
    {
        Name = template.Name ?? "",
        Language = template.Language ?? "",
        Category = template.Category ?? "",
        ParameterFormat = template.ParameterFormat,
        Components = template.Components.GetRawText(),
    });

    internal static TemplateDetails Of(Template row)
    {
        var components = TemplateComponents.Read(row.Components);
        return new(
            row.Id, row.WhatsAppId, row.Name, row.Language, row.Category, row.Status, row.HeaderFormat, row.MessageSendTtlSeconds,
            components, TemplateForm.Of(row.Name, row.Language, row.Category, row.ParameterFormat, components), row.CreatedAt,
            row.UpdatedAt)
        {
            Quality = row.Quality,
            ParameterFormat = row.ParameterFormat,
            NextEditAt = row.NextEditAt,
            BusinessAccountId = row.BusinessAccountId,
            RejectedReason = row.RejectedReason is "NONE" or "" ? null : row.RejectedReason,
        };
    }

    private static string? Json(IReadOnlyList<string> examples) => examples.Count == 0 ? null : JsonSerializer.Serialize(examples);
}

public sealed record TemplateQuery
{
    public PageRequest Page { get; init; } = new(1, PageRequest.DefaultSize);

    /// <summary>Empty: by id, oldest first.</summary>
    public IReadOnlyList<SortTerm> Sort { get; init; } = [];

    /// <summary>Part of the name or category, or of name or body if <see cref="ForCodes"/>. Ignores case.</summary>
    public string? Search { get; init; }

    /// <summary>Filters on <see cref="TemplateFields"/>, compared ignoring case.</summary>
    public IReadOnlyList<FilterTerm> Filters { get; init; } = [];

    /// <summary>Only approved authentication templates.</summary>
    public bool ForCodes { get; init; }
}

/// <summary>Sort and filter fields of templates as named in the API.</summary>
public static class TemplateFields
{
    public const string Name = "template_name";
    public const string Language = "language";
    public const string Category = "category";
    public const string Status = "status";
    public const string HeaderFormat = "header_data_format";
    public const string CreatedAt = "created_at";
    public const string UpdatedAt = "updated_at";
}

/// <param name="Synced">Number of templates WhatsApp listed; the other counts are about our copies.</param>
public sealed record TemplateSyncResult(int Synced, int Created, int Updated, int Deleted, DateTimeOffset SyncedAt)
{
    /// <summary>Names of templates that could not be parsed; our copies stay unchanged.</summary>
    public IReadOnlyList<string> Skipped { get; init; } = [];

    public TemplateSyncResult Plus(TemplateSyncResult others) => this with
    {
        Synced = Synced + others.Synced,
        Created = Created + others.Created,
        Updated = Updated + others.Updated,
        Deleted = Deleted + others.Deleted,
        Skipped = [.. Skipped, .. others.Skipped],
    };
}
