using System.Globalization;
using WaCr.Web.Common;
using WaCr.Web.Components.Language;

namespace WaCr.Web.Components.Shared;

/// <summary>What the services say of a field, in the language of the person; each feature knows its own sentences.</summary>
public static class FieldMessages
{
    /// <param name="own">The feature's word for it; null where it has none.</param>
    public static string Of(Localizer T, IEnumerable<string> messages, Func<string, string?> own)
    {
        var said = messages.Select(message => own(message) ?? Common(T, message)).ToList();
        return string.Join(" ", said.Select((sentence, at) => at == said.Count - 1 || sentence.EndsWith('.') ? sentence : sentence + "."));
    }

    /// <summary>The only number in the message.</summary>
    public static int? NumberIn(string message) =>
        int.TryParse(string.Concat(message.Where(char.IsAsciiDigit)), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Common(Localizer T, string message) => message switch
    {
        TextRules.Unprintable => T["The text contains characters that cannot be stored"],
        _ when NumberIn(message) is { } length && message == TextRules.TooLong(length) => T["Must not be longer than {length} characters", ("length", length)],
        _ => message,
    };
}
