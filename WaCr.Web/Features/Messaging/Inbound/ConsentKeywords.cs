using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Messaging.Inbound;

/// <summary>Shipped stop and start words of one language.</summary>
public sealed record ShippedConsentKeywords(string Language, IReadOnlyList<string> Stop, IReadOnlyList<string> Start);

/// <summary>
/// The words by which a contact says stop or start. The whole message must be one of them; case, accents and punctuation do not count.
/// </summary>
public sealed class ConsentKeywords
{
    /// <summary>Longer messages hold no such word.</summary>
    public const int MaxLength = 200;

    /// <summary>
    /// From <c>ConsentKeywords.json</c>. Words that may also answer a question ("cancel", "no") are excluded.
    /// </summary>
    public static readonly IReadOnlyList<ShippedConsentKeywords> Shipped = ReadShipped();

    /// <summary>The words of a workspace that changed none.</summary>
    public static readonly ConsentKeywords Default = new([]);

    private readonly HashSet<string> _stop = new(StringComparer.Ordinal);
    private readonly HashSet<string> _start = new(StringComparer.Ordinal);

    /// <param name="own">The workspace's own sets.</param>
    public ConsentKeywords(IReadOnlyCollection<ConsentKeywordSet> own)
    {
        foreach (var shipped in Shipped)
        {
            var set = own.FirstOrDefault(one => one.Language == shipped.Language);
            _stop.UnionWith((set is null ? shipped.Stop : Lines(set.Stop)).Select(Bare));
            _start.UnionWith((set is null ? shipped.Start : Lines(set.Start)).Select(Bare));
        }

        _stop.Remove("");
        _start.Remove("");
    }

    public static async Task<ConsentKeywords> LoadAsync(AppDbContext db, CancellationToken cancellationToken = default)
    {
        var own = await db.ConsentKeywordSets.AsNoTracking().ToListAsync(cancellationToken);
        return own.Count == 0 ? Default : new ConsentKeywords(own);
    }

    public static IReadOnlyList<string> Lines(string words) =>
        words.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>True to stop, false to resume, null for neither. The whole text must match: "don't stop" is no opt-out.</summary>
    /// <param name="text">The contact's text, or the tapped button.</param>
    /// <param name="channelWords">The number's further stop words, one per line.</param>
    public bool? Read(string? text, string channelWords)
    {
        if (text is null || text.Length > MaxLength)
        {
            return null;
        }

        var said = Bare(text);
        return said.Length == 0 ? null
            : _stop.Contains(said) || Lines(channelWords).Any(word => Bare(word) == said) ? true
            : _start.Contains(said) ? false
            : null;
    }

    /// <summary>
    /// How words are compared: folded, without punctuation and emoji, but with a question mark. A text of punctuation alone is kept.
    /// </summary>
    public static string Bare(string? text)
    {
        var folded = TextKey.Folded(text);
        if (folded.Contains('?', StringComparison.Ordinal) || folded.Contains('؟', StringComparison.Ordinal))
        {
            return folded;
        }

        var letters = new StringBuilder(folded.Length);
        foreach (var rune in folded.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.SpacingCombiningMark)
            {
                letters.Append(rune);
            }
            else if (Rune.GetUnicodeCategory(rune) != UnicodeCategory.NonSpacingMark || IsWithin(letters))
            {
                letters.Append(Rune.GetUnicodeCategory(rune) == UnicodeCategory.NonSpacingMark ? rune.ToString() : " ");
            }
        }

        var bare = string.Join(' ', letters.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return bare.Length > 0 ? bare : folded.Trim('.', '!', '"', '\'', ' ');

        static bool IsWithin(StringBuilder said) => said.Length > 0 && said[^1] != ' ';
    }

    private static List<ShippedConsentKeywords> ReadShipped()
    {
        using var file = typeof(ConsentKeywords).Assembly.GetManifestResourceStream("WaCr.Web.Features.Messaging.Inbound.ConsentKeywords.json")!;
        return JsonSerializer.Deserialize<List<ShippedConsentKeywords>>(file, JsonSerializerOptions.Web)!;
    }
}
