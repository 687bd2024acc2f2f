using System.Text.Json.Nodes;
using WaCr.Web.WhatsApp.Sandbox;

namespace WaCr.Web.Features.Sandbox;

/// <summary>Plays Meta's review of one number's templates.</summary>
internal sealed class SandboxReviews(SandboxAccess access)
{
    private const int MaxShown = 20;

    /// <summary>What may be decided about a template, by hand.</summary>
    public static IReadOnlyList<string> Reasons { get; } =
        ["INVALID_FORMAT", "ABUSIVE_CONTENT", "TAG_CONTENT_MISMATCH", "PROMOTIONAL", "SCAM"];

    /// <summary>Waiting templates first, then the newest.</summary>
    public async Task<Result<SandboxReviewPanel>> ReadAsync(string phoneNumberId, CancellationToken cancellationToken)
    {
        var entered = await access.EnterAsync(phoneNumberId, cancellationToken);
        return entered.Succeeded
            ? entered.Value.Read(world => new SandboxReviewPanel(
                world.BehaviourOf(phoneNumberId).ReviewsByItself,
                [.. OwnOf(world, phoneNumberId).Reverse().OrderByDescending(template => template.Status == "PENDING").Take(MaxShown)
                    .Select(template =>
                        new SandboxReviewItem(template.Id, template.Name, template.Language, template.Status, template.Quality))]))
            : entered.Error;
    }

    /// <param name="status">APPROVED, REJECTED or PAUSED.</param>
    public async Task<Result<Done>> DecideAsync(
        string phoneNumberId, string templateId, string status, string? reason, CancellationToken cancellationToken)
    {
        var entered = await access.EnterAsync(phoneNumberId, cancellationToken);
        return !entered.Succeeded ? entered.Error
            : entered.Value.Read(world => OwnOf(world, phoneNumberId).Any(template => template.Id == templateId))
                ? entered.Value.DecideTemplate(templateId, status, reason)
                : SandboxErrors.NotFound;
    }

    /// <summary>Changes a template's text in WhatsApp Manager.</summary>
    public async Task<Result<Done>> ReviseAsync(string phoneNumberId, string templateId, CancellationToken cancellationToken)
    {
        var entered = await access.EnterAsync(phoneNumberId, cancellationToken);
        return !entered.Succeeded ? entered.Error
            : entered.Value.Read(world => OwnOf(world, phoneNumberId).Any(template => template.Id == templateId))
                ? entered.Value.ReviseTemplate(templateId)
                : SandboxErrors.NotFound;
    }

    /// <summary>What a template's quality may become.</summary>
    public static IReadOnlyList<string> Qualities { get; } = ["UNKNOWN", "GREEN", "YELLOW", "RED"];

    public async Task<Result<Done>> RateAsync(string phoneNumberId, string templateId, string quality, CancellationToken cancellationToken)
    {
        var entered = await access.EnterAsync(phoneNumberId, cancellationToken);
        return !entered.Succeeded ? entered.Error
            : entered.Value.Read(world => OwnOf(world, phoneNumberId).Any(template => template.Id == templateId))
                ? entered.Value.RateTemplate(templateId, quality)
                : SandboxErrors.NotFound;
    }

    public async Task<Result<Done>> ReviewByItselfAsync(string phoneNumberId, bool byItself, CancellationToken cancellationToken)
    {
        var entered = await access.EnterAsync(phoneNumberId, cancellationToken);
        if (!entered.Succeeded)
        {
            return entered.Error;
        }

        entered.Value.Behave(new JsonObject { ["reviews_by_itself"] = byItself }, phoneNumberId);
        return default(Done);
    }

    private static IEnumerable<SandboxTemplate> OwnOf(SandboxWorld world, string phoneNumberId) =>
        world.FindNumber(phoneNumberId) is { } number ? world.Templates.Of(number.BusinessAccountId) : [];
}

/// <param name="IsByItself">Whether templates are approved a moment after they were submitted.</param>
public sealed record SandboxReviewPanel(bool IsByItself, IReadOnlyList<SandboxReviewItem> Templates);

public sealed record SandboxReviewItem(string Id, string Name, string Language, string Status, string Quality);
