using Microsoft.EntityFrameworkCore;
using WaCr.Web.Data;

namespace WaCr.Web.Features.Messaging.Inbound;

/// <summary>The words of one language as they apply now.</summary>
/// <param name="Stop">One per line.</param>
/// <param name="Start">One per line.</param>
/// <param name="IsOwn">Whether the workspace changed them.</param>
public sealed record ConsentKeywordsItem(string Language, string Stop, string Start, bool IsOwn);

public static class ConsentKeywordsErrors
{
    public static readonly FieldError InBoth = new("consent_keywords.in_both", "A word can't mean both stop and start");

    public static NotFoundError NotFound => new("consent_keywords.not_found", "Language not found");
}

/// <summary>The workspace's stop and start words by language. Changes are in the audit trail.</summary>
public sealed class ConsentKeywordsService(IDatabaseWriter writer, IDbContextFactory<AppDbContext> contexts, TenantContext tenant)
{
    public const string StopField = "stop";
    public const string StartField = "start";

    /// <summary>All shipped languages, in the order of the file.</summary>
    public async Task<Result<IReadOnlyList<ConsentKeywordsItem>>> ListAsync(CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.ChannelsManage) is { } forbidden)
        {
            return forbidden;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var own = await db.ConsentKeywordSets.AsNoTracking().ToDictionaryAsync(set => set.Language, cancellationToken);
        return ConsentKeywords.Shipped.Select(shipped => own.TryGetValue(shipped.Language, out var set)
            ? new ConsentKeywordsItem(set.Language, set.Stop, set.Start, IsOwn: true)
            : new ConsentKeywordsItem(shipped.Language, string.Join('\n', shipped.Stop), string.Join('\n', shipped.Start), IsOwn: false))
                .ToList();
    }

    /// <param name="stop">One word or phrase per line; empty for none. At most 1,000 characters.</param>
    /// <param name="start">As <paramref name="stop"/>.</param>
    public async Task<Result<Done>> SaveAsync(string language, string stop, string start, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.ChannelsManage) is { } forbidden)
        {
            return forbidden;
        }

        if (!ConsentKeywords.Shipped.Any(shipped => shipped.Language == language))
        {
            return ConsentKeywordsErrors.NotFound;
        }

        var errors = new FieldErrors();
        var (stops, starts) = (Read(errors, StopField, stop), Read(errors, StartField, start));
        if (stops.Select(ConsentKeywords.Bare).Intersect(starts.Select(ConsentKeywords.Bare), StringComparer.Ordinal).Any())
        {
            errors.Add(StartField, ConsentKeywordsErrors.InBoth);
        }

        return errors.Any ? new ValidationError(errors) : await writer.WriteAsync<Done>(
            async db =>
            {
                var set = await db.ConsentKeywordSets.SingleOrDefaultAsync(known => known.Language == language);
                if (set is null)
                {
                    set = new ConsentKeywordSet
                    {
                        Language = language,
                        Id = (await db.ReserveIdsAsync(nameof(db.ConsentKeywordSets), 1, CancellationToken.None))[0]
                    };
                    db.ConsentKeywordSets.Add(set);
                }

                (set.Stop, set.Start) = (string.Join('\n', stops), string.Join('\n', starts));
                await db.SaveChangesAsync();
                return default(Done);
            },
            cancellationToken);
    }

    /// <summary>Brings the shipped words of a language back.</summary>
    public async Task<Result<Done>> ResetAsync(string language, CancellationToken cancellationToken)
    {
        if (tenant.Require(Permissions.ChannelsManage) is { } forbidden)
        {
            return forbidden;
        }

        return await writer.WriteAsync<Done>(
            async db =>
            {
                if (await db.ConsentKeywordSets.SingleOrDefaultAsync(known => known.Language == language) is { } set)
                {
                    db.ConsentKeywordSets.Remove(set);
                    await db.SaveChangesAsync();
                }

                return default(Done);
            },
            cancellationToken);
    }

    private static List<string> Read(FieldErrors errors, string field, string words) =>
        [.. ConsentKeywords.Lines(TextRule.Check(errors, field, words.ReplaceLineEndings("\n"), ConsentKeywordSet.WordsMaxLength) ?? "")
            .DistinctBy(ConsentKeywords.Bare, StringComparer.Ordinal)];
}
