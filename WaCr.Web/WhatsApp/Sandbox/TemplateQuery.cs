using System.Text.Json;

namespace WaCr.Web.WhatsApp.Sandbox;

/// <summary>What is asked of an account's list; <paramref name="Link"/> makes the address of another page.</summary>
internal sealed record TemplateQuery(int? Limit, string? After, string? Before, string? Fields, Func<string, string, string> Link)
{
    /// <summary>Counts to give beside the list, separated by commas.</summary>
    public string? Summary { get; init; }

    public string? Name { get; init; }
    public string? NameOrContent { get; init; }
    public string? Status { get; init; }
    public string? Category { get; init; }
    public string? Language { get; init; }
    public string? QualityScore { get; init; }

    public bool Fits(SandboxTemplate template) =>
        (Name is null || template.Name.Contains(Name, StringComparison.OrdinalIgnoreCase))
        && (NameOrContent is null || template.Name.Contains(NameOrContent, StringComparison.OrdinalIgnoreCase)
            || template.Components.ToJsonString().Contains(NameOrContent, StringComparison.OrdinalIgnoreCase))
        && IsOneOf(Status, template.Status)
        && IsOneOf(Category, template.Category)
        && IsOneOf(Language, template.Language)
        && IsOneOf(QualityScore, template.Quality);

    /// <param name="wanted">A word, or a JSON array of words.</param>
    private static bool IsOneOf(string? wanted, string word)
    {
        if (wanted is null || !wanted.StartsWith('['))
        {
            return wanted is null || wanted.Equals(word, StringComparison.OrdinalIgnoreCase);
        }

        try
        {
            return JsonSerializer.Deserialize<string[]>(wanted)?.Contains(word, StringComparer.OrdinalIgnoreCase) != false;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
