using WaCr.Web.Common;

namespace WaCr.Web.Components.Shared;

/// <summary>What a person reads for a "no".</summary>
/// <param name="CanRetry">The same try may succeed later.</param>
public sealed record ErrorText(string Title, string Text, bool CanRetry);

/// <summary>The one place that turns an error into words on the screen.</summary>
public static class ErrorWords
{
    public static ErrorText Of(AppError error) => error switch
    {
        ValidationError validation => new(
            "Some fields need another look", string.Join(" ", validation.Fields.SelectMany(field => field.Value).Select(Sentence)), false),
        NotFoundError => new(error.Message, "It was deleted, or it belongs to another workspace.", false),
        ForbiddenError => new("Your role doesn't allow this", "An owner or admin of the workspace can change what you may do.", false),
        LimitExceededError limit => new(
            $"Your plan's limit of {limit.Maximum:N0} {limit.Feature} is reached", "Nothing was added. Delete some, or ask an owner for a larger plan.", false),
        FeatureNotAvailableError feature => new(
            "Your plan doesn't include this", $"It needs {feature.Feature.Replace('_', ' ')}. Ask an owner for a larger plan.", false),
        InUseError => new(error.Message, "Move those contacts first.", false),
        StaleVersionError => new("Someone else changed this meanwhile", "Load it again to see what is there now.", true),
        OutageError => new("The server couldn't do this just now", "What was saved before is safe. Try again in a moment.", true),
        _ => new("That didn't work", error.Message, true),
    };

    private static string Sentence(string text) => text.EndsWith('.') ? text : text + ".";
}
