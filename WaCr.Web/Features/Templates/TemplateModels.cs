using System.Text.Json;
using WaCr.Web.Common;
using WaCr.Web.Domain;

namespace WaCr.Web.Features.Templates;

/// <summary>A template, with what its components say spread out as the API shows it.</summary>
/// <param name="Form">What it asks for.</param>
public sealed record TemplateDetails(
    long Id, string WhatsAppId, string Name, string Language, string Category, string Status, string HeaderFormat, int? MessageSendTtlSeconds,
    TemplateComponents Components, TemplateForm Form, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    /// <summary>WhatsApp's word: GREEN, YELLOW, RED; null or UNKNOWN while it has not judged.</summary>
    public string? Quality { get; init; }

    /// <summary>WhatsApp's word for why it was refused or stopped; null where it was not.</summary>
    public string? RejectedReason { get; init; }

    /// <summary>The buttons in WhatsApp's own JSON; null where there are none.</summary>
    public string? ButtonsJson => Components.RawButtons.ValueKind == JsonValueKind.Array ? Components.RawButtons.GetRawText() : null;

    public string? HeaderExamplesJson => Json(Components.HeaderExamples);

    public string? BodyExamplesJson => Json(Components.BodyExamples);

    public int FooterParametersCount => TemplateVariables.Of(Components.FooterText, named: false).Count;

    /// <summary>The button around a one-time code, as WhatsApp wrote it.</summary>
    public JsonElement? CodeButton => Form.IsAuthentication && Components.Buttons.Count > 0 ? Components.Buttons[0].Raw : null;

    internal static TemplateDetails Of(Template row)
    {
        var components = TemplateComponents.Read(row.Components);
        return new(
            row.Id, row.WhatsAppId, row.Name, row.Language, row.Category, row.Status, row.HeaderFormat, row.MessageSendTtlSeconds,
            components, TemplateForm.Of(row.Name, row.Language, row.Category, row.ParameterFormat, components), row.CreatedAt, row.UpdatedAt)
        {
            Quality = row.Quality,
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

    /// <summary>A part of the name or of the category; of the name or of the body where <see cref="ForCodes"/>. Case does not count.</summary>
    public string? Search { get; init; }

    /// <summary>Fields of <see cref="TemplateFields"/>, compared ignoring case.</summary>
    public IReadOnlyList<FilterTerm> Filters { get; init; } = [];

    /// <summary>Only those that can carry a one-time code now: approved ones for authentication.</summary>
    public bool ForCodes { get; init; }
}

/// <summary>The fields that templates can be sorted and narrowed by, in the words of the API.</summary>
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

/// <param name="Synced">How many WhatsApp listed; the others say what became of our copies.</param>
public sealed record TemplateSyncResult(int Synced, int Created, int Updated, int Deleted, DateTimeOffset SyncedAt)
{
    /// <summary>The names of those that could not be read; our copies of them stay as they were.</summary>
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
