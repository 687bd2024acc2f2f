namespace WaCr.Web.WhatsApp.Sandbox;

/// <summary>Which file types WhatsApp accepts, and up to which size.</summary>
internal static class MediaRules
{
    private const int Kilo = 1024;
    private const int Mega = 1024 * Kilo;

    /// <summary>Bytes: the largest file of any type, plus room for the form around it.</summary>
    public const long MaxUpload = 100L * Mega;

    private static readonly Dictionary<string, (string Type, long Largest)> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["audio/aac"] = ("audio", 16 * Mega),
        ["audio/amr"] = ("audio", 16 * Mega),
        ["audio/mpeg"] = ("audio", 16 * Mega),
        ["audio/mp4"] = ("audio", 16 * Mega),
        ["audio/ogg"] = ("audio", 16 * Mega),
        ["text/plain"] = ("document", 100 * Mega),
        ["application/pdf"] = ("document", 100 * Mega),
        ["application/msword"] = ("document", 100 * Mega),
        ["application/vnd.ms-excel"] = ("document", 100 * Mega),
        ["application/vnd.ms-powerpoint"] = ("document", 100 * Mega),
        ["application/vnd.openxmlformats-officedocument.wordprocessingml.document"] = ("document", 100 * Mega),
        ["application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"] = ("document", 100 * Mega),
        ["application/vnd.openxmlformats-officedocument.presentationml.presentation"] = ("document", 100 * Mega),
        ["image/jpeg"] = ("image", 5 * Mega),
        ["image/png"] = ("image", 5 * Mega),
        ["image/webp"] = ("sticker", 500 * Kilo),
        ["video/mp4"] = ("video", 16 * Mega),
        ["video/3gpp"] = ("video", 16 * Mega),
    };

    public static string? TypeOf(string mimeType) => Known.TryGetValue(Bare(mimeType), out var known) ? known.Type : null;

    public static Refusal? Check(string mimeType, long length) => !Known.TryGetValue(Bare(mimeType), out var known)
        ? new Refusal(131053, $"Param file must be a file with one of the following types: {string.Join(", ", Known.Keys)}. Received file of type '{mimeType}'.")
        : length > known.Largest
            ? new Refusal(131053, string.Create(CultureInfo.InvariantCulture, $"The file is larger than the {known.Largest} bytes that {known.Type} may have."))
            : length == 0
                ? new Refusal(131053, "The file is empty.")
                : null;

    /// <summary>A voice message is Opus in OGG; the codec need not be named, since OGG carries nothing else here.</summary>
    public static bool IsVoice(string mimeType) => Bare(mimeType).Equals("audio/ogg", StringComparison.OrdinalIgnoreCase);

    private static string Bare(string mimeType) => mimeType.Split(';')[0].Trim();
}
