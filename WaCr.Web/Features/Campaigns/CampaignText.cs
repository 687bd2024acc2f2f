using System.Text.Json;
using WaCr.Web.Features.Contacts;

namespace WaCr.Web.Features.Campaigns;

/// <summary>JSON of an audience and of template values, as stored in the database.</summary>
internal static class CampaignText
{
    public static string Write(IReadOnlyDictionary<string, CampaignValue> values) => JsonSerializer.Serialize(values);

    public static IReadOnlyDictionary<string, CampaignValue> ReadValues(string json) =>
        JsonSerializer.Deserialize<Dictionary<string, CampaignValue>>(json) ?? [];

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
