using System.Text.Json;
using WaCr.Web.Features.Contacts;

namespace WaCr.Web.Features.Campaigns;

/// <summary>JSON of an audience and of template values, as stored in the database.</summary>
internal static class CampaignText
{
    /// <summary>In each text of values that names a file.</summary>
    public const string FileMark = $"\"{nameof(CampaignValue.File)}\":{{";

    public static string Write(IReadOnlyDictionary<string, CampaignValue> values) => JsonSerializer.Serialize(values);

    public static IReadOnlyDictionary<string, CampaignValue> ReadValues(string json) =>
        JsonSerializer.Deserialize<Dictionary<string, CampaignValue>>(json) ?? [];

    /// <summary>Ids of the files that the values name.</summary>
    public static IEnumerable<long> FilesIn(string json) =>
        ReadValues(json).Values.Select(value => value.File).OfType<CampaignFile>().Select(file => file.Id);

    public static string Write(CampaignAudience audience) => JsonSerializer.Serialize(new Kept(
        audience.Kind, audience.Name, audience.SourceId, audience.Selection.Ids, audience.Selection.Matching is not null,
        audience.Selection.Matching?.Search, audience.Selection.Matching?.Filters, audience.Selection.Except));

    public static CampaignAudience? ReadAudience(string? json)
    {
        if (json is null || JsonSerializer.Deserialize<Kept>(json) is not { } kept)
        {
            return null;
        }

        var selection = kept.IsMatching
            ? ContactSelection.AllMatching(new ContactQuery { Search = kept.Search, Filters = kept.Filters ?? [] }, kept.Except)
            : ContactSelection.Of(kept.Ids);
        return new CampaignAudience(kept.Kind, kept.Name, kept.SourceId, selection);
    }

    private sealed record Kept(
        CampaignAudienceKind Kind, string Name, long? SourceId, IReadOnlyList<long> Ids, bool IsMatching, string? Search,
        IReadOnlyList<FilterTerm>? Filters,
        IReadOnlyList<long> Except);
}
